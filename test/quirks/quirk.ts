/** A way in which Ecwid's documents disagree, as an answer of Ecwid's and what the gateway makes of it. */
export interface Quirk {
  readonly id: string;
  readonly says: string;
  /** Answers by the method and the path below the store; the query is left out. */
  readonly answers: Readonly<Record<string, unknown>>;
  readonly operation: string;
  readonly data: unknown;
  /** What the gateway asks for, where that is what matters: parameters of its first call. */
  readonly asks?: Readonly<Record<string, string>>;
}

export const cart = (id: string, says: string, body: object, selection: string, expected: object): Quirk => ({
  id,
  says,
  answers: { 'GET /carts/A': { cartId: 'A', ...body } },
  operation: `{ cart(id: "A") { ${selection} } }`,
  data: { cart: expected },
});

export const order = (
  id: string,
  says: string,
  body: object,
  selection: string,
  expected: object,
): Quirk => ({
  id,
  says,
  answers: { 'GET /orders/A': { id: 'A', ...body } },
  operation: `{ order(id: "A") { ${selection} } }`,
  data: { order: expected },
});

export const calculation = (
  id: string,
  says: string,
  body: object,
  selection: string,
  expected: object,
): Quirk => ({
  id,
  says,
  answers: { 'POST /order/calculate': body },
  operation: `{ calculateOrder(input: { items: [{ price: 1, quantity: 1 }] }) { ${selection} } }`,
  data: { calculateOrder: expected },
});
