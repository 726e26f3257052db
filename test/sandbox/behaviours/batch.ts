import { expect } from 'vitest';
import { publicToken, secretToken } from '../../../src/sandbox/http/access.ts';
import type { Api, Ask, Reply } from '../api.ts';
import { type Behaviour, cartOfThePages, expectRefusal } from './behaviour.ts';
import { createClock } from './clock.ts';

async function post(api: Api, body: unknown, query: Ask['query'] = {}): Promise<string> {
  const { status, text, json } = await api.post('/batch', { body, query });
  expect(status, text).toBe(200);
  return json.ticket;
}

async function poll(api: Api, ticket: string, query: Ask['query'] = {}): Promise<Reply['json']> {
  return (await api.get('/batch', { query: { ticket, ...query } })).json;
}

const slow = createClock();
const queued = createClock();
const remembering = createClock();
const place = { path: `/carts/${cartOfThePages}/place`, method: 'POST', body: '' };
const reader = { ...secretToken, value: 'secret_reader', scopes: ['read_orders'] as const };

export const batch: readonly Behaviour[] = [
  {
    id: 'batch.ticket',
    source: '[docs]',
    says: 'a batch answers with a ticket, and the ticket tells the replies, each an object in httpBody',
    sandboxOnly: true,
    async check(api) {
      const ticket = await post(api, [
        { id: 'one', path: '/orders?ids=RCVR1&responseFields=items(id)', method: 'GET' },
        { path: '/orders/RCVR2?responseFields=total', method: 'GET', body: '' },
      ]);
      expect(ticket).toEqual(expect.any(String));
      expect(await poll(api, ticket)).toEqual({
        status: 'COMPLETED',
        totalRequests: 2,
        completedRequests: 2,
        responses: [
          {
            id: 'one',
            status: 'COMPLETED',
            httpStatusCode: 200,
            httpStatusLine: 'OK',
            httpBody: { items: [{ id: 'RCVR1' }] },
          },
          expect.objectContaining({ id: '1', httpBody: { total: 26.67 } }),
        ],
      });
    },
  },
  {
    id: 'batch.escaped',
    source: '[docs] [client]',
    says: 'escapedJson=true has each body as text in escapedHttpBody instead',
    sandboxOnly: true,
    async check(api) {
      const ticket = await post(api, [place]);
      const [response] = (await poll(api, ticket, { escapedJson: true })).responses;
      expect(JSON.parse(response.escapedHttpBody)).toMatchObject({ id: 'AB1CD', cartId: cartOfThePages });
      expect(response).not.toHaveProperty('httpBody');
    },
  },
  {
    id: 'batch.bodies',
    source: '[docs]',
    says: 'requests write too, each seeing what those before it have done',
    sandboxOnly: true,
    async check(api) {
      const ticket = await post(api, [
        { path: `/carts/${cartOfThePages}`, method: 'PUT', body: { hidden: true } },
        { path: '/orders', method: 'POST', body: { email: 'batch@example.com' } },
        { path: '/orders?email=batch@example.com', method: 'GET' },
      ]);
      const { responses } = await poll(api, ticket);
      expect(responses[2].httpBody.total).toBe(1);
      expect((await api.get(`/carts/${cartOfThePages}`)).json.hidden).toBe(true);
    },
  },
  {
    id: 'batch.stops',
    source: '[docs]',
    says: 'after a failure the rest is not executed, unless stopOnFirstFailure=false',
    sandboxOnly: true,
    async check(api) {
      const requests = [
        { id: 'bad', path: '/orders/NOSUCH', method: 'GET' },
        { id: 'good', path: '/orders/RCVR1', method: 'GET' },
      ];
      const stopped = await poll(api, await post(api, requests));
      expect(stopped).toMatchObject({ status: 'COMPLETED', totalRequests: 2, completedRequests: 1 });
      expect(stopped.responses).toMatchObject([
        { id: 'bad', status: 'FAILED', httpStatusCode: 404, httpBody: { errorCode: 'ORDER_NOT_FOUND' } },
        { id: 'good', status: 'NOT_EXECUTED' },
      ]);
      const all = await poll(api, await post(api, requests, { stopOnFirstFailure: false }));
      expect(all.responses.map(({ status }: { status: string }) => status)).toEqual(['FAILED', 'COMPLETED']);
    },
  },
  {
    id: 'batch.asynchronous',
    source: '[docs]',
    says: 'batchCallMs gives each request its time: QUEUED, IN_PROGRESS with the replies so far, COMPLETED',
    sandboxOnly: true,
    options: { batchCallMs: 1000, now: slow.now },
    async check(api) {
      const ticket = await post(api, [place, { path: '/orders/AB1CD', method: 'GET' }]);
      expect(await poll(api, ticket)).toMatchObject({
        status: 'QUEUED',
        completedRequests: 0,
        responses: [],
      });
      expect((await api.get(`/carts/${cartOfThePages}`)).status).toBe(200);
      slow.advance(1000);
      expect((await api.get(`/carts/${cartOfThePages}`)).status).toBe(404);
      const half = await poll(api, ticket);
      expect(half).toMatchObject({ status: 'IN_PROGRESS', completedRequests: 1 });
      expect(half.responses).toHaveLength(1);
      slow.advance(1000);
      expect(await poll(api, ticket)).toMatchObject({ status: 'COMPLETED', completedRequests: 2 });
    },
  },
  {
    id: 'batch.queue',
    source: '[docs]',
    says: 'a batch waits for those before it',
    sandboxOnly: true,
    options: { batchCallMs: 1000, now: queued.now },
    async check(api) {
      const read = { path: '/orders/RCVR1', method: 'GET' };
      const first = await post(api, [read, read]);
      const second = await post(api, [read]);
      queued.advance(1500);
      expect((await poll(api, first)).status).toBe('IN_PROGRESS');
      expect((await poll(api, second)).status).toBe('QUEUED');
      queued.advance(1500);
      expect((await poll(api, second)).status).toBe('COMPLETED');
    },
  },
  {
    id: 'batch.deduplication',
    source: '[docs]',
    says: 'a deduplicationKey that comes again within an hour gets the first ticket, and nothing is done twice',
    sandboxOnly: true,
    options: { now: remembering.now },
    async check(api) {
      const create = [{ path: '/orders', method: 'POST', body: { email: 'twice@example.com' } }];
      const count = async () =>
        (await api.get('/orders', { query: { email: 'twice@example.com' } })).json.total;
      const query = { deduplicationKey: '3f1f3a5e-0b6e-4a7e-9f3d-1b7a3c1f9d2e' };
      const first = await post(api, create, query);
      remembering.advance(3_599_999);
      expect(await post(api, create, query)).toBe(first);
      expect((await poll(api, first)).responses).toHaveLength(1);
      expect(await count()).toBe(1);
      expect(await post(api, create)).not.toBe(first);
      remembering.advance(1);
      expect(await post(api, create, query)).not.toBe(first);
      expect(await count()).toBe(3);
    },
  },
  {
    id: 'batch.scopes',
    source: '[docs]',
    says: 'a batch needs the scopes of all its requests, or nothing of it is done',
    sandboxOnly: true,
    options: { tokens: [secretToken, reader, publicToken] },
    async check(api) {
      const read = { path: '/orders/RCVR1', method: 'GET' };
      const refused = await api.post('/batch', { token: reader.value, body: [read, place] });
      expectRefusal(refused, 403, 'INSUFFICIENT_APP_SCOPE');
      expect((await api.get(`/carts/${cartOfThePages}`)).status).toBe(200);
      expect((await api.post('/batch', { token: reader.value, body: [read] })).status).toBe(200);
      expectRefusal(
        await api.post('/batch', { token: api.publicToken, body: [read] }),
        403,
        'INSUFFICIENT_APP_SCOPE',
      );
    },
  },
  {
    id: 'batch.malformed',
    source: '[docs] [inferred]',
    says: 'a batch is a list of 1 to 500 requests with a path and a method, and no batch inside',
    sandboxOnly: true,
    async check(api) {
      const read = { path: '/orders/RCVR1', method: 'GET' };
      const wrong = [
        {},
        [],
        ['/orders'],
        Array(501).fill(read),
        [{ path: 'orders', method: 'GET' }],
        [{ path: '/orders', method: 'PATCH' }],
        [{ path: '/batch', method: 'POST', body: [read] }],
        [{ method: 'GET' }],
      ];
      for (const body of wrong) {
        expectRefusal(await api.post('/batch', { body }), 400, 'WRONG_PARAMETER');
      }
      expect((await poll(api, await post(api, Array(500).fill(read)))).completedRequests).toBe(500);
    },
  },
  {
    id: 'batch.nowhere',
    source: '[inferred]',
    says: 'a request to nowhere fails in its turn, as does a file; a ticket of nobody is 404, and of no one else',
    sandboxOnly: true,
    options: { tokens: [secretToken, reader, publicToken] },
    async check(api) {
      const ticket = await post(
        api,
        [
          { path: '/baskets', method: 'GET' },
          { path: '/orders', method: 'PUT' },
          { path: '/orders/RCVR1/items/1/options/Size', method: 'POST' },
        ],
        { stopOnFirstFailure: false },
      );
      expect(
        (await poll(api, ticket)).responses.map(
          ({ httpStatusCode }: { httpStatusCode: number }) => httpStatusCode,
        ),
      ).toEqual([404, 405, 400]);
      expectRefusal(await api.get('/batch', { query: { ticket: 'none' } }), 404, 'BATCH_NOT_FOUND');
      expectRefusal(await api.get('/batch'), 400, 'WRONG_PARAMETER');
      expectRefusal(
        await api.get('/batch', { token: reader.value, query: { ticket } }),
        404,
        'BATCH_NOT_FOUND',
      );
    },
  },
];
