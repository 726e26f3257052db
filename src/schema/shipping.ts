import { readIsPickup } from '../ecwid/tolerant.ts';
import type { OrderDetails as WireOrderDetails } from '../ecwid/wire.ts';
import type * as wire from '../ecwid/wire-parts.ts';
import { builder } from './builder.ts';
import { ShippingDiscountInfo, ShippingDiscountInfoInput } from './discounts.ts';
import { FulfillmentType, PickupPrecisionType, ScheduledTimePrecisionType } from './enums.ts';
import { OrderDetails } from './order-details.ts';
import { reads } from './selected-fields.ts';
import { AppliedTax, AppliedTaxInput } from './taxes.ts';
import { wireFields } from './wire-fields.ts';

const option = wireFields<wire.ShippingOptionInfo>();

export const ShippingOptionInfo = builder.objectRef<wire.ShippingOptionInfo>('ShippingOptionInfo').implement({
  description: 'A way of getting the goods to the customer: shipping, local delivery or pickup.',
  fields: (t) => ({
    shippingMethodId: t.exposeID('shippingMethodId', {
      description: 'Id of the method in the store, such as `6589-1709547151586`; older carts lack it.',
    }),
    shippingCarrierName: t.exposeString('shippingCarrierName', {
      description: 'The carrier, such as `USPS`, where a carrier or shipping app gave the rate.',
    }),
    shippingMethodName: t.exposeString('shippingMethodName', {
      description: 'Name that the customer saw at checkout.',
    }),
    localizedLabel: t.exposeString('localizedLabel', {
      description: "The same in the customer's language, where it was translated.",
    }),
    shippingRate: t.expose('shippingRate', {
      type: 'Money',
      description: 'What this way of shipping costs.',
    }),
    shippingRateWithoutTax: t.expose('shippingRateWithoutTax', {
      type: 'Money',
      description: 'The rate less the taxes inside it; told for the chosen way alone.',
    }),
    discountedShippingRate: t.expose('discountedShippingRate', {
      type: 'Money',
      description: 'The rate after discounts on shipping.',
    }),
    discount: t.field({
      type: ShippingDiscountInfo,
      description: 'The discount that makes `discountedShippingRate` of the rate; null where there is none.',
      ...option.object('discount'),
    }),
    estimatedTransitTime: t.exposeString('estimatedTransitTime', {
      description: 'Days as the merchant wrote them: `5`, `4-9` or a sentence. Not meant for computing.',
    }),
    fulfillmentType: t.field({
      type: FulfillmentType.type,
      description: 'Shipping, pickup or delivery; null on carts older than the distinction.',
      ...option.enumValue(FulfillmentType, 'fulfillmentType', 'fulfilmentType'),
    }),
    isPickup: t.boolean({
      description: 'True where the customer fetches the goods; also where only `fulfillmentType` says so.',
      extensions: reads<keyof wire.ShippingOptionInfo>('isPickup', 'fulfillmentType', 'fulfilmentType'),
      resolve: readIsPickup,
    }),
    pickupInstruction: t.exposeString('pickupInstruction', {
      description: 'What the customer should know to fetch the goods; may hold HTML of the merchant.',
    }),
    pickupPrecisionType: t.field({
      type: PickupPrecisionType.type,
      description: 'Whether a pickup is arranged by the day or to the time.',
      ...option.enumValue(PickupPrecisionType, 'pickupPrecisionType'),
    }),
    scheduled: t.exposeBoolean('scheduled', {
      description: 'True where the customer chooses when the goods come.',
    }),
    scheduledTimePrecisionType: t.field({
      type: ScheduledTimePrecisionType.type,
      description: 'Whether they choose a day or a slot of time in it.',
      ...option.enumValue(ScheduledTimePrecisionType, 'scheduledTimePrecisionType'),
    }),
    timeSlotLengthInMinutes: t.exposeInt('timeSlotLengthInMinutes', {
      description: 'How long such a slot is.',
    }),
    locationId: t.exposeID('locationId', { description: 'Id of the place where goods are fetched.' }),
    isShippingLimit: t.exposeBoolean('isShippingLimit', {
      description: 'True where the way is limited, by weight or amount, and may not be offered to others.',
    }),
  }),
});

const fee = wireFields<wire.HandlingFeeInfo>();

