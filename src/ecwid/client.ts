import { type CallBudget, createCallBudget, leastMs, type Priority } from './call-budget.ts';
import type { Attempt, CircuitBreaker } from './circuit-breaker.ts';
import { type EndSignal, throwIfAborted } from './end-signal.ts';
import { EcwidStatusError, EcwidTimeoutError } from './errors.ts';
import { createExchange, type ExchangeOptions } from './exchange.ts';
import { type EcwidRequest, isWrite } from './request.ts';
import type { ResponseFields } from './response-fields.ts';
import { createRetryBudget, type FailedAttempt, retryDelayMs } from './retry-policy.ts';

export interface EcwidClientOptions extends Omit<ExchangeOptions, 'attemptMs'> {
  /** For the whole call, from waiting for its turn to the last byte, with its retries. Default 10,000. */
  readonly deadlineMs?: number;
  /** For one attempt of a read. Default eight tenths of the whole. */
  readonly attemptMs?: number;
  /** Of the token, shared by all clients of it. Default without an end. */
  readonly budget?: CallBudget;
  /** Of the upstream, shared by all clients of it. Default none: every call is sent. */
  readonly breaker?: CircuitBreaker;
  /** Whether a request is sent again, and after how long. Default the policy of retry-policy.ts. */
  readonly retry?: (failed: FailedAttempt) => number | null;
}

/** What every reading function takes beside what to read. */
export interface ReadOptions {
  readonly fields: ResponseFields;
  readonly signal?: EndSignal | undefined;
}

export interface EcwidClient {
  readonly storeId: string;
  /** The JSON object of a success; throws an EcwidError, or the signal's reason where that ended it. */
  send<Answer extends object>(request: EcwidRequest): Promise<Answer>;
}

/** The same client, whose calls together have no more time than `remainingMs` tells as each begins. */
export function withDeadline(ecwid: EcwidClient, remainingMs: () => number): EcwidClient {
  return {
    storeId: ecwid.storeId,
    send({ deadlineMs = Number.POSITIVE_INFINITY, ...request }) {
      return ecwid.send({ ...request, deadlineMs: Math.min(deadlineMs, remainingMs()) });
    },
  };
}

/**
 * The same client, none of whose calls begins when nothing `remainingMs` any more: it is refused as soon as that is
 * known. One that has begun is not ended by it, since others may be waiting for it too.
 */
export function withLastBegin(ecwid: EcwidClient, remainingMs: () => number): EcwidClient {
  return {
    storeId: ecwid.storeId,
    send: (request) => ecwid.send({ ...request, beginWithinMs: remainingMs() }),
  };
}

/** The same client, whose calls go before others where not every call can go. */
export function withPriority(ecwid: EcwidClient, priority: Priority): EcwidClient {
  return { storeId: ecwid.storeId, send: (request) => ecwid.send({ ...request, priority }) };
}

/** Of a call with its retries, on the clock that only grows. */
interface Times {
  readonly endsAt: number;
  /** By when the last attempt has to begin. */
  readonly lastBeginAt: number;
}

/** One store of the Ecwid REST API, version 3: when a request is sent, and when again. */
export function createEcwidClient({
  deadlineMs: mostMs = 10_000,
  attemptMs = mostMs * 0.8,
  budget = createCallBudget({ perMinute: Number.POSITIVE_INFINITY }),
  breaker,
  retry = retryDelayMs,
  ...options
}: EcwidClientOptions): EcwidClient {
  const exchange = createExchange({ ...options, attemptMs });
  const retryBudget = createRetryBudget();

  return {
    storeId: options.storeId,
    send<Answer extends object>(request: EcwidRequest): Promise<Answer> {
      const { deadlineMs = mostMs, beginWithinMs = mostMs } = request;
      const begunAt = performance.now();
      const endsAt = begunAt + Math.min(deadlineMs, mostMs);
      const lastBeginAt = Math.min(endsAt, begunAt + beginWithinMs);
      return sendInTime(request, { endsAt, lastBeginAt }, 0) as Promise<Answer>;
    },
  };

  function sendInTime(request: EcwidRequest, times: Times, retries: number): Promise<object> {
    return attempt(request, times, retries > 0).catch(async (error) => {
      const { signal } = request;
      throwIfAborted(signal);
      const pauseMs = retry({
        isWrite: isWrite(request),
        error,
        retries,
        remainingMs: times.lastBeginAt - performance.now(),
        random: Math.random(),
      });
      if (pauseMs === null || !retryBudget.spend()) throw error;
      await pause(pauseMs, signal);
      return sendInTime(request, times, retries + 1);
    });
  }

  async function attempt(
    request: EcwidRequest,
    { endsAt, lastBeginAt }: Times,
    isRetry: boolean,
  ): Promise<object> {
    const { signal } = request;
    throwIfAborted(signal);
    // Nobody waits for a turn that is not to be used.
    breaker?.check();
    const now = performance.now();
    const release = await budget.take(priorityOf(request), {
      waitMs: lastBeginAt - now,
      deadlineMs: endsAt - now,
      signal,
    });
    let begun: Attempt | undefined;
    try {
      const remainingMs = endsAt - performance.now();
      if (remainingMs < leastMs) throw new EcwidTimeoutError();
      begun = breaker?.begin(request.path.join('/'));
      if (!isRetry) retryBudget.earn();
      const answer = exchange.read(await exchange.send(request, remainingMs, isRetry));
      begun?.succeeded();
      return answer;
    } catch (error) {
      if (signal?.aborted) begun?.abandoned();
      else begun?.failed(error);
      if (error instanceof EcwidStatusError && error.status === 429) budget.throttled(error.retryAfterMs);
      throw error;
    } finally {
      release();
    }
  }
}

function priorityOf(request: EcwidRequest): Priority {
  const { priority, path } = request;
  if (priority) return priority;
  if (isWrite(request)) return 'placing';
  return path.length === 1 && path[0] !== 'profile' ? 'search' : 'read';
}

function pause(ms: number, signal: EndSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    throwIfAborted(signal);
    const leave = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', leave);
      resolve();
    }, ms);
    signal?.addEventListener('abort', leave);
  });
}
