import { formatDate } from './date-text.ts';
import type { Call } from './endpoint.ts';
import { ApiError } from './http/api-error.ts';
import { asNumber, asObject, asText, fieldOf, type JsonObject } from './json.ts';
import type { CustomerRecord } from './store/records.ts';
import type { Store } from './store/store.ts';

/**
 * Whose order it is: the customer with its e-mail address, or else with its customerId. An address that no
 * customer has makes one, as the guide on placing orders says; a cart, which is not placed yet, makes none.
 */
export function attachCustomer(
  store: Store,
  fields: JsonObject,
  { isCart, now }: { readonly isCart: boolean; readonly now: Date },
): CustomerRecord | undefined {
  const email = asText(fieldOf(fields, 'email'));
  if (!email) return store.findCustomer(asNumber(fieldOf(fields, 'customerId')) ?? null);
  const known = store.findCustomerByEmail(email);
  if (known || isCart) return known;
  const person = asObject(fieldOf(fields, 'billingPerson')) ?? asObject(fieldOf(fields, 'shippingPerson'));
  const customer: CustomerRecord = {
    id: store.ids.customer(),
    email,
    name: asText(fieldOf(person ?? {}, 'name')) ?? '',
    customerGroupId: null,
    customerGroup: null,
    isTaxExempt: false,
    orderCount: 0,
    updateDate: formatDate(now),
  };
  store.replaceCustomer(customer);
  return customer;
}

/** What an order shows of its customer: whatever was sent for these is overwritten. */
export function customerFields(customer: CustomerRecord | undefined): JsonObject {
  if (!customer) return {};
  const { id, customerGroupId, customerGroup } = customer;
  return { customerId: id, ...(customerGroupId !== null && { customerGroupId, customerGroup }) };
}

/** `GET /customers/{customerId}`: as much of it as carts and orders have to do with. */
export function getCustomer({ params: { customerId = '' }, store }: Call): JsonObject {
  const customer = store.customers().find(({ id }) => String(id) === customerId);
  if (!customer) throw new ApiError(404, 'CUSTOMER_NOT_FOUND', 'Customer not found');
  const { id, email, name, customerGroupId, customerGroup, isTaxExempt, orderCount, updateDate } = customer;
  return {
    id,
    email,
    billingPerson: { name },
    customerGroupId,
    customerGroupName: customerGroup,
    taxExempt: isTaxExempt,
    updated: updateDate,
    stats: { numberOfOrders: orderCount },
  };
}