const HandlingFeeInfo = builder.objectRef<wire.HandlingFeeInfo>('HandlingFeeInfo').implement({
  description: 'A flat fee that the merchant adds to an order, for wrapping or the like.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name that the customer sees, such as `Wrapping`.' }),
    value: t.expose('value', { type: 'Money', description: 'The fee, before tax where prices are net.' }),
    valueWithoutTax: t.expose('valueWithoutTax', {
      type: 'Money',
      description: 'The fee less the taxes inside it.',
    }),
    description: t.exposeString('description', {
      description: 'What the merchant tells customers about the fee.',
    }),
    taxes: t.field({
      type: [AppliedTax],
      nullable: false,
      description: 'Each tax on the fee.',
      ...fee.objects('taxes'),
    }),
  }),
});

const PredictedPackage = builder.objectRef<wire.PredictedPackage>('PredictedPackage').implement({
  description: 'The least parcel that holds the goods, as Ecwid reckons it; in the units of the store.',
  fields: (t) => ({
    length: t.exposeFloat('length', { description: "From front to back, in the store's unit." }),
    width: t.exposeFloat('width', { description: "From side to side, in the store's unit." }),
    height: t.exposeFloat('height', { description: "From bottom to top, in the store's unit." }),
    weight: t.exposeFloat('weight', { description: "All of it together, in the store's unit." }),
    declaredValue: t.expose('declaredValue', { type: 'Money', description: 'Subtotal of the goods inside.' }),
  }),
});

const order = wireFields<WireOrderDetails>();

builder.interfaceFields(OrderDetails, (t) => ({
  shippingOption: t.field({
    type: ShippingOptionInfo,
    description: 'The way of shipping that was chosen; null until one is.',
    ...order.object('shippingOption'),
  }),
  handlingFee: t.field({
    type: HandlingFeeInfo,
    description: 'The fee that the merchant adds; null where there is none.',
    ...order.object('handlingFee'),
  }),
  predictedPackages: t.field({
    type: [PredictedPackage],
    nullable: false,
    description: 'The parcels that the goods would need; empty where none has a weight or size.',
    ...order.objects('predictedPackage', 'predictedPackages'),
  }),
  pickupTime: t.expose('pickupTime', {
    type: 'DateTime',
    description: 'When the customer will fetch the goods; null where nothing is fetched.',
  }),
}));

export const ShippingOptionInfoInput = builder.inputType('ShippingOptionInfoInput', {
  description: "A way of shipping. Where one is given, a calculation takes its rate and none of the store's.",
  fields: (t) => ({
    shippingMethodId: t.id({ description: 'Id of the method in the store.' }),
    shippingCarrierName: t.string({ description: 'The carrier, such as `USPS`.' }),
    shippingMethodName: t.string({ description: 'Name that the customer sees.' }),
    shippingRate: t.field({ type: 'Money', description: 'What it costs.' }),
    shippingRateWithoutTax: t.field({ type: 'Money', description: 'The rate less the taxes inside it.' }),
    estimatedTransitTime: t.string({ description: 'Days, such as `5` or `4-9`, or a sentence.' }),
    isPickup: t.boolean({ description: 'True where the customer fetches the goods.' }),
    pickupInstruction: t.string({ description: 'What the customer should know to fetch the goods.' }),
    fulfillmentType: t.field({ type: FulfillmentType.type, description: 'Shipping, pickup or delivery.' }),
    locationId: t.id({ description: 'Id of the place where goods are fetched.' }),
    localizedLabel: t.string({ description: "Its name in the customer's language." }),
    discountedShippingRate: t.field({ type: 'Money', description: 'The rate after discounts on shipping.' }),
    isShippingLimit: t.boolean({ description: 'Whether it is limited by weight or amount.' }),
    scheduled: t.boolean({ description: 'Whether the customer chooses when the goods come.' }),
    scheduledTimePrecisionType: t.field({
      type: ScheduledTimePrecisionType.type,
      description: 'Whether they choose a day or a slot of time in it.',
    }),
    pickupPrecisionType: t.field({
      type: PickupPrecisionType.type,
      description: 'Whether a pickup is arranged by the day or to the time.',
    }),
    timeSlotLengthInMinutes: t.int({ description: 'How long a slot of time is.' }),
    discount: t.field({ type: ShippingDiscountInfoInput, description: 'What is taken off the rate.' }),
  }),
});

export const HandlingFeeInfoInput = builder.inputType('HandlingFeeInfoInput', {
  description: "A flat fee. Where one is given, a calculation charges it in place of the store's.",
  fields: (t) => ({
    name: t.string({ description: 'Name that the customer sees, such as `Wrapping`.' }),
    value: t.field({ type: 'Money', required: true, description: 'What the fee comes to.' }),
    valueWithoutTax: t.field({ type: 'Money', description: 'The fee less the taxes inside it.' }),
    description: t.string({ description: 'What customers are told about it.' }),
    taxes: t.field({ type: [AppliedTaxInput], description: 'Each tax on the fee.' }),
  }),
});
