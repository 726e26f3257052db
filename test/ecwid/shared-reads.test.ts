import { beforeEach, describe, expect, test } from 'vitest';
import type { EcwidClient, EcwidRequest } from '../../src/ecwid/client.ts';
import { sharingReads } from '../../src/ecwid/shared-reads.ts';

interface Call {
  readonly request: EcwidRequest;
  answer(value: object): void;
  fail(error: Error): void;
}

let calls: Call[];
let ecwid: EcwidClient;
beforeEach(() => {
  calls = [];
  ecwid = sharingReads({
    storeId: '1003',
    send<Answer extends object>(request: EcwidRequest): Promise<Answer> {
      const { promise, resolve, reject } = Promise.withResolvers<Answer>();
      request.signal?.addEventListener('abort', () => reject(request.signal?.reason));
      calls.push({ request, answer: (value) => resolve(value as Answer), fail: reject });
      return promise;
    },
  });
});

const cart: EcwidRequest = { path: ['carts', 'A'], query: { responseFields: 'total' } };

describe('reads that are shared', () => {
  test('are one call while it is under way, and another one afterwards', async () => {
    const both = [ecwid.send(cart), ecwid.send({ ...cart })];
    expect(calls).toHaveLength(1);
    calls[0]?.answer({ total: 1 });
    expect(await Promise.all(both)).toEqual([{ total: 1 }, { total: 1 }]);
    void ecwid.send(cart);
    expect(calls).toHaveLength(2);
  });

  test('are those of the same path, fields and time alone, and no writes', () => {
    const others: readonly EcwidRequest[] = [
      cart,
      { ...cart, query: { responseFields: 'email' } },
      { ...cart, path: ['carts', 'B'] },
      { ...cart, deadlineMs: 5 },
      { ...cart, method: 'PUT' },
      { ...cart, method: 'PUT' },
    ];
    for (const request of others) void ecwid.send(request);
    expect(calls).toHaveLength(others.length);
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

  test('are not begun for who has left already', async () => {
    await expect(ecwid.send({ ...cart, signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow(
      'gone',
    );
    expect(calls).toEqual([]);
  });
});
