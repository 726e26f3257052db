import { toWire, type WireObject } from '../ecwid/to-wire.ts';
import { mayCreateAnyOrder, type Viewer } from '../viewer.ts';
import type { CreationRefusal, CreationRefused } from './creation-refusal.ts';

// As Ecwid's public token may: an order that waits for a checkout to finish it.
const statuses = { paymentStatus: 'INCOMPLETE', fulfillmentStatus: 'AWAITING_PROCESSING' } as const;

/**
 * What customers and guests may tell of their orders, by Ecwid's names. Everything else is the merchant's to note,
 * to grant or to find out, or, as `refererId`, what another caller's order could be taken for.
 */
const ofEverybody: ReadonlySet<string> = new Set([
  ...['items', 'email', 'customerId', 'customerTaxId', 'b2b_b2c', 'lang', 'acceptMarketing', 'orderComments'],
  ...['customerRequestedInvoice', 'customerFiscalCode'],
  ...['electronicInvoicePecEmail', 'electronicInvoiceSdiCode'],
  ...['billingPerson', 'shippingPerson', 'shippingOption', 'handlingFee', 'taxesOnShipping', 'pickupTime'],
  ...['paymentStatus', 'fulfillmentStatus', 'paymentMethod', 'paymentModule', 'paymentParams'],
  ...['paymentOptionsDetails', 'taxAlreadyDeductedFromShipping'],
  ...['subtotal', 'total', 'tax', 'pricesIncludeTax', 'discount', 'couponDiscount', 'volumeDiscount'],
  ...['membershipBasedDiscount', 'totalAndMembershipBasedDiscount', 'discountCoupon', 'customSurcharges'],
  ...['giftCardCode', 'giftCardUuid', 'extraFields', 'orderExtraFields'],
  ...['refererUrl', 'globalReferer', 'affiliateId', 'utmData', 'utmDataSets'],
]);

/** The details that this viewer's order has, or all that is not permitted of them. */
export function permitCreation(
  details: WireObject,
  viewer: Viewer,
): { readonly details: WireObject } | { readonly refused: CreationRefused } {
  if (mayCreateAnyOrder(viewer)) return { details };
  if (viewer.kind === 'staff') return { refused: { refusals: [notPermitted('create orders')] } };

  const own = viewer.kind === 'customer' ? toWire({ customerId: viewer.customerId }) : {};
  const refusals: CreationRefusal[] = [];
  const ofStaff = Object.keys(details).filter((name) => !ofEverybody.has(name));
  if (ofStaff.length > 0) refusals.push(notPermitted(`set ${ofStaff.join(', ')}`));
  if ('customerId' in details && textOf(details.customerId) !== textOf(own.customerId)) {
    refusals.push(notPermitted("create orders of another's customerId"));
  }
  for (const [name, status] of Object.entries(statuses)) {
    if (name in details && details[name] !== status) {
      refusals.push(notPermitted(`create orders of another ${name} than ${status}`));
    }
  }
  const [first, ...others] = refusals;
  if (first) return { refused: { refusals: [first, ...others] } };
  return { details: { ...details, ...own, ...statuses } };
}

function notPermitted(what: string): CreationRefusal {
  return { code: 'NOT_PERMITTED', message: `The current user cannot ${what}.` };
}

// Ids are numbers of any length.
function textOf(id: unknown): string | undefined {
  return JSON.stringify(id);
}
