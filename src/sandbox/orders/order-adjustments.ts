import { rewriteDates } from '../date-text.ts';
import { asObject, asObjects, fieldOf, type Json, type JsonObject } from '../json.ts';
import { type StoreTerms, translate } from '../store/terms.ts';
import { adjustAddress } from './address.ts';

export interface AdjustmentContext {
  readonly profile: JsonObject;
  readonly terms: StoreTerms;
  /** The server's own, whatever was sent: only an update can name items that there are. */
  readonly itemId: (item: JsonObject, index: number) => Json;
}

/**
 * What Ecwid makes of the fields it stores, as its client's tests find them on reading back: names filled in,
 * addresses completed, an unknown coupon dropped. Fields that were not sent are not made up.
 */
export function adjustFields(fields: JsonObject, context: AdjustmentContext): JsonObject {
  const adjusted: Record<string, Json> = { ...fields };
  const adjust = (name: string, change: (value: JsonObject) => Json | undefined) => {
    const value = asObject(fieldOf(fields, name));
    if (!value) return;
    const changed = change(value);
    if (changed === undefined) delete adjusted[name];
    else adjusted[name] = changed;
  };
  adjust('billingPerson', adjustAddress);
  adjust('shippingPerson', adjustAddress);
  adjust('discountCoupon', (coupon) => adjustCoupon(coupon, context.terms));
  adjust('shippingOption', (option) => adjustShipping(option, context.terms));
  const items = asObjects(fieldOf(fields, 'items'));
  if (items) adjusted.items = items.map((item, index) => adjustItem(item, index, context));
  const discountInfo = asObjects(fieldOf(fields, 'discountInfo'));
  if (discountInfo) adjusted.discountInfo = discountInfo.map((info) => ({ appliesToItems: [], ...info }));
  return adjusted;
}

/** The dates of a coupon, which a client may write in a zone of its own. */
export const couponDates = ['launchDate', 'expirationDate', 'creationDate', 'updateDate'];

// A coupon is kept only if the store has one of its code, and then without its limits on the catalogue.
function adjustCoupon(coupon: JsonObject, { coupons }: StoreTerms): JsonObject | undefined {
  const { catalogLimit, ...kept } = coupon;
  return coupons.some(({ code }) => code !== undefined && code === coupon.code)
    ? rewriteDates(kept, couponDates)
    : undefined;
}

// Pickup has no carrier, and its instruction is the store's own or none.
function adjustShipping(option: JsonObject, { shippingOptions }: StoreTerms): JsonObject {
  const isPickup = option.isPickup === true || option.fulfillmentType === 'PICKUP';
  if (!isPickup) return option;
  const { shippingCarrierName, pickupInstruction, ...kept } = option;
  const known = shippingOptions.some(
    ({ shippingMethodId }) => shippingMethodId !== undefined && shippingMethodId === option.shippingMethodId,
  );
  return { ...kept, ...(known && pickupInstruction !== undefined && { pickupInstruction }) };
}

function adjustItem(item: JsonObject, index: number, { profile, itemId }: AdjustmentContext): JsonObject {
  const options = asObjects(fieldOf(item, 'selectedOptions'));
  return {
    nameTranslated: translate(fieldOf(item, 'name'), profile),
    shortDescriptionTranslated: translate(fieldOf(item, 'shortDescription'), profile),
    ...(fieldOf(item, 'price') !== null && { selectedPrice: { value: fieldOf(item, 'price') } }),
    ...item,
    id: itemId(item, index),
    ...(options && { selectedOptions: options.map((option) => adjustOption(option, profile)) }),
  };
}

// The selections say it all: whatever else the option tells of its value is made from them.
function adjustOption(option: JsonObject, profile: JsonObject): JsonObject {
  const titles = (asObjects(fieldOf(option, 'selections')) ?? []).map(({ selectionTitle }) =>
    String(selectionTitle ?? ''),
  );
  const regenerated =
    titles.length > 0 ? { ...option, value: titles.join(', '), valuesArray: titles } : option;
  const value = fieldOf(regenerated, 'value');
  return { ...(value !== null && { valueTranslated: translate(value, profile) }), ...regenerated };
}
