import { isPresentId } from '../ecwid/tolerant.ts';
import type { OrderDetails as WireOrderDetails } from '../ecwid/wire.ts';
import type { Id } from '../ecwid/wire-values.ts';
import { builder, staffMatter } from './builder.ts';
import { stub } from './larger-graphs.ts';
import { OrderDetails } from './order-details.ts';
import { reads } from './selected-fields.ts';

const Customer = builder.objectRef<{ readonly id: Id }>('Customer').implement({
  description: 'A registered customer. An entity of another service: this gateway knows its id alone.',
  extensions: stub,
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: "Ecwid's customerId." }),
  }),
});

builder.interfaceFields(OrderDetails, (t) => ({
  email: t.exposeString('email', { description: "The customer's e-mail; null until a guest has given one." }),
  ipAddress: t.exposeString('ipAddress', staffMatter('Where the customer was on the internet at checkout.')),
  customerUserAgent: t.exposeString(
    'customerUserAgent',
    staffMatter("How the customer's browser named itself at checkout."),
  ),
  customerId: t.id({
    description: "Ecwid's id of the registered customer; null for a guest.",
    resolve: ({ customerId }) => (isPresentId(customerId) ? customerId : null),
  }),
  customer: t.field({
    type: Customer,
    description: 'The customer as an entity of a larger graph; null for a guest.',
    extensions: reads<keyof WireOrderDetails>('customerId'),
    resolve: ({ customerId }) => (isPresentId(customerId) ? { id: customerId } : null),
  }),
  customerGroup: t.exposeString('customerGroup', {
    description: 'Name of the group that the customer belongs to, which some promotions go by.',
  }),
  customerGroupId: t.exposeID('customerGroupId', { description: "Ecwid's id of the customer's group." }),
  customerTaxExempt: t.exposeBoolean('customerTaxExempt', {
    description: 'True where the customer pays no tax by the order of the merchant.',
  }),
  customerTaxId: t.exposeString('customerTaxId', {
    description: 'The tax id that the customer gave at checkout, such as a VAT number.',
  }),
  customerTaxIdValid: t.exposeBoolean('customerTaxIdValid', {
    description: 'Whether that tax id was checked and found good for an exemption.',
  }),
  reversedTaxApplied: t.exposeBoolean('reversedTaxApplied', {
    description: 'True where tax was set to 0 because of a valid tax id (reverse charge).',
  }),
  customerRequestedInvoice: t.exposeBoolean('customerRequestedInvoice', {
    description: 'Whether the customer asked for an invoice at checkout.',
  }),
  customerFiscalCode: t.exposeString('customerFiscalCode', {
    description: "The customer's fiscal code (Italy).",
  }),
  electronicInvoicePecEmail: t.exposeString('electronicInvoicePecEmail', {
    description: 'Certified e-mail address for electronic invoices (Italy).',
  }),
  electronicInvoiceSdiCode: t.exposeString('electronicInvoiceSdiCode', {
    description: 'Code of the exchange system for electronic invoices (Italy).',
  }),
  acceptMarketing: t.exposeBoolean('acceptMarketing', {
    description:
      'Whether the customer agreed to be sent promotions. Null means that they may be sent, like true.',
  }),
}));
