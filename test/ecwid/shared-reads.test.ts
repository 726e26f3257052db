import { beforeEach, describe, expect, test } from 'vitest';
import type { EcwidClient } from '../../src/ecwid/client.ts';
import type { EcwidRequest } from '../../src/ecwid/request.ts';
import { responseFields } from '../../src/ecwid/response-fields.ts';
import { type SharedReads, shareReads } from '../../src/ecwid/shared-reads.ts';

interface Call {
  readonly request: EcwidRequest;
  answer(value: object): void;
  fail(error: Error): void;
}

let calls: Call[];
let direct: EcwidClient;
let ecwid: EcwidClient;
let forget: SharedReads['forget'];
let now = 1;

function share(options?: Parameters<typeof shareReads>[1]): SharedReads {
  return shareReads(
    {
      storeId: '1003',
      send<Answer extends object>(request: EcwidRequest): Promise<Answer> {
        const { promise, resolve, reject } = Promise.withResolvers<Answer>();
        request.signal?.addEventListener('abort', () => reject(request.signal?.reason));
        calls.push({ request, answer: (value) => resolve(value as Answer), fail: reject });
        return promise;
      },
    },
    { monotonic: () => now, ...options },
  );
}

beforeEach(() => {
  calls = [];
  ({ ecwid: direct, sharedEcwid: ecwid, forget } = share());
});

const cart: EcwidRequest = { path: ['carts', 'A'], fields: responseFields('total', 'email') };
const hide: EcwidRequest = { method: 'PUT', path: ['carts', 'A'], body: { hidden: true } };

