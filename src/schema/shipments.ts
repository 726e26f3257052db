import type { OrderDetails as WireOrderDetails } from '../ecwid/wire.ts';
import type * as wire from '../ecwid/wire-parts.ts';
import { builder, staffMatter } from './builder.ts';
import { DimensionUnit, LabelFileType, ShippingCarrier, WeightUnit } from './enums.ts';
import { OrderDetails } from './order-details.ts';
import { PersonInfo } from './person-info.ts';
import { wireFields } from './wire-fields.ts';

const parcel = wireFields<wire.ShipmentParcel>();

const ShipmentParcel = builder.objectRef<wire.ShipmentParcel>('ShipmentParcel').implement({
  description: 'The parcel that a label was bought for.',
  fields: (t) => ({
    weight: t.exposeFloat('weight', { description: 'In `weightUnit`.' }),
    weightUnit: t.field({
      type: WeightUnit.type,
      description: 'The unit of `weight`.',
      ...parcel.enumValue(WeightUnit, 'weightUnit'),
    }),
    width: t.exposeFloat('width', { description: 'In `dimensionUnit`.' }),
    height: t.exposeFloat('height', { description: 'In `dimensionUnit`.' }),
    length: t.exposeFloat('length', { description: 'In `dimensionUnit`.' }),
    dimensionUnit: t.field({
      type: DimensionUnit.type,
      description: 'The unit of the three sides.',
      ...parcel.enumValue(DimensionUnit, 'dimensionUnit'),
    }),
    template: t.exposeString('template', {
      description: "The carrier's own size of box, such as a USPS flat rate.",
    }),
  }),
});

const service = wireFields<wire.ShippingService>();

const ShippingService = builder.objectRef<wire.ShippingService>('ShippingService').implement({
  description: 'The service by which a shipment goes.',
  fields: (t) => ({
    carrier: t.field({
      type: ShippingCarrier.type,
      description: "The carrier, for Ecwid's own integrations alone.",
      ...service.enumValue(ShippingCarrier, 'carrier'),
    }),
    carrierName: t.exposeString('carrierName', { description: "The shipping option's name in the store." }),
    carrierServiceName: t.exposeString('carrierServiceName', {
      description: 'The service as seen at checkout.',
    }),
    carrierServiceCode: t.exposeString('carrierServiceCode', {
      description: "Ecwid's own code of the service.",
    }),
  }),
});

const tracking = wireFields<wire.ShipmentTracking>();

const ShipmentTracking = builder.objectRef<wire.ShipmentTracking>('ShipmentTracking').implement({
  description: 'How a shipment can be followed.',
  fields: (t) => ({
    trackingNumber: t.string({
      description: "The carrier's number of the shipment.",
      ...tracking.value('tracking_number', 'trackingNumber'),
    }),
    trackingUrl: t.string({
      description: "The carrier's page about the shipment.",
      ...tracking.value('tracking_url', 'trackingUrl'),
    }),
    estimatedDays: t.exposeInt('estimatedDays', {
      description: 'Days that it will take, as the carrier guesses.',
    }),
  }),
});

const label = wireFields<wire.ShippingLabel>();

const ShippingLabel = builder.objectRef<wire.ShippingLabel>('ShippingLabel').implement({
  description: 'The label to stick on a parcel.',
  fields: (t) => ({
    labelUrl: t.string({
      description: 'Where the label can be downloaded.',
      ...label.value('label_url', 'labelUrl'),
    }),
    labelFileType: t.field({
      type: LabelFileType.type,
      description: 'The format of that file.',
      ...label.enumValue(LabelFileType, 'labelFileType'),
    }),
    commercialInvoiceUrl: t.exposeString('commercialInvoiceUrl', {
      description: 'Where the papers for customs can be downloaded; null for parcels that cross no border.',
    }),
    billingTransactionId: t.exposeID('billingTransactionId', {
      description: 'Id of the payment for the label.',
    }),
  }),
});

const shipment = wireFields<wire.Shipment>();

const Shipment = builder.objectRef<wire.Shipment>('Shipment').implement({
  description: 'A shipping label that the merchant has bought through Ecwid.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the label.' }),
    created: t.expose('created', { type: 'DateTime', description: 'When the label was bought.' }),
    shipTo: t.field({
      type: PersonInfo,
      description: 'Where the parcel goes.',
      ...shipment.object('shipTo'),
    }),
    shipFrom: t.field({
      type: PersonInfo,
      description: "Where it starts: the store's own address, with its e-mail.",
      ...shipment.object('shipFrom'),
    }),
    parcel: t.field({
      type: ShipmentParcel,
      description: 'How large and heavy the parcel is.',
      ...shipment.object('parcel'),
    }),
    shippingService: t.field({
      type: ShippingService,
      description: 'Who carries the parcel, and how.',
      ...shipment.object('shippingService'),
    }),
    tracking: t.field({
      type: ShipmentTracking,
      description: 'How the parcel can be followed; null where it cannot.',
      ...shipment.object('tracking'),
    }),
    shippingLabel: t.field({
      type: ShippingLabel,
      ...staffMatter('The label itself.'),
      ...shipment.object('shippingLabel', 'label'),
    }),
  }),
});

const order = wireFields<WireOrderDetails>();

builder.interfaceFields(OrderDetails, (t) => ({
  shipments: t.field({
    type: [Shipment],
    nullable: false,
    description: 'The labels that were bought through Ecwid.',
    ...order.objects('shipments'),
  }),
  shippingLabelAvailableForShipment: t.exposeBoolean(
    'shippingLabelAvailableForShipment',
    staffMatter('Whether the merchant can buy a label through Ecwid.'),
  ),
  trackingNumber: t.exposeString('trackingNumber', {
    description: "The carrier's number as the merchant has typed it in.",
  }),
}));
