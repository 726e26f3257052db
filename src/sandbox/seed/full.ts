import type { JsonObject } from '../json.ts';
import { fullPromotion } from './full-item.ts';
import { fivePercentOff } from './terms.ts';

// A cart and an order with every field that the documents and the official client know, so that whoever reads
// fields has something to read. Amounts that would not add up are 0.

const shippingDiscount: JsonObject = {
  id: 25039591,
  value: 0,
  type: 'ABSOLUTE',
  base: 'SHIPPING',
  orderTotal: 500,
  description: 'Nothing off the shipping from 500 on',
  appliesToItems: [37208342],
  appliesToOrderItems: [56000002100],
  triggeredByOrderItems: [56000002101],
  appliesToShippingMethodId: '6589-1709547151586',
};

/** Laid over the standard shipping. */
export const fullShipping: JsonObject = {
  shippingCarrierName: 'USPS',
  shippingRateWithoutTax: 8.5,
  discountedShippingRate: 8.5,
  pickupInstruction: 'If nobody is at home: at the counter, until six.',
  isShippingLimit: false,
  timeSlotLengthInMinutes: 60,
  scheduled: true,
  scheduledTimePrecisionType: 'DATE_AND_TIME_SLOT',
  pickupPrecisionType: 'DATE_AND_TIME',
  locationId: 'orchard-1',
  localizedLabel: 'Standard shipping',
  discount: shippingDiscount,
};

const couponLimits: JsonObject = {
  launchDate: '2014-06-06 00:00:00 +0000',
  expirationDate: '2026-12-31 23:59:59 +0000',
  totalLimit: 1,
  repeatCustomerOnly: false,
  updateDate: '2025-01-01 00:00:00 +0000',
  catalogLimit: { products: [37208342], categories: [9691094] },
  shippingLimit: { shippingMethods: ['6589-1709547151586'] },
};

const utm: JsonObject = { source: 'newsletter', campaign: 'blossom', medium: 'email' };

const sender: JsonObject = {
  name: 'Cherry Orchard Ltd.',
  companyName: 'Cherry Orchard Ltd.',
  email: 'hello@mysuperstore.example.com',
  street: '144 West D Street',
  city: 'New York',
  countryCode: 'US',
  countryName: 'United States',
  postalCode: '10001',
  stateOrProvinceCode: 'NY',
  stateOrProvinceName: 'New York',
  phone: '+12125550100',
};

