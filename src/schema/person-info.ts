import type * as wire from '../ecwid/wire.ts';
import { builder } from './builder.ts';

export const PersonInfo = builder.objectRef<wire.PersonInfo>('PersonInfo').implement({
  description:
    'A person and address, as the customer gave it at checkout; Ecwid fills in the names of places.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'First and last name in one text.' }),
    firstName: t.exposeString('firstName', {
      description: 'Split from `name` by Ecwid; older carts lack it.',
    }),
    lastName: t.exposeString('lastName', { description: 'Split from `name` by Ecwid; older carts lack it.' }),
    companyName: t.exposeString('companyName', {
      description: 'The company that buys; null for a private person.',
    }),
    street: t.exposeString('street', {
      description: 'One or two address lines, the second after a line break (`\\n`).',
    }),
    city: t.exposeString('city', { description: 'City or town, in the spelling of the customer.' }),
    countryCode: t.exposeString('countryCode', {
      description: 'ISO 3166-1 code of two letters, such as `US`.',
    }),
    countryName: t.exposeString('countryName', { description: 'Derived from `countryCode` by Ecwid.' }),
    postalCode: t.exposeString('postalCode', {
      description: 'Postal or ZIP code; some countries have none.',
    }),
    stateOrProvinceCode: t.exposeString('stateOrProvinceCode', {
      description: 'Code of the state or province within the country, such as `NY`.',
    }),
    stateOrProvinceName: t.exposeString('stateOrProvinceName', {
      description: 'Derived from `stateOrProvinceCode` by Ecwid.',
    }),
    phone: t.exposeString('phone', {
      description: 'Telephone number as typed by the customer, not normalised.',
    }),
  }),
});
