import { EcwidStatusError } from '../ecwid/errors.ts';
import { calculateOrder } from '../ecwid/orders.ts';
import { toWire } from '../ecwid/to-wire.ts';
import type * as wire from '../ecwid/wire.ts';
import { mayCalculateFor, ownerOf } from '../viewer.ts';
import { badUserInput } from './bad-user-input.ts';
import { builder } from './builder.ts';
import { checkInput, checkItems } from './check-arguments.ts';
import { costs } from './cost.ts';
import { DiscountCouponInfoInput } from './coupons.ts';
import { DiscountInfoInput } from './discounts.ts';
import { notPermitted } from './not-permitted.ts';
import { OrderDetails } from './order-details.ts';
import { OrderItemInput } from './order-item-input.ts';
import { ExternalOrderData } from './origin.ts';
import { PersonInfoInput } from './person-info.ts';
import { HandlingFeeInfoInput, ShippingOptionInfo, ShippingOptionInfoInput } from './shipping.ts';
import { CustomSurchargeInput } from './surcharges.ts';
import { TaxInfo } from './taxes.ts';
import { wireFields } from './wire-fields.ts';

const calculated = wireFields<wire.CalculatedOrder>();

const CalculatedOrder = builder.objectRef<wire.CalculatedOrder>('CalculatedOrder').implement({
  description: 'What an order would come to. There is no such order.',
  interfaces: [OrderDetails],
  fields: (t) => ({
    orderNumber: t.exposeID('orderNumber', { description: 'Always 0, as there is no order.' }),
    vendorOrderNumber: t.exposeString('vendorOrderNumber', {
      description: 'Always 0, as there is no order.',
    }),
    ticket: t.expose('ticket', { type: 'SafeInt', description: 'Always 0, as there is no order.' }),
    customDiscount: t.field({
      type: ['Money'],
      nullable: false,
      description: 'What each promotion of base CUSTOM takes off; part of `discount`.',
      ...calculated.amounts('customDiscount'),
    }),
    availableShippingOptions: t.field({
      type: [ShippingOptionInfo],
      nullable: false,
      description: 'The ways of shipping to choose from; the first is taken where the input names none.',
      ...calculated.objects('availableShippingOptions'),
    }),
    availableTaxes: t.field({
      type: [TaxInfo],
      nullable: false,
      description: "The taxes of the store's settings that could apply.",
      ...calculated.objects('availableTaxes'),
    }),
    externalOrderData: t.field({
      type: ExternalOrderData,
      description: 'Echoed from the request.',
      ...calculated.object('externalOrderData'),
    }),
  }),
});

const CalculateOrderInput = builder.inputType('CalculateOrderInput', {
  description: 'What to calculate an order from: at least its items.',
  fields: (t) => ({
    items: t.field({
      type: [OrderItemInput],
      required: true,
      description: 'What is bought: at least one line.',
    }),
    email: t.string({ description: "The customer's e-mail, by which their group is known." }),
    ipAddress: t.string({ description: 'Where the customer is on the internet.' }),
    customerId: t.id({ description: "Ecwid's id of the customer: digits." }),
    customerTaxExempt: t.boolean({ description: "Overrides the customer's own setting." }),
    customerTaxId: t.string({ description: "Overrides the customer's own tax id." }),
    reversedTaxApplied: t.boolean({ description: 'Overrides whether tax is reversed.' }),
    billingPerson: t.field({ type: PersonInfoInput, description: 'Who pays, and where the bill goes.' }),
    shippingPerson: t.field({
      type: PersonInfoInput,
      description: 'Who receives the goods. Taken from billingPerson where it is left out.',
    }),
    shippingOption: t.field({
      type: ShippingOptionInfoInput,
      description: 'The way of shipping; the first of those available where it is left out.',
    }),
    handlingFee: t.field({ type: HandlingFeeInfoInput, description: "A fee in place of the store's." }),
    discountCoupon: t.field({
      type: DiscountCouponInfoInput,
      description: 'A coupon, taken as it is given.',
    }),
    discountInfo: t.field({
      type: [DiscountInfoInput],
      description: "Promotions in place of the store's; an empty list means none.",
    }),
    customSurcharges: t.field({ type: [CustomSurchargeInput], description: 'What is charged on top.' }),
    paymentId: t.id({ description: 'Id of the payment method, which may have a surcharge of its own.' }),
    giftCardCode: t.string({ description: 'Code of a gift card that pays a part.' }),
    giftCardId: t.id({ description: "Ecwid's id of that gift card." }),
    giftCardUuid: t.string({ description: 'The unguessable id of that gift card.' }),
    giftCardTransactionOrderId: t.id({
      description: 'The order for which the gift card was charged before.',
    }),
    giftCardRedemption: t.field({ type: 'Money', description: 'What the gift card is to pay.' }),
    totalBeforeGiftCardRedemption: t.field({ type: 'Money', description: 'The total before it pays.' }),
    giftCardDoubleSpending: t.boolean({ description: 'Whether its balance was used by two orders.' }),
    taxAlreadyDeductedFromShipping: t.boolean({
      description: 'True where the shipping rate comes without the tax that the store includes in prices.',
    }),
  }),
});

builder.queryField('calculateOrder', (t) =>
  t.field({
    type: CalculatedOrder,
    nullable: false,
    description:
      'What an order with these items, addresses and coupon would cost, and how it could be shipped. Creates nothing.',
    complexity: costs.calculateOrder,
    args: { input: t.arg({ type: CalculateOrderInput, required: true, description: 'What to calculate.' }) },
    resolve: async (_root, { input }, { ecwid, viewer, signal }) => {
      checkInput('input', input);
      if (!mayCalculateFor(viewer, ownerOf(input))) {
        throw notPermitted('Only staff may calculate for another customer.', {
          argument: 'input.customerId',
        });
      }
      checkItems('input.items', input.items);
      const { paymentId, ...rest } = input;
      const request = toWire({ ...rest, ...(paymentId ? { paymentOptionsDetails: { paymentId } } : {}) });
      try {
        return await calculateOrder(ecwid, request, { signal });
      } catch (error) {
        // 422 is "no items or bad item data", 400 "malformed": the error table of the API reference.
        if (error instanceof EcwidStatusError && (error.status === 422 || error.status === 400)) {
          throw badUserInput('Ecwid cannot calculate an order from argument "input".', { argument: 'input' });
        }
        throw error;
      }
    },
  }),
);
