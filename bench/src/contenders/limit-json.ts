import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import type { Picker } from '../pickers.ts';
import { createDispatch } from './dispatch.ts';
import { pickersModule, tellReady, upstream, upstreamHeaders } from './environment.ts';

// The least that a gateway can cost which has to reshape what it reads: no GraphQL, but for who has written this.

interface Post {
  readonly operationName: string;
  // biome-ignore lint/suspicious/noExplicitAny: each operation knows its own.
  readonly variables: any;
}

const { pickers }: { pickers: Readonly<Record<string, Picker>> } = await import(pickersModule());
const send = createDispatch(new Pool(upstream.origin, { connections: 20 }), upstreamHeaders);
const base = upstream.pathname;

const fieldsOf = Object.fromEntries(
  Object.entries(pickers).map(([name, { fields }]) => [name, encodeURIComponent(fields)]),
);

async function answerTo({ operationName, variables }: Post): Promise<object> {
  const pick = pickers[operationName]?.pick ?? (() => null);
  const fields = fieldsOf[operationName];
  const getCart = async (id: string) =>
    pick(await send('GET', `${base}/carts/${id}?responseFields=${fields}`));
  switch (operationName) {
    case 'Cart':
    case 'WholeCart':
      return { cart: await getCart(variables.id) };
    case 'Carts': {
      const query = `totalFrom=${variables.totalFrom}&limit=100&responseFields=${fields}`;
      return { carts: pick(await send('GET', `${base}/carts?${query}`)) };
    }
    case 'Aliases': {
      const { a, b, c, d, e } = variables;
      const carts = await Promise.all([a, b, c, d, e].map(getCart));
      return Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`c${n}`, carts[n % 5]]));
    }
    case 'Calculate':
      return {
        calculateOrder: pick(await send('POST', `${base}/order/calculate`, JSON.stringify(variables.input))),
      };
    case 'Place': {
      const placed = await send('POST', `${base}/carts/${variables.input.cart_id}/place`);
      return {
        placeOrder: { order: { id: placed.id, orderNumber: String(placed.orderNumber) }, errors: [] },
      };
    }
    default:
      throw new Error(`Nobody has written ${operationName}.`);
  }
}

function readPost(request: IncomingMessage, done: (post: Post) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => done(JSON.parse(String(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)))));
}

const server = createServer((request, response) => {
  const respond = (data: object) => {
    const body = JSON.stringify({ data });
    response
      .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
      .end(body);
  };
  readPost(request, (post) => {
    answerTo(post).then(respond, (error) => response.destroy(error));
  });
});
server.listen(0, '127.0.0.1', () => tellReady((server.address() as AddressInfo).port));
