import { builder } from './builder.ts';
import './scalars.ts';
import './order-details.ts';
import './customer.ts';
import './person-info.ts';
import './order-item.ts';
import './taxes.ts';
import './discounts.ts';
import './coupons.ts';
import './surcharges.ts';
import './shipping.ts';
import './shipments.ts';
import './payments.ts';
import './origin.ts';
import './cart.ts';
import './order.ts';
import './calculated-order.ts';
import './store.ts';
import './place-order.ts';
import './hide-cart.ts';
import './create-order.ts';
import './entities.ts';
import './live-updates.ts';
import './sdl.ts';

builder.queryType({ description: 'What can be read from the store.' });
builder.mutationType({
  description: 'What can be changed in the store; several in one operation run in turn.',
});

builder.subscriptionType({
  description:
    'What can be followed as it changes, by GraphQL over Server-Sent Events; one field in an operation.',
});

export const schema = builder.toSchema();