/** Laid over both the cart and the order. */
export const fullFields: JsonObject = {
  refundedAmount: 2.5,
  giftCardDoubleSpending: false,
  giftCardCode: 'GIFT-4870-0020',
  giftCardUuid: '3f1f3a5e-0b6e-4a7e-9f3d-1b7a3c1f9d2e',
  giftCardId: 31415926,
  discountInfo: [fullPromotion],
  discountCoupon: { ...fivePercentOff.info, ...couponLimits },
  customSurcharges: [
    {
      id: 'tips',
      value: 1.5,
      type: 'ABSOLUTE',
      total: 1.5,
      totalWithoutTax: 1.5,
      description: 'For the pickers',
      descriptionTranslated: 'Voor de plukkers',
      taxable: false,
      taxes: [],
    },
  ],
  handlingFee: {
    name: 'Wrapping',
    value: 2,
    valueWithoutTax: 2,
    description: 'Silk paper wrapping',
    taxes: [{ name: 'Export tax', value: 0, total: 0, includeInPrice: false }],
  },
  taxesOnShipping: [{ name: 'Export tax', value: 0, total: 0, includeInPrice: false, taxType: 'STATE' }],
  predictedPackages: { length: 34, width: 9, height: 22, weight: 1.28, declaredValue: 16.98 },
  predictedPackage: [{ length: 34, width: 9, height: 22, weight: 1.28, declaredValue: 16.98 }],
  paymentModule: 'CUSTOM_PAYMENT_APP-my-payment-app',
  paymentParams: { 'PO number': '123abcd' },
  paymentMessage: 'The first try was declined.',
  creditCardStatus: { avsMessage: 'Address matches', cvvMessage: 'Code matches' },
  externalTransactionId: 'transact_4870020',
  ipAddress: '83.217.8.241',
  customerGroup: 'Gold',
  customerGroupId: 12345,
  customerId: 15319412,
  customerTaxId: 'GB999999973',
  customerTaxIdValid: true,
  reversedTaxApplied: false,
  b2b_b2c: 'b2b',
  customerRequestedInvoice: true,
  customerFiscalCode: 'RSSMRA80A01H501U',
  electronicInvoicePecEmail: 'pec@example.com',
  electronicInvoiceSdiCode: 'ABCDEFG',
  acceptMarketing: true,
  orderComments: 'Please leave the parcel with the neighbours.',
  privateAdminNotes: 'Asked about delivery before the weekend.',
  pickupTime: '2026-07-10 14:00:00 +0000',
  refererUrl: 'https://mysuperstore.example.com/cherries',
  globalReferer: 'https://www.example.org/',
  affiliateId: 'partner-7',
  refererId: 'newsletter',
  trackingNumber: '9400111899223100001',
  trackingUrl: 'https://track.example.com/9400111899223100001',
  additionalInfo: { google_customer_id: '2008512504.1526280224' },
  extraFields: {
    ecwid_order_delivery_time_interval_start: '2026-07-10 14:00:00 +0000',
    ecwid_order_delivery_time_interval_end: '2026-07-10 15:00:00 +0000',
    ecwid_order_delivery_time_display_format: 'DATETIME',
  },
  orderExtraFields: [
    {
      id: 'gift_note',
      value: 'For Ann, with love',
      customerInputType: 'TEXT',
      title: 'Gift note',
      orderDetailsDisplaySection: 'order_comments',
      orderBy: '0',
    },
  ],
  externalFulfillment: true,
  externalOrderId: 'EXT-1001',
  disableAllCustomerNotifications: true,
  refunds: [{ date: '2026-07-03 08:00:00 +0000', source: 'CP', reason: 'One jar was broken', amount: 2.5 }],
  shipments: [
    {
      id: '64d4a0a1e4b0c1f2a3b4c5d6',
      created: '2026-07-03 07:00:00 +0000',
      shipTo: { name: 'Fiona Full', city: 'New York', countryCode: 'US', postalCode: '10001' },
      shipFrom: sender,
      parcel: {
        weight: 1.28,
        weightUnit: 'KILOGRAM',
        width: 9,
        height: 22,
        length: 34,
        dimensionUnit: 'CM',
        template: 'USPS_MediumFlatRateBox1',
      },
      shippingService: {
        carrier: 'USPS',
        carrierName: 'U.S.P.S.',
        carrierServiceName: 'Priority Mail',
        carrierServiceCode: 'usps_priority',
      },
      tracking: {
        tracking_number: '9400111899223100001',
        tracking_url: 'https://track.example.com/9400111899223100001',
        estimatedDays: 3,
      },
      shippingLabel: { label_url: 'https://labels.example.com/1.pdf' },
    },
    {
      id: '64d4a0a1e4b0c1f2a3b4c5d7',
      created: '2026-07-03 07:05:00 +0000',
      tracking: { trackingNumber: '9400111899223100002', trackingUrl: 'https://track.example.com/2' },
      label: {
        labelUrl: 'https://labels.example.com/2.pdf',
        labelFileType: 'PDF_4x6',
        commercialInvoiceUrl: 'https://labels.example.com/2-invoice.pdf',
        billingTransactionId: 'label-2',
      },
    },
  ],
  shippingLabelAvailableForShipment: true,
  invoices: [
    {
      internalId: 9000000001,
      id: 'INV-001',
      created: '2026-07-02 12:00:00 +0000',
      link: 'https://invoices.example.com/INV-001.pdf',
      type: 'SALE',
    },
  ],
  utmData: { ...utm, mcEid: 'eid-1', mcCid: 'cid-1' },
  utmDataSets: [{ timestamp: '2026-07-01 11:02:11 +0000', ...utm }],
  lang: 'en',
  customerUserAgent: 'Mozilla/5.0',
};

/** What orders alone have. */
export const fullOrderFields: JsonObject = {
  paymentStatus: 'PARTIALLY_REFUNDED',
  fulfillmentStatus: 'SHIPPED',
  paymentMessage: null,
  customDiscount: [0],
  availableShippingOptions: [
    { shippingMethodId: '6589-1709547151586', shippingMethodName: 'Standard shipping', shippingRate: 8.5 },
  ],
  availableTaxes: [
    {
      id: 947976181,
      name: 'Tax X',
      enabled: true,
      includeInPrice: false,
      useShippingAddress: true,
      taxShipping: false,
      appliedByDefault: true,
      defaultTax: 7,
      rules: [{ zoneId: 'US', tax: 7 }],
    },
  ],
  paymentSubtype: 'VISA',
  paymentReference: 'ref-4870020',
  externalTransactionUrl: 'https://payments.example.com/transact_4870020',
  referenceTransactionId: 'transact_4870019',
  ebayId: 'ebay-1001',
  latestShipDate: '2026-07-04 00:00:00 +0000',
  latestDeliveryDate: '2026-07-08 00:00:00 +0000',
  externalOrderData: {
    externalOrderId: 'EXT-1001',
    externalFulfillment: true,
    refererId: 'newsletter',
    refererChannel: 'Blossom weekly',
    platformSpecificFields: { issue: '27' },
  },
  ticket: -1372093,
  loyalty: {
    earned: 12,
    balance: 120,
    customerEnabled: true,
    redemption: { id: 'loyal-1', amount: 0, cancelled: false },
  },
  storeCredit: { balance: 15, refund: 0, redemption: { id: 'credit-1', amount: 0, cancelled: false } },
  withdrawalRequested: false,
};
