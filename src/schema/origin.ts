import type { OrderDetails as WireOrderDetails } from '../ecwid/wire.ts';
import type * as wire from '../ecwid/wire-parts.ts';
import { builder, staffMatter } from './builder.ts';
import { CustomerInputType, OrderDetailsDisplaySection } from './enums.ts';
import { OrderDetails } from './order-details.ts';
import { wireFields } from './wire-fields.ts';

const UtmData = builder.objectRef<wire.UtmData>('UtmData').implement({
  description: 'The campaign that brought the customer, from the UTM parameters of the address.',
  fields: (t) => ({
    source: t.exposeString('source', { description: 'Where the customer came from (utm_source).' }),
    campaign: t.exposeString('campaign', { description: 'Name of the campaign (utm_campaign).' }),
    medium: t.exposeString('medium', { description: 'Kind of traffic, such as e-mail (utm_medium).' }),
    mcEid: t.exposeString('mcEid', { description: "Mailchimp's id of the recipient (mc_eid)." }),
    mcCid: t.exposeString('mcCid', { description: "Mailchimp's id of the campaign (mc_cid)." }),
  }),
});

const UtmDataSet = builder.objectRef<wire.UtmDataSet>('UtmDataSet').implement({
  description: "One of the customer's visits by way of a campaign; there may be several before they buy.",
  fields: (t) => ({
    timestamp: t.expose('timestamp', { type: 'DateTime', description: 'When the browser noted the visit.' }),
    source: t.exposeString('source', { description: 'Where the customer came from (utm_source).' }),
    campaign: t.exposeString('campaign', { description: 'Name of the campaign (utm_campaign).' }),
    medium: t.exposeString('medium', { description: 'Kind of traffic, such as e-mail (utm_medium).' }),
  }),
});

const extraField = wireFields<wire.OrderExtraField>();

const OrderExtraField = builder.objectRef<wire.OrderExtraField>('OrderExtraField').implement({
  description: "A field of the merchant's own at checkout, with what the customer filled in.",
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Key of the field, by which `extraFields` has its value too.' }),
    value: t.exposeString('value', { description: 'What was filled in, in up to 255 characters.' }),
    title: t.exposeString('title', { description: 'What the customer reads beside the field.' }),
    customerInputType: t.field({
      type: CustomerInputType.type,
      description: 'How it is filled in; null where customers do not see the field.',
      ...extraField.enumValue(CustomerInputType, 'customerInputType'),
    }),
    orderDetailsDisplaySection: t.field({
      type: OrderDetailsDisplaySection.type,
      description: 'Where the merchant sees it; null where the field is hidden.',
      ...extraField.enumValue(OrderDetailsDisplaySection, 'orderDetailsDisplaySection'),
    }),
    orderBy: t.exposeString('orderBy', { description: 'Place among the fields of the same section.' }),
  }),
});

export const ExternalOrderData = builder.objectRef<wire.ExternalOrderData>('ExternalOrderData').implement({
  description: 'What another system that the order came from knows of it.',
  fields: (t) => ({
    externalOrderId: t.exposeString('externalOrderId', { description: "The order's id in that system." }),
    externalFulfillment: t.exposeBoolean('externalFulfillment', {
      description: 'True where that system sends the goods.',
    }),
    refererId: t.exposeID('refererId', { description: 'Id of who sent the customer there.' }),
    refererChannel: t.exposeString('refererChannel', {
      description: 'Channel by which the customer came there.',
    }),
    platformSpecificFields: t.expose('platformSpecificFields', {
      type: 'JSON',
      description: 'What only that system understands: a map, or one text.',
    }),
  }),
});

const order = wireFields<WireOrderDetails>();

