import type { OrderDetails as WireOrderDetails } from '../ecwid/wire.ts';
import type { OrderItemTax as WireOrderItemTax } from '../ecwid/wire-item.ts';
import type * as wire from '../ecwid/wire-parts.ts';
import { builder } from './builder.ts';
import { SourceTaxRateType, TaxType } from './enums.ts';
import { OrderDetails } from './order-details.ts';
import { wireFields } from './wire-fields.ts';

const itemTax = wireFields<WireOrderItemTax>();

export const OrderItemTax = builder.objectRef<WireOrderItemTax>('OrderItemTax').implement({
  description: 'One tax on one order item; an item has as many of these as taxes apply to it.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description: 'Name that the customer sees at checkout and on invoices.',
    }),
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
    taxOnHandlingFee: t.expose('taxOnHandlingFee', {
      type: 'Money',
      description: "The part that is charged on the item's share of the handling fee.",
    }),
    includeInPrice: t.exposeBoolean('includeInPrice', {
      description: 'For display alone: whether prices hold their tax is told by `pricesIncludeTax`.',
    }),
    sourceTaxRateId: t.exposeID('sourceTaxRateId', {
      description: 'Id of the tax that the merchant has set up; 0 for taxes from elsewhere.',
    }),
    sourceTaxRateType: t.field({
      type: SourceTaxRateType.type,
      description: 'Where the rate came from.',
      ...itemTax.enumValue(SourceTaxRateType, 'sourceTaxRateType'),
    }),
    taxType: t.field({
      type: TaxType.type,
      description: 'The authority that levies it; null outside the United States.',
      ...itemTax.enumValue(TaxType, 'taxType'),
    }),
    taxClassCode: t.exposeString('taxClassCode', { description: "Code of the product's tax class." }),
    taxClassName: t.exposeString('taxClassName', { description: "Name of the product's tax class." }),
  }),
});

const appliedTax = wireFields<wire.AppliedTax>();

export const AppliedTax = builder.objectRef<wire.AppliedTax>('AppliedTax').implement({
  description: 'A tax and what it comes to: on shipping, on a handling fee or on a surcharge.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name that the customer sees.' }),
    value: t.exposeFloat('value', { description: 'The rate in percent: 7 is seven percent.' }),
    total: t.expose('total', { type: 'Money', description: 'What the tax comes to.' }),
    includeInPrice: t.exposeBoolean('includeInPrice', {
      description: 'For display alone: whether prices hold their tax is told by `pricesIncludeTax`.',
    }),
    taxType: t.field({
      type: TaxType.type,
      description: 'The authority that levies it; null outside the United States.',
      ...appliedTax.enumValue(TaxType, 'taxType'),
    }),
  }),
});

const TaxRule = builder.objectRef<wire.TaxRule>('TaxRule').implement({
  description: "A tax's rate in one of the store's destination zones.",
  fields: (t) => ({
    zoneId: t.exposeID('zoneId', { description: "Id of the zone in the store's settings." }),
    tax: t.exposeFloat('tax', { description: 'The rate there, in percent.' }),
  }),
});

const taxInfo = wireFields<wire.TaxInfo>();

export const TaxInfo = builder.objectRef<wire.TaxInfo>('TaxInfo').implement({
  description: "A tax as it stands in the store's settings.",
  fields: (t) => ({
    id: t.exposeID('id', { description: "Ecwid's id of the tax." }),
    name: t.exposeString('name', { description: 'Name that the customer sees.' }),
    enabled: t.exposeBoolean('enabled', { description: 'Whether the tax is charged at all.' }),
    includeInPrice: t.exposeBoolean('includeInPrice', {
      description: 'For display alone: whether prices hold their tax is told by `pricesIncludeTax`.',
    }),
    useShippingAddress: t.exposeBoolean('useShippingAddress', {
      description: 'True where the shipping address decides the zone, false where the billing address does.',
    }),
    taxShipping: t.exposeBoolean('taxShipping', {
      description:
        'True where the tax is charged on subtotal and shipping, false where on the subtotal alone.',
    }),
    appliedByDefault: t.exposeBoolean('appliedByDefault', {
      description: 'True for all products, false only for those that have the tax enabled.',
    }),
    defaultTax: t.exposeFloat('defaultTax', { description: 'The rate in percent where no zone matches.' }),
    rules: t.field({
      type: [TaxRule],
      nullable: false,
      description: 'The rates by zone.',
      ...taxInfo.objects('rules'),
    }),
  }),
});

const order = wireFields<WireOrderDetails>();

builder.interfaceFields(OrderDetails, (t) => ({
  taxesOnShipping: t.field({
    type: [AppliedTax],
    description:
      'Taxes on shipping and handling fee together: empty where taxes are on the subtotal alone, null on old ' +
      'orders that do not tell.',
    ...order.optionalObjects('taxesOnShipping'),
  }),
}));

export const AppliedTaxInput = builder.inputType('AppliedTaxInput', {
  description: 'A tax and what it comes to: on shipping, on a handling fee or on a surcharge.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Name that the customer sees.' }),
    value: t.float({ required: true, description: 'The rate in percent: 7 is seven percent.' }),
    total: t.field({ type: 'Money', required: true, description: 'What the tax comes to.' }),
    includeInPrice: t.boolean({ description: 'For display alone.' }),
    taxType: t.field({
      type: TaxType.type,
      description: 'The authority that levies it, in the United States.',
    }),
  }),
});

export const OrderItemTaxInput = builder.inputType('OrderItemTaxInput', {
  description: 'One tax on one order item. Ecwid computes these anew where it calculates.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Name that the customer sees.' }),
    value: t.float({ required: true, description: 'The rate in percent: 7 is seven percent.' }),
    total: t.field({ type: 'Money', description: 'This tax on the whole line, shipping included.' }),
    taxOnDiscountedSubtotal: t.field({ type: 'Money', description: 'The part on the price of the goods.' }),
    taxOnShipping: t.field({ type: 'Money', description: "The part on the line's share of shipping." }),
    taxOnHandlingFee: t.field({ type: 'Money', description: "The part on the line's share of the fee." }),
    includeInPrice: t.boolean({ description: 'For display alone.' }),
    sourceTaxRateId: t.id({ description: 'Id of the tax that the merchant has set up.' }),
    sourceTaxRateType: t.field({ type: SourceTaxRateType.type, description: 'Where the rate came from.' }),
    taxType: t.field({
      type: TaxType.type,
      description: 'The authority that levies it, in the United States.',
    }),
    taxClassCode: t.string({ description: "Code of the product's tax class." }),
    taxClassName: t.string({ description: "Name of the product's tax class." }),
  }),
});
