import { builder } from './builder.ts';
import { DiscountCouponInfoInput } from './coupons.ts';
import { DiscountInfoInput } from './discounts.ts';
import { FulfillmentStatus, OrderType, PaymentStatus } from './enums.ts';
import { LoyaltyInput, StoreCreditInput } from './loyalty.ts';
import { OrderItemInput } from './order-item-input.ts';
import { ExternalOrderDataInput, OrderExtraFieldInput, UtmDataInput, UtmDataSetInput } from './origin.ts';
import { CreditCardStatusInput } from './payments.ts';
import { PersonInfoInput } from './person-info.ts';
import { HandlingFeeInfoInput, ShippingOptionInfoInput } from './shipping.ts';
import { CustomSurchargeInput } from './surcharges.ts';
import { AppliedTaxInput } from './taxes.ts';

const byCalculation = 'Found out by the calculation; needed without one.';

export const CreateOrderInput = builder.inputType('CreateOrderInput', {
  description: 'All that an order is made of. What is left out is left to Ecwid.',
  fields: (t) => ({
    idempotencyKey: t.string({
      description:
        "A second call with the same key answers with the first call's order and creates none; the details must be " +
        'the same. Another process, or this one after a restart, finds the order as soon as a search of Ecwid knows ' +
        'it, which takes seconds. 1 to 255 characters; kept in `refererId`, so give only one of the two.',
    }),
    calculate: t.boolean({
      required: true,
      defaultValue: true,
      description:
        'Has Ecwid calculate taxes, discounts, shipping and totals first and creates the order with them. false ' +
        'sends the details as they are.',
    }),
    items: t.field({
      type: [OrderItemInput],
      required: true,
      description: 'What is bought: at least one line.',
    }),

    email: t.string({ description: "The customer's e-mail; an unknown one makes a new customer." }),
    customerId: t.id({
      description: "Ecwid's id of the customer: digits. A customer's own, where a customer leaves it out.",
    }),
    ipAddress: t.string({ description: 'Where the customer is on the internet.' }),
    customerGroup: t.string({ description: "Name of the customer's group; Ecwid goes by the customer." }),
    customerTaxExempt: t.boolean({ description: 'Whether the customer pays no tax.' }),
    customerTaxId: t.string({ description: "The customer's tax id, such as a VAT number." }),
    customerTaxIdValid: t.boolean({ description: 'Whether that tax id was checked.' }),
    reversedTaxApplied: t.boolean({ description: 'Whether tax is set to 0 because of a valid tax id.' }),
    customerRequestedInvoice: t.boolean({ description: 'Whether the customer asked for an invoice.' }),
    customerFiscalCode: t.string({ description: "The customer's fiscal code (Italy)." }),
    electronicInvoicePecEmail: t.string({ description: 'Certified e-mail for electronic invoices (Italy).' }),
    electronicInvoiceSdiCode: t.string({ description: 'Exchange code for electronic invoices (Italy).' }),
    acceptMarketing: t.boolean({ description: 'Whether the customer agreed to be sent promotions.' }),
    orderType: t.field({ type: OrderType.type, description: 'Whether a company or a private person buys.' }),
    lang: t.string({ description: 'ISO 639-1 code of the language to write to the customer in.' }),

    billingPerson: t.field({ type: PersonInfoInput, description: 'Who pays, and where the bill goes.' }),
    shippingPerson: t.field({ type: PersonInfoInput, description: 'Who receives the goods, and where.' }),
    shippingOption: t.field({
      type: ShippingOptionInfoInput,
      description: 'The way of shipping; a calculation takes the first available one where it is left out.',
    }),
    handlingFee: t.field({
      type: HandlingFeeInfoInput,
      description: "A flat fee; a calculation takes the store's where it is left out.",
    }),
    taxesOnShipping: t.field({ type: [AppliedTaxInput], description: byCalculation }),
    pickupTime: t.field({ type: 'DateTime', description: 'When the customer will fetch the goods.' }),
    latestShipDate: t.field({ type: 'DateTime', description: 'By when the goods have to leave.' }),
    latestDeliveryDate: t.field({ type: 'DateTime', description: 'By when the goods have to arrive.' }),
    trackingNumber: t.string({ description: "The carrier's number of the shipment." }),
    trackingUrl: t.string({ description: "The carrier's page about the shipment." }),

    paymentStatus: t.field({
      type: PaymentStatus.type,
      description:
        'AWAITING_PAYMENT where it is left out. PAID moves stock; INCOMPLETE makes an abandoned cart, which is what ' +
        'customers and guests get, and all that they may ask for.',
    }),
    fulfillmentStatus: t.field({
      type: FulfillmentStatus.type,
      description: 'AWAITING_PROCESSING where it is left out.',
    }),
    paymentMethod: t.string({ description: 'Name of the payment method, as customer and merchant see it.' }),
    paymentModule: t.string({ description: "Ecwid's payment integration." }),
    paymentId: t.id({
      description: 'For the calculation: id of the payment method, which may have a surcharge of its own.',
    }),
    taxAlreadyDeductedFromShipping: t.boolean({
      description:
        'For the calculation: true where the shipping rate comes without the tax that prices include.',
    }),
    paymentParams: t.field({ type: 'JSONObject', description: 'A map of texts for the payment method.' }),
    paymentMessage: t.string({ description: 'Why an online payment failed.' }),
    paymentReference: t.string({ description: 'What the merchant finds the payment by.' }),
    creditCardStatus: t.field({ type: CreditCardStatusInput, description: 'Checks of a credit card.' }),
    externalTransactionId: t.string({ description: "The payment system's id of the transaction." }),
    externalTransactionUrl: t.string({ description: "The payment system's page about it." }),
    referenceTransactionId: t.string({ description: 'Id by which the customer is charged again.' }),

    subtotal: t.field({ type: 'Money', description: byCalculation }),
    total: t.field({ type: 'Money', description: byCalculation }),
    tax: t.field({ type: 'Money', description: byCalculation }),
    pricesIncludeTax: t.boolean({
      description: 'True where prices are gross; the store decides in a calculation.',
    }),
    discount: t.field({ type: 'Money', description: byCalculation }),
    couponDiscount: t.field({ type: 'Money', description: byCalculation }),
    volumeDiscount: t.field({ type: 'Money', description: byCalculation }),
    membershipBasedDiscount: t.field({ type: 'Money', description: byCalculation }),
    totalAndMembershipBasedDiscount: t.field({ type: 'Money', description: byCalculation }),
    customDiscount: t.field({ type: ['Money'], description: byCalculation }),
    discountInfo: t.field({ type: [DiscountInfoInput], description: "Promotions in place of the store's." }),
    discountCoupon: t.field({ type: DiscountCouponInfoInput, description: 'The coupon that is used.' }),
    customSurcharges: t.field({ type: [CustomSurchargeInput], description: 'What is charged on top.' }),
    giftCardCode: t.string({ description: 'Code of a gift card that pays a part.' }),
    giftCardId: t.id({ description: "Ecwid's id of that gift card." }),
    giftCardUuid: t.string({ description: 'The unguessable id of that gift card.' }),
    giftCardTransactionOrderId: t.id({
      description: 'For the calculation: the order for which the gift card was charged before.',
    }),
    giftCardRedemption: t.field({ type: 'Money', description: 'What the gift card pays.' }),
    totalBeforeGiftCardRedemption: t.field({ type: 'Money', description: 'The total before it pays.' }),
    giftCardDoubleSpending: t.boolean({ description: 'Whether its balance was used by two orders.' }),
    loyalty: t.field({ type: LoyaltyInput, description: 'Points of a loyalty programme.' }),
    storeCredit: t.field({ type: StoreCreditInput, description: "The customer's credit with the store." }),

    orderComments: t.string({ description: 'What the customer wrote at checkout; the merchant reads it.' }),
    privateAdminNotes: t.string({ description: "The merchant's own notes." }),
    hidden: t.boolean({ description: "Whether the admin's list leaves it out; for INCOMPLETE alone." }),
    disableAllCustomerNotifications: t.boolean({
      description: 'Has Ecwid send the customer no e-mails about it.',
    }),
    createDate: t.field({
      type: 'DateTime',
      description: 'When the order came about; now where it is left out.',
    }),
    refererUrl: t.string({ description: 'The page on which it came about.' }),
    globalReferer: t.string({ description: 'The page from which the customer came to the store.' }),
    affiliateId: t.string({ description: 'Id of the affiliate who sent the customer.' }),
    refererId: t.string({ description: 'Free text by which orders can be searched.' }),
    utmData: t.field({ type: UtmDataInput, description: 'The campaign that brought the customer.' }),
    utmDataSets: t.field({ type: [UtmDataSetInput], description: 'Visits by way of campaigns.' }),
    additionalInfo: t.field({ type: 'JSONObject', description: 'A map of texts for services of Ecwid.' }),
    extraFields: t.field({
      type: 'JSONObject',
      description: "A map of texts: the merchant's own fields by key.",
    }),
    orderExtraFields: t.field({
      type: [OrderExtraFieldInput],
      description: 'The same fields, with more of each.',
    }),
    externalFulfillment: t.boolean({ description: 'Whether another system sends the goods.' }),
    externalOrderId: t.string({ description: "The order's id in that system." }),
    externalOrderData: t.field({
      type: ExternalOrderDataInput,
      description: 'What that system knows of it.',
    }),
    ebayId: t.string({ description: "eBay's id, for orders from there." }),
  }),
});
