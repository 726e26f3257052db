import type { OrderDetails as WireOrderDetails } from '../ecwid/wire.ts';
import type * as wire from '../ecwid/wire-parts.ts';
import { builder } from './builder.ts';
import { ModifierType } from './enums.ts';
import { OrderDetails } from './order-details.ts';
import { AppliedTax, AppliedTaxInput } from './taxes.ts';
import { wireFields } from './wire-fields.ts';

const surcharge = wireFields<wire.CustomSurcharge>();

const CustomSurcharge = builder.objectRef<wire.CustomSurcharge>('CustomSurcharge').implement({
  description: 'Something charged on top of an order by the merchant or an app, such as a tip.',
  fields: (t) => ({
    id: t.exposeString('id', {
      description: 'Key of the surcharge, such as `tips`; `Custom Surcharge` where none was given.',
    }),
    value: t.exposeFloat('value', { description: 'An amount or a percentage, as `type` says.' }),
    type: t.field({
      type: ModifierType.type,
      description: 'Whether `value` is an amount or a percentage.',
      ...surcharge.enumValue(ModifierType, 'type'),
    }),
    total: t.expose('total', { type: 'Money', description: 'What the surcharge comes to.' }),
    totalWithoutTax: t.expose('totalWithoutTax', {
      type: 'Money',
      description: 'The same less the taxes inside it.',
    }),
    description: t.exposeString('description', { description: 'What the customer reads of it.' }),
    descriptionTranslated: t.expose('descriptionTranslated', {
      type: 'JSON',
      description: 'The description by language code; one text in answers that do not tell languages apart.',
    }),
    taxable: t.exposeBoolean('taxable', { description: 'Whether taxes are charged on it.' }),
    taxes: t.field({
      type: [AppliedTax],
      nullable: false,
      description: 'Each tax on it.',
      ...surcharge.objects('taxes'),
    }),
  }),
});

const order = wireFields<WireOrderDetails>();

builder.interfaceFields(OrderDetails, (t) => ({
  customSurcharges: t.field({
    type: [CustomSurcharge],
    nullable: false,
    description: 'What is charged on top, each with its amount; part of `total`.',
    ...order.objects('customSurcharges'),
  }),
}));

export const CustomSurchargeInput = builder.inputType('CustomSurchargeInput', {
  description: 'Something charged on top. A calculation charges these and no others.',
  fields: (t) => ({
    id: t.string({ description: 'Key of the surcharge, such as `tips`.' }),
    value: t.float({ required: true, description: 'An amount or a percentage, as `type` says.' }),
    type: t.field({ type: ModifierType.type, required: true, description: 'How `value` is to be read.' }),
    total: t.field({ type: 'Money', description: 'What it comes to; computed anew by a calculation.' }),
    totalWithoutTax: t.field({ type: 'Money', description: 'The same less the taxes inside it.' }),
    description: t.string({ description: 'What the customer reads of it.' }),
    descriptionTranslated: t.field({
      type: 'JSON',
      description: 'The description by language code, or one text.',
    }),
    taxable: t.boolean({ description: 'Whether taxes are charged on it.' }),
    taxes: t.field({ type: [AppliedTaxInput], description: 'Each tax on it.' }),
  }),
});
