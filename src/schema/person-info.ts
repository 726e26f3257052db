import type * as wire from '../ecwid/wire.ts';
import type * as parts from '../ecwid/wire-parts.ts';
import { builder } from './builder.ts';
import { OrderDetails } from './order-details.ts';
import { wireFields } from './wire-fields.ts';

export const PersonInfo = builder.objectRef<parts.PersonInfo>('PersonInfo').implement({
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
    email: t.exposeString('email', {
      description: "Only where a shipment starts; a customer's is the `email` of the cart or order.",
    }),
  }),
});

const order = wireFields<wire.OrderDetails>();

builder.interfaceFields(OrderDetails, (t) => ({
  billingPerson: t.field({
    type: PersonInfo,
    description: 'Who pays, and where the bill goes; null until given.',
    ...order.object('billingPerson'),
  }),
  shippingPerson: t.field({
    type: PersonInfo,
    description: 'Who receives the goods, and where; null until given, and for pickup or digital goods.',
    ...order.object('shippingPerson'),
  }),
}));

export const PersonInfoInput = builder.inputType('PersonInfoInput', {
  description: 'A person and address. Ecwid derives the names of places from their codes.',
  fields: (t) => ({
    name: t.string({ description: 'First and last name in one text.' }),
    firstName: t.string({ description: 'Ecwid takes it from `name`, and may ignore it here.' }),
    lastName: t.string({ description: 'Ecwid takes it from `name`, and may ignore it here.' }),
    companyName: t.string({ description: 'The company that buys.' }),
    street: t.string({ description: 'One or two address lines, the second after a line break (`\\n`).' }),
    city: t.string({ description: 'City or town.' }),
    countryCode: t.string({ description: 'ISO 3166-1 code of two letters, such as `US`.' }),
    countryName: t.string({ description: 'Ecwid takes it from `countryCode`, and may ignore it here.' }),
    postalCode: t.string({ description: 'Postal or ZIP code.' }),
    stateOrProvinceCode: t.string({ description: 'Code of the state or province, such as `NY`.' }),
    stateOrProvinceName: t.string({
      description: 'Ecwid takes it from `stateOrProvinceCode`, and may ignore it here.',
    }),
    phone: t.string({ description: 'Telephone number.' }),
  }),
});
