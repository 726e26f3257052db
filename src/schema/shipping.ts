import type * as wire from '../ecwid/wire.ts';
import { builder } from './builder.ts';
import { FulfillmentType } from './enums.ts';

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
    shippingRate: t.expose('shippingRate', {
      type: 'Money',
      description: 'What this way of shipping costs.',
    }),
    estimatedTransitTime: t.exposeString('estimatedTransitTime', {
      description: 'Days as the merchant wrote them: `5`, `4-9` or a sentence. Not meant for computing.',
    }),
    isPickup: t.exposeBoolean('isPickup', {
      description:
        'True where the customer fetches the goods; newer answers say it by `fulfillmentType` alone.',
    }),
    pickupInstruction: t.exposeString('pickupInstruction', {
      description: 'What the customer should know to fetch the goods; may hold HTML of the merchant.',
    }),
    fulfillmentType: t.field({
      type: FulfillmentType.type,
      description: 'Shipping, pickup or delivery; null on carts older than the distinction.',
      resolve: (option) => FulfillmentType.read(option.fulfillmentType),
    }),
  }),
});

export const HandlingFeeInfo = builder.objectRef<wire.HandlingFeeInfo>('HandlingFeeInfo').implement({
  description: 'A flat fee that the merchant adds to an order, for wrapping or the like.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name that the customer sees, such as `Wrapping`.' }),
    value: t.expose('value', { type: 'Money', description: 'The fee, before tax where prices are net.' }),
    description: t.exposeString('description', {
      description: 'What the merchant tells customers about the fee.',
    }),
  }),
});
