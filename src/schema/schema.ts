import { builder } from './builder.ts';
import './scalars.ts';
import './cart.ts';
import './place-order.ts';
import './hide-cart.ts';

builder.queryType({ description: 'What can be read from the store.' });
builder.mutationType({
  description: 'What can be changed in the store; several in one operation run in turn.',
});

export const schema = builder.toSchema();
