import { attachCustomer, customerFields } from '../customers.ts';
import { toDate } from '../date-text.ts';
import type { Call } from '../endpoint.ts';
import { asObject, asText, fieldOf, type JsonObject } from '../json.ts';
import type { OrderRecord } from '../store/records.ts';
import { createdAt, updatedAt } from '../store/stamps.ts';
import { adjustFields } from './order-adjustments.ts';
import { readOrderFields, requireDocumentedFields } from './order-fields.ts';
import { settlePayment } from './settle-payment.ts';

/** `POST /orders`: stores what it is sent and computes nothing. INCOMPLETE makes a cart. */
export function createOrder(call: Call): JsonObject {
  const { store, switches, token } = call;
  const sent = readOrderFields(call.body);
  if (switches.createRequires === 'documented') requireDocumentedFields(sent);
  const order = toRecord(token.kind === 'public' ? restrict(sent) : sent, call);
  store.replace(order);
  settlePayment(store, order, call.now());

  const { id: orderId, orderNumber: id } = order;
  switch (switches.createAnswer) {
    case 'current':
      return { id, orderId };
    case 'lower-case':
      return { id, orderid: orderId };
    case 'number':
      return { id };
  }
}

// What a public token may not set is no error: Ecwid sets it to what the token may.
function restrict({ privateAdminNotes, ...fields }: JsonObject): JsonObject {
  const isAllowed = fields.paymentStatus === 'INCOMPLETE' || fields.paymentStatus === 'AWAITING_PAYMENT';
  return {
    ...fields,
    paymentStatus: isAllowed ? (fields.paymentStatus ?? null) : 'INCOMPLETE',
    fulfillmentStatus: 'AWAITING_PROCESSING',
  };
}

function toRecord(fields: JsonObject, { store, now }: Call): OrderRecord {
  const { profile, terms } = store;
  const time = now();
  const { orderNumber, cartId, ...ids } = store.ids.order();
  const paymentStatus = asText(fieldOf(fields, 'paymentStatus')) ?? 'AWAITING_PAYMENT';
  const isCart = paymentStatus === 'INCOMPLETE';
  const customer = attachCustomer(store, fields, { isCart, now: time });
  const adjusted = adjustFields(fields, {
    profile,
    terms,
    itemId: (_, index) => orderNumber * 100 + index,
  });
  const { customerId, customerGroup, createDate, paymentMessage, ...kept } = adjusted;
  const { orderNumberPrefix = '', orderNumberSuffix = '' } =
    asObject(fieldOf(profile, 'formatsAndUnits')) ?? {};
  return {
    ...nothing,
    lang: asObject(fieldOf(profile, 'languages'))?.defaultLanguage ?? 'en',
    ...kept,
    ...(paymentStatus !== 'PAID' && paymentMessage !== undefined && { paymentMessage }),
    customerTaxExempt: kept.customerTaxExempt === true && customer?.isTaxExempt === true,
    ...customerFields(customer),
    hidden: isCart && kept.hidden === true,
    cartId: isCart ? cartId : null,
    id: `${orderNumberPrefix}${ids.id}${orderNumberSuffix}`,
    orderNumber,
    paymentStatus,
    fulfillmentStatus: asText(fieldOf(fields, 'fulfillmentStatus')) ?? 'AWAITING_PROCESSING',
    total: typeof kept.total === 'number' ? kept.total : 0,
    usdTotal: kept.total ?? 0,
    ...createdAt(typeof createDate === 'string' ? toDate(createDate) : time),
    ...updatedAt(time),
  };
}

/** What an order has that was sent none of it. */
const nothing: JsonObject = {
  subtotal: 0,
  total: 0,
  tax: 0,
  couponDiscount: 0,
  discount: 0,
  volumeDiscount: 0,
  membershipBasedDiscount: 0,
  totalAndMembershipBasedDiscount: 0,
  refundedAmount: 0,
  items: [],
  customDiscount: [],
  customSurcharges: [],
  discountInfo: [],
  taxesOnShipping: [],
  refunds: [],
  shipments: [],
  invoices: [],
  additionalInfo: {},
  paymentParams: {},
  extraFields: {},
  customerTaxExempt: false,
  customerTaxIdValid: false,
  b2b_b2c: 'b2c',
  reversedTaxApplied: false,
  customerRequestedInvoice: false,
  customerFiscalCode: '',
  electronicInvoicePecEmail: '',
  electronicInvoiceSdiCode: '',
  externalFulfillment: false,
  disableAllCustomerNotifications: false,
  pricesIncludeTax: false,
  shippingLabelAvailableForShipment: false,
};
