/** An order of one thing with a tip. Tips have the same id in every order. */
export function orderWithTip(value: number) {
  return {
    items: [{ name: 'Cherry', price: 5.99, quantity: 1 }],
    customSurcharges: [{ id: 'tips', type: 'ABSOLUTE' as const, value }],
  };
}
