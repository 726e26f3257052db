import type * as wire from '../ecwid/wire.ts';
import { builder } from './builder.ts';

export const OrderItemTax = builder.objectRef<wire.OrderItemTax>('OrderItemTax').implement({
  description: 'One tax on one order item; an item has as many of these as taxes apply to it.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name that the customer sees at checkout and on invoices.' }),
    value: t.exposeFloat('value', { description: 'The rate in percent: 7 is seven percent.' }),
    total: t.expose('total', {
      type: 'Money',
      description: 'This tax on the whole line, shipping included.',
    }),
    taxOnDiscountedSubtotal: t.expose('taxOnDiscountedSubtotal', {
      type: 'Money',
      description: 'The part that is charged on the price of the goods, after all discounts.',
    }),
    taxOnShipping: t.expose('taxOnShipping', {
      type: 'Money',
      description: "The part that is charged on the item's share of the shipping cost.",
    }),
  }),
});
