import type { Id } from '../ecwid/wire-values.ts';
import { builder } from './builder.ts';
import { stub } from './larger-graphs.ts';

export const Product = builder.objectRef<{ readonly id: Id }>('Product').implement({
  description: 'A product of the catalogue. An entity of another service: this gateway knows its id alone.',
  extensions: stub,
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: "Ecwid's productId." }),
  }),
});
