/** A cart as Ecwid answers with it, which nothing is missing from. */
export const placeableCart = {
  email: 'ann@example.com',
  total: 25,
  createTimestamp: 1427268654,
  items: [{ sku: 'TEA', quantity: 2, price: 12.5, isShippingRequired: true }],
  shippingPerson: { street: 'Main Street 1' },
  shippingOption: { shippingMethodName: 'Post' },
  billingPerson: { street: 'Main Street 1' },
  paymentMethod: 'Invoice',
};
