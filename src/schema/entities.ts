import type { Id } from '../ecwid/wire.ts';
import { builder } from './builder.ts';

interface Entity {
  readonly id: Id;
}

export const Customer = builder.objectRef<Entity>('Customer').implement({
  description: 'A registered customer. An entity of another service: this gateway knows its id alone.',
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: "Ecwid's customerId." }),
  }),
});

export const Product = builder.objectRef<Entity>('Product').implement({
  description: 'A product of the catalogue. An entity of another service: this gateway knows its id alone.',
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: "Ecwid's productId." }),
  }),
});
