import type { Call } from '../endpoint.ts';
import { asObjects, fieldOf, type Json } from '../json.ts';
import { findOrder } from './orders.ts';

/** `GET /orders/{orderId}/invoice`: the one answer that is no JSON. The comments are what Ecwid's page has. */
export function getInvoice(call: Call): string {
  const { orderNumber, id, createDate, total, ...order } = findOrder(call);
  const rows = (asObjects(fieldOf(order, 'items')) ?? []).map(
    ({ name = '', quantity = '', price = '' }) =>
      `      <tr><td>${toHtml(name)}</td><td>${toHtml(quantity)}</td><td>${toHtml(price)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Invoice ${toHtml(id)}</title></head>
  <body>
    <!-- Invoice body markup -->
    <!-- Order number -->
    <h1>Order <span>#${orderNumber}</span></h1>
    <p>${toHtml(id)}, ${toHtml(createDate)}</p>
    <table>
${rows.join('\n')}
    </table>
    <p>Total: ${total}</p>
  </body>
</html>
`;
}

function toHtml(value: Json): string {
  return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