describe('reads that are shared', () => {
  test('are one call while it is under way, and another one afterwards', async () => {
    const both = [ecwid.send(cart), ecwid.send({ ...cart })];
    expect(calls).toHaveLength(1);
    calls[0]?.answer({ total: 1 });
    expect(await Promise.all(both)).toEqual([{ total: 1 }, { total: 1 }]);
    void ecwid.send(cart);
    expect(calls).toHaveLength(2);
  });

  test('are those of the same path, query and time, and of no more fields', () => {
    const { fields: _, ...whole } = cart;
    const others: readonly EcwidRequest[] = [
      cart,
      { ...cart, fields: responseFields('total', 'items') },
      whole,
      { ...cart, query: { limit: 1 } },
      { ...cart, path: ['carts', 'B'] },
      { ...cart, deadlineMs: 5 },
      { ...cart, method: 'PUT' },
      { ...cart, method: 'PUT' },
    ];
    for (const request of others) void ecwid.send(request);
    expect(calls).toHaveLength(others.length);
  });

  test('serve whoever wants some of their fields', async () => {
    const { fields: _, ...whole } = cart;
    const [both, one, every, some] = [
      ecwid.send(cart),
      ecwid.send({ ...cart, fields: responseFields('email') }),
      ecwid.send(whole),
      ecwid.send({ ...cart, fields: responseFields('items') }),
    ];
    expect(calls).toHaveLength(2);
    calls[0]?.answer({ total: 1, email: 'a@b.example' });
    calls[1]?.answer({ total: 1, items: [] });
    expect(await one).toBe(await both);
    expect(await some).toBe(await every);
  });

  test('are not those that a client sends for itself', () => {
    void ecwid.send(cart);
    void direct.send(cart);
    void direct.send(cart);
    expect(calls).toHaveLength(3);
  });

  test.each([
    ['done', () => calls[1]?.answer({ updateCount: 1 })],
    ['lost', () => calls[1]?.fail(new Error('reset'))],
  ])('are no longer joined once a write is %s, since they may be of before it', async (_how, end) => {
    const before = ecwid.send(cart);
    const write = direct.send(hide).catch(() => {});
    void ecwid.send(cart);
    expect(calls).toHaveLength(2);
    end();
    await write;
    void ecwid.send(cart);
    expect(calls).toHaveLength(3);
    calls[0]?.answer({ total: 1 });
    expect(await before).toEqual({ total: 1 });
    void ecwid.send(cart);
    expect(calls).toHaveLength(3);
  });

  test('are no longer joined once one of their kind has changed, by whatever id an order goes', () => {
    const order: EcwidRequest = { path: ['orders', 'AB1CD'] };
    for (const request of [cart, order]) void ecwid.send(request);
    forget({ kind: 'carts', id: 'B' });
    for (const request of [cart, order]) void ecwid.send(request);
    expect(calls).toHaveLength(2);
    forget({ kind: 'orders', id: '108394551' });
    for (const request of [cart, order]) void ecwid.send(request);
    expect(calls).toHaveLength(3);
  });

  test('fail for all who wait, and for nobody after them', async () => {
    const both = [ecwid.send(cart), ecwid.send(cart)];
    calls[0]?.fail(new Error('503'));
    for (const one of both) await expect(one).rejects.toThrow('503');
    const next = ecwid.send(cart);
    calls[1]?.answer({ total: 2 });
    expect(await next).toEqual({ total: 2 });
  });

  test('go on for the others when one caller leaves, and end with the last one', async () => {
    const [one, other] = [new AbortController(), new AbortController()];
    const first = ecwid.send({ ...cart, signal: one.signal });
    const second = ecwid.send({ ...cart, signal: other.signal });
    one.abort(new Error('first gone'));
    await expect(first).rejects.toThrow('first gone');
    expect(calls[0]?.request.signal?.aborted).toBe(false);
    other.abort(new Error('second gone'));
    await expect(second).rejects.toThrow('second gone');
    expect(calls[0]?.request.signal?.aborted).toBe(true);
    void ecwid.send(cart);
    expect(calls).toHaveLength(2);
  });

  test('are not joined when they have been under way for a second, and may hang', async () => {
    void ecwid.send(cart);
    now += 1_000;
    void ecwid.send(cart);
    expect(calls).toHaveLength(1);
    now += 1;
    const late = ecwid.send(cart);
    void ecwid.send(cart);
    expect(calls).toHaveLength(2);
    calls[1]?.answer({ total: 2 });
    expect(await late).toEqual({ total: 2 });
  });

  test('are not joined when everybody else has left, however long they take to end', async () => {
    const sent: EcwidRequest[] = [];
    const { sharedEcwid } = shareReads({
      storeId: '1003',
      send(request) {
        sent.push(request);
        return new Promise(() => {});
      },
    });
    const caller = new AbortController();
    const left = sharedEcwid.send({ ...cart, signal: caller.signal });
    caller.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    void sharedEcwid.send(cart);
    expect(sent.map(({ signal }) => signal?.aborted)).toEqual([true, false]);
  });

  test('are not begun for who has left already', async () => {
    await expect(ecwid.send({ ...cart, signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow(
      'gone',
    );
    expect(calls).toEqual([]);
  });
});

describe('carts that are remembered', () => {
  beforeEach(() => {
    ({ ecwid: direct, sharedEcwid: ecwid, forget } = share({ cartTtlMs: 10_000 }));
  });

  async function read(request: EcwidRequest, answer: object): Promise<object> {
    const reading = ecwid.send(request);
    calls.at(-1)?.answer(answer);
    return reading;
  }

  test('are not read again until their time is up, a single one or a page', async () => {
    const page = { path: ['carts'], query: { limit: 10 }, fields: responseFields('total') };
    await read(cart, { total: 1 });
    await read(page, { total: 7 });
    now += 9_999;
    expect(await ecwid.send({ ...cart, fields: responseFields('total') })).toEqual({ total: 1 });
    expect(await ecwid.send(page)).toEqual({ total: 7 });
    expect(calls).toHaveLength(2);
    now += 2;
    expect(await read(cart, { total: 2 })).toEqual({ total: 2 });
    expect(calls).toHaveLength(3);
  });

  test('are read again for fields that nobody had wanted', async () => {
    await read(cart, { total: 1 });
    await read({ ...cart, fields: responseFields('items') }, { items: [] });
    expect(calls).toHaveLength(2);
  });

  test('are forgotten when something is written, also what was being read then', async () => {
    await read(cart, { total: 1 });
    const early = ecwid.send({ ...cart, path: ['carts', 'B'] });
    const writing = direct.send(hide);
    calls[2]?.answer({ updateCount: 1 });
    await writing;
    calls[1]?.answer({ total: 1 });
    await early;
    expect(await read(cart, { total: 2 })).toEqual({ total: 2 });
    expect(await read({ ...cart, path: ['carts', 'B'] }, { total: 3 })).toEqual({ total: 3 });
  });

  test('are forgotten when they have changed elsewhere, with the pages that may hold them, and no others', async () => {
    const page = { path: ['carts'], query: { limit: 10 } };
    const other = { path: ['carts', 'B'] };
    for (const request of [cart, page, other]) await read(request, { total: 1 });
    const early = ecwid.send({ ...cart, fields: responseFields('items') });
    forget({ kind: 'orders', id: 'A' });
    expect(await ecwid.send(cart)).toEqual({ total: 1 });
    forget({ kind: 'carts', id: 'A' });
    calls[3]?.answer({ items: [] });
    await early;
    expect(await ecwid.send(other)).toEqual({ total: 1 });
    expect(await read(cart, { total: 2 })).toEqual({ total: 2 });
    expect(await read(page, { total: 2 })).toEqual({ total: 2 });
    expect(calls).toHaveLength(6);
    forget();
    expect(await read(other, { total: 3 })).toEqual({ total: 3 });
  });

  test('are forgotten when a batch is asked about, which may have written by now', async () => {
    await read(cart, { total: 1 });
    const asking = direct.send({ path: ['batch'], query: { ticket: 't' } });
    calls[1]?.answer({ status: 'COMPLETED' });
    await asking;
    expect(await read(cart, { total: 2 })).toEqual({ total: 2 });
  });

  test('do not give way to a calculation, which writes nothing', async () => {
    await read(cart, { total: 1 });
    const calculating = direct.send({ method: 'POST', path: ['order', 'calculate'], body: {} });
    calls[1]?.answer({ total: 5 });
    await calculating;
    expect(await ecwid.send(cart)).toEqual({ total: 1 });
  });

  test('are none that could not be read, and no orders', async () => {
    const reading = ecwid.send(cart);
    calls[0]?.fail(new Error('503'));
    await expect(reading).rejects.toThrow('503');
    await read(cart, { total: 1 });
    await read({ path: ['orders', 'A'] }, { total: 2 });
    await read({ path: ['orders', 'A'] }, { total: 3 });
    expect(calls).toHaveLength(4);
  });

  test('are no more than memory has room for', async () => {
    const large = { note: 'x'.repeat(7_000_000) };
    for (const id of ['A', 'B', 'C']) await read({ path: ['carts', id] }, large);
    await read({ path: ['carts', 'A'] }, { total: 1 });
    expect(calls).toHaveLength(4);
    expect(await ecwid.send({ path: ['carts', 'C'] })).toBe(large);
  });
});
