import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { createRandom, type Random } from '../../src/sandbox/random.ts';
import type { PathedError } from './agreement.ts';
import type { Operation } from './operations.ts';

export interface CallersOptions {
  /** Of the gateway. */
  readonly origin: string;
  readonly authorization: string;
  readonly callers: number;
  readonly pick: (random: Random) => Operation;
  /** How long callers begin something new; then each waits for what it has asked for. */
  readonly forMs: number;
}

/** What came of one request. */
export interface Told {
  readonly operation: Operation;
  readonly ms: number;
  /** Absent where the caller has left before there was one, or the connection broke. */
  readonly answer?: Answer;
  readonly hasLeft: boolean;
}

export interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: {
    // biome-ignore lint/suspicious/noExplicitAny: the operation knows what it answers with.
    readonly data?: any;
    readonly errors?: readonly (PathedError & { readonly extensions?: { readonly code?: string } })[];
  };
}

const shareOfLeaving = 0.05;

/** Has many callers ask at once, one thing after the other with pauses; some leave before they are answered. */
export async function callAtOnce({ callers, forMs, ...options }: CallersOptions): Promise<readonly Told[]> {
  const pool = new Pool(options.origin, { connections: callers, headersTimeout: 0, bodyTimeout: 0 });
  const until = performance.now() + forMs;
  const told: Told[] = [];
  const call = async (seed: number) => {
    const random = createRandom(seed);
    await sleep(random.integer(0, Math.min(1_000, forMs / 2)));
    while (performance.now() < until) {
      const leavesAfterMs = random.chance(shareOfLeaving) ? random.integer(1, 1_500) : undefined;
      told.push(await ask(pool, options.pick(random), options.authorization, leavesAfterMs));
      await sleep(random.integer(0, 2_000));
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, index) => call(index)));
  await pool.close();
  return told;
}

async function ask(
  pool: Pool,
  operation: Operation,
  authorization: string,
  leavesAfterMs: number | undefined,
): Promise<Told> {
  const { query, variables } = operation;
  const leave = new AbortController();
  const timer = setTimeout(() => leave.abort(), leavesAfterMs ?? 2 ** 31 - 1);
  const began = performance.now();
  const soFar = () => ({ operation, ms: performance.now() - began, hasLeft: leave.signal.aborted });
  try {
    const { statusCode, headers, body } = await pool.request({
      path: '/graphql',
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ query, variables }),
      signal: leave.signal,
    });
    const answer = {
      status: statusCode,
      retryAfter: headers['retry-after']?.toString(),
      body: (await body.json()) as Answer['body'],
    };
    return { ...soFar(), answer };
  } catch {
    return soFar();
  } finally {
    clearTimeout(timer);
  }
}

/** How long a query takes, in milliseconds, that needs nothing of Ecwid: once and again until the work is done. */
export async function watchFineQuery(
  { origin, authorization }: Pick<CallersOptions, 'origin' | 'authorization'>,
  work: Promise<unknown>,
): Promise<readonly number[]> {
  const pool = new Pool(origin, { connections: 1 });
  const fine = { name: 'fine', query: '{ __typename }', variables: {}, isRight: () => true };
  const times: number[] = [];
  let isDone = false;
  const done = () => {
    isDone = true;
  };
  work.then(done, done);
  while (!isDone) {
    times.push((await ask(pool, fine, authorization, undefined)).ms);
    await sleep(50);
  }
  await pool.close();
  return times;
}
