import type { OriginAddress } from './origin.ts';

/** What an answer is compared with: the fields of it that the operations ask for. */
export interface Summary {
  readonly id: string;
  readonly email: string | null;
  readonly total: number;
  readonly items: readonly { readonly name: string; readonly quantity: number }[];
}

/** What the store holds at a moment, read past all faults. */
export interface StoreContents {
  readonly carts: ReadonlyMap<string, Summary>;
  readonly orders: ReadonlyMap<string, Summary>;
  /** Carts that nothing is missing from. */
  readonly placeable: readonly string[];
  /** Numbers of the orders that callers have created, by the e-mail addresses of that. */
  readonly created: ReadonlyMap<string, readonly string[]>;
  /** Of `calculation`. */
  readonly costs: Costs;
}

export interface Costs {
  readonly subtotal: number;
  readonly tax: number;
  readonly total: number;
}

/** In the e-mail addresses of what callers create, and in no other. */
export const domainOfCallers = 'soak.example';

/** What callers have calculated, and order. */
export const calculation = {
  items: [{ name: 'Cherry', price: 5.99, quantity: 2, weight: 0.32 }],
  shippingPerson: { countryCode: 'US', stateOrProvinceCode: 'NY', postalCode: '10001' },
};

interface WireItem {
  readonly name: string;
  readonly quantity: number;
  readonly quantityInStock?: number;
}

interface WireRecord {
  readonly id: string;
  readonly total: number;
  readonly items: readonly WireItem[];
  readonly cartId?: string;
  readonly email?: string;
  readonly recoveredOrderId?: number;
  readonly recovered_order_id?: number;
  readonly paymentMethod?: string;
  readonly shippingOption?: object;
  readonly billingPerson?: { readonly street?: string };
  readonly shippingPerson?: { readonly street?: string };
}

/** What the store answers to a request below it. */
async function askStore<Answer>(
  { storeUrl, token }: OriginAddress,
  path: string,
  body?: object,
): Promise<Answer> {
  const response = await fetch(`${storeUrl}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return (await response.json()) as Answer;
}

export async function readStore(origin: OriginAddress): Promise<StoreContents> {
  const carts = await readAll(origin, '/carts');
  const orders = await readAll(origin, '/orders');
  const { subtotal, tax, total } = await askStore<Costs>(origin, '/order/calculate', calculation);
  const created = orders.filter(({ email }) => email?.endsWith(`@${domainOfCallers}`));
  return {
    carts: new Map(carts.map((cart) => [cart.cartId ?? '', summarise(cart, cart.cartId)])),
    orders: new Map(orders.map((order) => [order.id, summarise(order)])),
    placeable: carts.filter(isComplete).map(({ cartId = '' }) => cartId),
    created: new Map(
      [...Map.groupBy(created, ({ email = '' }) => email)].map(([email, list]) => [
        email,
        list.map(({ id }) => id),
      ]),
    ),
    costs: { subtotal, tax, total },
  };
}

async function readAll(origin: OriginAddress, path: string): Promise<WireRecord[]> {
  const records: WireRecord[] = [];
  for (;;) {
    const page = await askStore<{ total: number; items: WireRecord[] }>(
      origin,
      `${path}?limit=100&offset=${records.length}`,
    );
    records.push(...page.items);
    if (records.length >= page.total || page.items.length === 0) return records;
  }
}

function summarise({ id, email, total, items }: WireRecord, cartId = id): Summary {
  return {
    id: cartId,
    email: email ?? null,
    total,
    items: items.map(({ name, quantity }) => ({ name, quantity })),
  };
}

function isComplete(cart: WireRecord): boolean {
  return [
    cart.email,
    cart.items.length,
    cart.paymentMethod,
    cart.shippingOption,
    cart.billingPerson?.street,
    cart.shippingPerson?.street,
    !(cart.recoveredOrderId ?? cart.recovered_order_id),
    cart.items.every(({ quantity, quantityInStock = quantity }) => quantity <= quantityInStock),
  ].every(Boolean);
}
