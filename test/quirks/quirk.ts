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

/** Makers of quirks of one answer: what is called, what it always says, and the field that reads it. */
function quirksOf(call: string, always: object, name: string, field: string) {
  return (id: string, says: string, body: object, selection: string, expected: object): Quirk => ({
    id,
    says,
    answers: { [call]: { ...always, ...body } },
    operation: `{ ${field} { ${selection} } }`,
    data: { [name]: expected },
  });
}

export const cart = quirksOf('GET /carts/A', { cartId: 'A' }, 'cart', 'cart(id: "A")');

export const order = quirksOf('GET /orders/A', { id: 'A' }, 'order', 'order(id: "A")');

export const calculation = quirksOf(
  'POST /order/calculate',
  {},
  'calculateOrder',
  'calculateOrder(input: { items: [{ price: 1, quantity: 1 }] })',
);
