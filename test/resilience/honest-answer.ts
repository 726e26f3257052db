import { request } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { expectNothingLeaked } from '../bad-weather.ts';
import { withoutRequestId } from '../request-id.ts';
import type { GraphQLAnswer } from '../running-gateway.ts';

/** A gateway as its callers and its operator see it. */
export interface AskedGateway {
  /** Of its `/graphql`. */
  readonly url: string;
  readonly logLines: readonly string[];
}

export interface Fault {
  /** The store's address, which nobody is to be told. */
  readonly url: string;
  /** Resolves when the fault has begun; default at once. */
  readonly begun?: Promise<unknown>;
  /** Whether it lasts for as long as somebody waits, so that others have their answer before. Default false. */
  readonly isLasting?: boolean;
  /** A query that the fault does not concern, and its answer. Default one that asks nothing of the store. */
  readonly fine?: { readonly query: string; readonly data: object };
}

/** What is left to look at in an answer of which everything holds that has to hold in any weather. */
export interface HonestAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: what a query answers with is the test's own to know.
  readonly data: any;
  readonly errors: NonNullable<GraphQLAnswer<unknown>['errors']>;
  /** The codes of the errors, each once. */
  readonly codes: readonly unknown[];
}

/** Tests give a query a second, or three. The rest is for a machine that has other things to do. */
const answeredWithinMs = 5_000;

/**
 * Sends an operation to a gateway whose store meets with a fault. The answer comes in time, each error in it has a
 * place and a code, nothing is told that is nobody's business, and another query is answered meanwhile and afterwards.
 */
export async function expectHonestAnswer(
  gateway: AskedGateway,
  query: string,
  {
    url,
    begun = Promise.resolve(),
    isLasting = false,
    fine = { query: '{ a: __typename }', data: { a: 'Query' } },
  }: Fault,
): Promise<HonestAnswer> {
  let isAnswered = false;
  const askedAt = performance.now();
  const asked = post(gateway.url, query).finally(() => {
    isAnswered = true;
  });
  await Promise.race([begun, asked]);
  expect(await post(gateway.url, fine.query)).toMatchObject({ status: 200, answer: { data: fine.data } });
  if (isLasting) expect(isAnswered).toBe(false);

  const { status, text, answer } = await asked;
  expect(performance.now() - askedAt).toBeLessThan(answeredWithinMs);
  expect(status).toBe(200);
  expect(answer).toHaveProperty('data');
  const { data, errors = [] } = answer;
  for (const { path, extensions } of errors) {
    expect(path).not.toEqual([]);
    expect(extensions).toMatchObject({
      code: expect.stringMatching(/^(UPSTREAM_(ERROR|TIMEOUT|UNAVAILABLE)|RATE_LIMITED)$/),
      retryable: expect.any(Boolean),
    });
  }
  expectNothingLeaked({ url }, text);
  expectNothingLeaked({ url }, gateway.logLines.join(''));
  expect(await post(gateway.url, fine.query)).toMatchObject({ status: 200, answer: { data: fine.data } });
  return { data, errors, codes: [...new Set(errors.map(({ extensions }) => extensions?.code))] };
}

/** Sends an operation over a connection of its own, which is gone with the answer. */
async function post(url: string, query: string) {
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  request(url, { method: 'POST', agent: false, headers: { 'content-type': 'application/json' } })
    .once('response', (response) => {
      const headers = { 'x-request-id': String(response.headers['x-request-id']) };
      const toResponse = (text: string) => new Response(text, { status: response.statusCode ?? 0, headers });
      readText(response).then((text) => resolve(toResponse(text)), reject);
    })
    .once('error', reject)
    .end(JSON.stringify({ query }));
  const response = await promise;
  const text = await response.text();
  const answer = withoutRequestId(JSON.parse(text) as GraphQLAnswer<unknown>, response);
  return { status: response.status, text, answer };
}

/** What keeps this process busy: sockets, of both sides of a connection, and timers. */
export interface Resources {
  readonly sockets: number;
  readonly timers: number;
}

export function openResources(): Resources {
  const open = process.getActiveResourcesInfo();
  const count = (name: string) => open.filter((resource) => resource === name).length;
  return { sockets: count('TCPSocketWrap') + count('TLSWrap'), timers: count('Timeout') };
}

/** Waits until there are no more sockets and timers than there were, and fails where that does not come about. */
export async function expectBackTo(before: Resources): Promise<void> {
  // Vitest's own polling has timers.
  for (let tries = 0; tries < 100 && isMore(openResources(), before); tries += 1) await sleep(20);
  const { sockets, timers } = openResources();
  expect(sockets, 'sockets').toBeLessThanOrEqual(before.sockets);
  expect(timers, 'timers').toBeLessThanOrEqual(before.timers);
}

function isMore(now: Resources, before: Resources): boolean {
  return now.sockets > before.sockets || now.timers > before.timers;
}