builder.interfaceFields(OrderDetails, (t) => ({
  refererUrl: t.exposeString(
    'refererUrl',
    staffMatter('The page on which it came about, without what follows `#`.'),
  ),
  globalReferer: t.exposeString(
    'globalReferer',
    staffMatter('The page from which the customer came to the store.'),
  ),
  affiliateId: t.exposeString('affiliateId', staffMatter('Id of the affiliate who sent the customer.')),
  refererId: t.exposeID(
    'refererId',
    staffMatter('Free text of an app or storefront by which orders can be searched.'),
  ),
  utmData: t.field({
    type: UtmData,
    ...staffMatter('The campaign that brought the customer last; null where none did.'),
    ...order.object('utmData'),
  }),
  utmDataSets: t.field({
    type: [UtmDataSet],
    nullable: false,
    ...staffMatter("The customer's visits by way of campaigns; says more than `utmData`.", []),
    ...order.objects('utmDataSets'),
  }),
  extraFields: t.field({
    type: 'JSONObject',
    description:
      "What was filled in at the merchant's own fields, by their keys; delivery times have keys of Ecwid's.",
    ...order.textMap('extraFields'),
  }),
  orderExtraFields: t.field({
    type: [OrderExtraField],
    nullable: false,
    description: 'The same fields with all that is known of each.',
    ...order.objects('orderExtraFields'),
  }),
  externalFulfillment: t.exposeBoolean(
    'externalFulfillment',
    staffMatter('True where another system sends the goods, and Ecwid hides its own means to.'),
  ),
  externalOrderId: t.exposeString(
    'externalOrderId',
    staffMatter("The order's id in the system that sends the goods."),
  ),
}));

export const UtmDataInput = builder.inputType('UtmDataInput', {
  description: 'The campaign that brought the customer.',
  fields: (t) => ({
    source: t.string({ description: 'Where the customer came from (utm_source).' }),
    campaign: t.string({ description: 'Name of the campaign (utm_campaign).' }),
    medium: t.string({ description: 'Kind of traffic, such as e-mail (utm_medium).' }),
    mcEid: t.string({ description: "Mailchimp's id of the recipient (mc_eid)." }),
    mcCid: t.string({ description: "Mailchimp's id of the campaign (mc_cid)." }),
  }),
});

export const UtmDataSetInput = builder.inputType('UtmDataSetInput', {
  description: "One of the customer's visits by way of a campaign.",
  fields: (t) => ({
    timestamp: t.field({ type: 'DateTime', description: 'When the visit was.' }),
    source: t.string({ description: 'Where the customer came from (utm_source).' }),
    campaign: t.string({ description: 'Name of the campaign (utm_campaign).' }),
    medium: t.string({ description: 'Kind of traffic, such as e-mail (utm_medium).' }),
  }),
});

export const OrderExtraFieldInput = builder.inputType('OrderExtraFieldInput', {
  description: "A field of the merchant's own, filled in. Ecwid keeps 8 KB of them for an order.",
  fields: (t) => ({
    id: t.string({ required: true, description: 'Key of the field.' }),
    value: t.string({ required: true, description: 'What was filled in, in up to 255 characters.' }),
    title: t.string({ description: 'What is read beside it.' }),
    customerInputType: t.field({ type: CustomerInputType.type, description: 'How it is filled in.' }),
    orderDetailsDisplaySection: t.field({
      type: OrderDetailsDisplaySection.type,
      description: 'Where the merchant sees it; left out, it is hidden.',
    }),
    orderBy: t.string({ description: 'Place among the fields of the same section.' }),
  }),
});

export const ExternalOrderDataInput = builder.inputType('ExternalOrderDataInput', {
  description: 'What another system that the order came from knows of it.',
  fields: (t) => ({
    externalOrderId: t.string({ description: "The order's id in that system." }),
    externalFulfillment: t.boolean({ description: 'Whether that system sends the goods.' }),
    refererId: t.id({ description: 'Id of who sent the customer there.' }),
    refererChannel: t.string({ description: 'Channel by which the customer came there.' }),
    platformSpecificFields: t.field({
      type: 'JSONObject',
      description: 'What only that system understands.',
    }),
  }),
});
