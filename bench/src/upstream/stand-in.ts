import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cartIdOf } from '../scenarios.ts';
import { parseResponseFields, pickFields } from './response-fields.ts';
import { readBodies } from './whole-cart.ts';

/** What the stand-in tells of itself: at first where it is, then what it has answered since it was last asked. */
export interface StandInReport {
  readonly port: number;
  readonly calls: number;
  readonly bytes: number;
}

/** What it is asked by. */
export interface StandInOrder {
  /** From now on, before each answer. */
  readonly latencyMs: number;
}

// As long as every cart id, so that one can be written in its place.
const anyId = '00000000-0000-0000-0000-000000000000';
const totalCarts = 1_000;

const { cart, calculated } = await readBodies();
const calculatedBody = Buffer.from(JSON.stringify(calculated));
const cartTexts = new Map<string, readonly string[]>();
const pages = new Map<string, Buffer>();

/** Once for each set of fields: the texts before and after the id. */
function cartBody(id: string, fields: string): Buffer {
  let texts = cartTexts.get(fields);
  if (!texts) {
    texts = JSON.stringify(pickFields({ ...cart, cartId: anyId }, wantedFields(fields))).split(anyId);
    cartTexts.set(fields, texts);
  }
  return Buffer.from(texts.join(id));
}

function pageBody(query: string, fields: string): Buffer {
  const offset = Number(/\boffset=(\d+)/.exec(query)?.[1] ?? 0);
  const limit = Math.min(Number(/\blimit=(\d+)/.exec(query)?.[1] ?? 100), 100);
  const key = `${offset}/${limit}/${fields}`;
  let body = pages.get(key);
  if (!body) {
    const items = Array.from({ length: Math.min(limit, Math.max(0, totalCarts - offset)) }, (_, n) => ({
      ...cart,
      cartId: cartIdOf(offset + n),
      email: `customer.${String(offset + n).padStart(3, '0')}@example.com`,
    }));
    const page = { total: totalCarts, count: items.length, offset, limit, items };
    body = Buffer.from(JSON.stringify(pickFields(page, wantedFields(fields))));
    pages.set(key, body);
  }
  return body;
}

// No two carts become one order, and every answer is as long as any other.
function placedBody(id: string): Buffer {
  const orderNumber = 100_000_000 + (Number.parseInt(id.slice(-12), 16) % 800_000_000);
  return Buffer.from(
    JSON.stringify({ id: `O${orderNumber}`, orderNumber, vendorOrderNumber: `O${orderNumber}`, cartId: id }),
  );
}

function wantedFields(fields: string) {
  return fields === '' ? null : parseResponseFields(decodeURIComponent(fields));
}

function answerTo(target: string): Buffer | null {
  const [path = '', query = ''] = target.split('?');
  const fields = /(?:^|&)responseFields=([^&]*)/.exec(query)?.[1] ?? '';
  const [, resource, id, action] =
    /^\/api\/v3\/\d+\/(carts|order)(?:\/([^/]+))?(?:\/(place))?$/.exec(path) ?? [];
  if (resource === 'order') return calculatedBody;
  if (resource !== 'carts') return null;
  if (id === undefined) return pageBody(query, fields);
  return action ? placedBody(id) : cartBody(id, fields);
}

let latencyMs = 0;
let calls = 0;
let bytes = 0;

function respond(response: ServerResponse, target: string): void {
  const body = answerTo(target);
  calls += 1;
  bytes += body?.byteLength ?? 0;
  if (!body) {
    response.writeHead(404).end();
    return;
  }
  response
    .writeHead(200, { 'content-type': 'application/json', 'content-length': body.byteLength })
    .end(body);
}

const server = createServer((request, response) => {
  const answer = () => {
    if (latencyMs > 0) setTimeout(respond, latencyMs, response, request.url ?? '');
    else respond(response, request.url ?? '');
  };
  if (request.method === 'GET') answer();
  else request.resume().once('end', answer);
});
// Sockets that were idle for a while are kept, lest one closes as it is used.
server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;

function report(): void {
  process.send?.({ port, calls, bytes } satisfies StandInReport);
  calls = 0;
  bytes = 0;
}

process.on('message', (order: StandInOrder) => {
  ({ latencyMs } = order);
  report();
});
process.on('disconnect', () => process.exit());
report();
