import type * as wire from '../ecwid/wire-parts.ts';
import { builder } from './builder.ts';
import { wireFields } from './wire-fields.ts';

const Redemption = builder.objectRef<wire.Redemption>('Redemption').implement({
  description: 'Points or credit that were used to pay.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the use.' }),
    amount: t.exposeFloat('amount', { description: 'How much was used: points, or an amount of money.' }),
    cancelled: t.exposeBoolean('cancelled', { description: 'True where it was given back.' }),
  }),
});

const loyalty = wireFields<wire.Loyalty>();

export const Loyalty = builder.objectRef<wire.Loyalty>('Loyalty').implement({
  description: 'What an order did to the points of a loyalty programme.',
  fields: (t) => ({
    customerEnabled: t.exposeBoolean('customerEnabled', {
      description: 'Whether the customer takes part in the programme.',
    }),
    earned: t.exposeFloat('earned', { description: 'Points that the order brought.' }),
    balance: t.exposeFloat('balance', { description: 'Points that the customer has.' }),
    redemption: t.field({
      type: Redemption,
      description: 'Points that were used to pay; null where none were.',
      ...loyalty.object('redemption'),
    }),
  }),
});

const credit = wireFields<wire.StoreCredit>();

export const StoreCredit = builder.objectRef<wire.StoreCredit>('StoreCredit').implement({
  description: "What an order did to the customer's credit with the store.",
  fields: (t) => ({
    balance: t.expose('balance', { type: 'Money', description: 'What the customer has left.' }),
    refund: t.expose('refund', { type: 'Money', description: 'What was given back as credit.' }),
    redemption: t.field({
      type: Redemption,
      description: 'Credit that was used to pay; null where none was.',
      ...credit.object('redemption'),
    }),
  }),
});

const RedemptionInput = builder.inputType('RedemptionInput', {
  description: 'Points or credit that are used to pay.',
  fields: (t) => ({
    id: t.id({ description: 'Id of the use.' }),
    amount: t.float({ required: true, description: 'How much is used: points, or an amount of money.' }),
    cancelled: t.boolean({ description: 'True where it was given back.' }),
  }),
});

export const LoyaltyInput = builder.inputType('LoyaltyInput', {
  description: 'What the order does to the points of a loyalty programme.',
  fields: (t) => ({
    customerEnabled: t.boolean({ description: 'Whether the customer takes part in the programme.' }),
    earned: t.float({ description: 'Points that the order brings.' }),
    balance: t.float({ description: 'Points that the customer has.' }),
    redemption: t.field({ type: RedemptionInput, description: 'Points that are used to pay.' }),
  }),
});

export const StoreCreditInput = builder.inputType('StoreCreditInput', {
  description: "What the order does to the customer's credit with the store.",
  fields: (t) => ({
    balance: t.field({ type: 'Money', description: 'What the customer has left.' }),
    refund: t.field({ type: 'Money', description: 'What is given back as credit.' }),
    redemption: t.field({ type: RedemptionInput, description: 'Credit that is used to pay.' }),
  }),
});
