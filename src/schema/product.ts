import type { Id } from '../ecwid/wire-values.ts';
import { builder } from './builder.ts';

export const Product = builder.objectRef<{ readonly id: Id }>('Product').implement({
  description: 'A product of the catalogue. An entity of another service: this gateway knows its id alone.',
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: "Ecwid's productId." }),
  }),
});
