const showcase = (number: number) => `5A0DB0C5-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Carts that are in the sandbox to be tried: docs/sandbox.md. */
export const carts = {
  placeable: showcase(1),
  withoutEmail: showcase(2),
  withoutBilling: showcase(3),
  withoutAddress: showcase(4),
  withoutShipping: showcase(5),
  withoutPayment: showcase(6),
  outOfStock: showcase(7),
  empty: showcase(8),
  withoutMuch: showcase(9),
  withPickup: showcase(11),
  hidden: showcase(12),
  withCoupon: showcase(13),
  recovered: showcase(16),
  ofCustomer: showcase(18),
  unknown: 'AAAAAAAA-0000-4000-8000-000000000000',
};
