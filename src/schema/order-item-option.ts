import type * as wire from '../ecwid/wire-item.ts';
import { builder } from './builder.ts';
import { ModifierType, OptionType } from './enums.ts';
import { wireFields } from './wire-fields.ts';

const OrderItemOptionFile = builder.objectRef<wire.OrderItemOptionFile>('OrderItemOptionFile').implement({
  description: 'A file that the customer uploaded for a product option.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the upload.' }),
    name: t.exposeString('name', { description: "File name on the customer's side." }),
    size: t.expose('size', { type: 'SafeInt', description: 'Size in bytes.' }),
    url: t.exposeString('url', { description: 'Where the merchant downloads the upload.' }),
  }),
});

const selection = wireFields<wire.OrderItemOptionSelection>();

const OrderItemOptionSelection = builder
  .objectRef<wire.OrderItemOptionSelection>('OrderItemOptionSelection')
  .implement({
    description: 'One chosen value of an option, with what it does to the price.',
    fields: (t) => ({
      selectionTitle: t.exposeString('selectionTitle', { description: 'Name of the value, such as `Big`.' }),
      selectionModifier: t.exposeFloat('selectionModifier', {
        description:
          'An amount or a percentage, as the type says; negative where it makes the product cheaper.',
      }),
      selectionModifierType: t.field({
        type: ModifierType.type,
        description: 'Whether the modifier is an amount or a percentage of the price.',
        ...selection.enumValue(ModifierType, 'selectionModifierType'),
      }),
    }),
  });

const option = wireFields<wire.OrderItemOption>();

export const OrderItemOption = builder.objectRef<wire.OrderItemOption>('OrderItemOption').implement({
  description: "A customer's answer to one of a product's options, such as its size or an engraving.",
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the option, such as `Size`.' }),
    nameTranslated: t.field({
      type: 'JSONObject',
      description: 'The name by language code.',
      ...option.value('nameTranslated'),
    }),
    type: t.field({
      type: OptionType.type,
      description: 'How the option was answered, and so which of the fields below are filled.',
      ...option.enumValue(OptionType, 'type'),
    }),
    value: t.exposeString('value', {
      description: 'The answer as one text; several choices are joined by commas. Null for uploads.',
    }),
    valueTranslated: t.field({
      type: 'JSONObject',
      description: 'The answer by language code.',
      ...option.value('valueTranslated'),
    }),
    valuesArray: t.field({
      type: ['String'],
      nullable: false,
      description: 'Each chosen value on its own; empty for free text, dates and uploads.',
      ...option.texts('valuesArray'),
    }),
    valuesArrayTranslated: t.field({
      type: 'JSONObject',
      description: 'Lists of the chosen values by language code.',
      ...option.value('valuesArrayTranslated'),
    }),
    selections: t.field({
      type: [OrderItemOptionSelection],
      nullable: false,
      description: 'Each chosen value with its modifier of the price.',
      ...option.objects('selections'),
    }),
    files: t.field({
      type: [OrderItemOptionFile],
      nullable: false,
      description: 'What the customer uploaded; empty for every type but FILES.',
      ...option.objects('files'),
    }),
    hexCodes: t.field({
      type: ['String'],
      nullable: false,
      description: 'Colours of chosen swatches, such as `#ff0000`.',
      ...option.texts('hexCodes'),
    }),
    changedTime: t.exposeString('changedTime', {
      description: 'When the answer was last changed, as Ecwid writes it; its form is not documented.',
    }),
  }),
});

const OrderItemOptionSelectionInput = builder.inputType('OrderItemOptionSelectionInput', {
  description: 'One chosen value of an option, with what it does to the price.',
  fields: (t) => ({
    selectionTitle: t.string({ required: true, description: 'Name of the value, such as `Big`.' }),
    selectionModifier: t.float({
      description: 'An amount or a percentage; negative where it makes the product cheaper.',
    }),
    selectionModifierType: t.field({
      type: ModifierType.type,
      description: 'Whether the modifier is an amount or a percentage.',
    }),
  }),
});

const OrderItemOptionFileInput = builder.inputType('OrderItemOptionFileInput', {
  description: 'A file that the customer uploaded for a product option.',
  fields: (t) => ({
    id: t.id({ description: 'Id of the upload.' }),
    name: t.string({ description: "File name on the customer's side." }),
    size: t.field({ type: 'SafeInt', description: 'Size in bytes.' }),
    url: t.string({ description: 'Where the merchant downloads the upload.' }),
  }),
});

export const OrderItemOptionInput = builder.inputType('OrderItemOptionInput', {
  description: "A customer's answer to one of a product's options.",
  fields: (t) => ({
    name: t.string({ required: true, description: 'Name of the option, such as `Size`.' }),
    type: t.field({ type: OptionType.type, description: 'How it is answered.' }),
    value: t.string({ description: 'The answer as one text; several choices joined by commas.' }),
    nameTranslated: t.field({ type: 'JSONObject', description: 'The name by language code.' }),
    valueTranslated: t.field({ type: 'JSONObject', description: 'The answer by language code.' }),
    valuesArray: t.stringList({ description: 'Each chosen value on its own.' }),
    valuesArrayTranslated: t.field({ type: 'JSONObject', description: 'Lists of them by language code.' }),
    hexCodes: t.stringList({ description: 'Colours of chosen swatches, such as `#ff0000`.' }),
    changedTime: t.string({ description: "When the answer was last changed, in Ecwid's own form." }),
    files: t.field({ type: [OrderItemOptionFileInput], description: 'What the customer uploaded.' }),
    selections: t.field({
      type: [OrderItemOptionSelectionInput],
      description: 'Each chosen value with its modifier of the price.',
    }),
  }),
});
