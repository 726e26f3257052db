import { beforeEach, describe, expect, test } from 'vitest';
import { type CircuitBreaker, createCircuitBreaker } from '../../src/ecwid/circuit-breaker.ts';
import {
  EcwidAnswerError,
  EcwidBudgetError,
  EcwidCircuitError,
  EcwidConnectionError,
  EcwidStatusError,
  EcwidTimeoutError,
} from '../../src/ecwid/errors.ts';
import { createLog } from '../../src/log.ts';

let now: number;
let lines: string[];
let breaker: CircuitBreaker;

beforeEach(() => {
  now = 1_000;
  lines = [];
  const log = createLog({ level: 'info', destination: { write: (line) => lines.push(line) } });
  breaker = createCircuitBreaker({ log, probeMs: 5_000, monotonic: () => now });
});

/** Another one each time. */
let paths = 0;
function path(): string {
  paths += 1;
  return `carts/${paths}`;
}

const outage = new EcwidStatusError(503);
const badToken = new EcwidStatusError(403, 'INVALID_API_TOKEN');

function fail(times: number, reason: unknown = outage): void {
  for (let time = 0; time < times; time += 1) breaker.begin(path()).failed(reason);
}

function succeed(times: number): void {
  for (let time = 0; time < times; time += 1) breaker.begin(path()).succeeded();
}

const messages = () => lines.map((line) => JSON.parse(line).msg as string);

describe('a circuit', () => {
  test.each([
    ['500', new EcwidStatusError(500)],
    ['502', new EcwidStatusError(502)],
    ['503', new EcwidStatusError(503)],
    ['504', new EcwidStatusError(504)],
    ['no answer in time', new EcwidTimeoutError()],
    ['no JSON', new EcwidAnswerError()],
    ['no connection', new EcwidConnectionError(false)],
    ['a connection that broke', new EcwidConnectionError(true)],
  ])('opens after sixteen times %s', (_what, reason) => {
    fail(15, reason);
    expect(breaker.isOpen).toBe(false);
    fail(1, reason);
    expect(breaker.isOpen).toBe(true);
    expect(() => breaker.check()).toThrow(EcwidCircuitError);
    expect(() => breaker.begin(path())).toThrow(EcwidCircuitError);
  });

  test.each([
    ['400', new EcwidStatusError(400)],
    ['403 for a scope', new EcwidStatusError(403, 'INSUFFICIENT_APP_SCOPE')],
    ['404', new EcwidStatusError(404)],
    ['429', new EcwidStatusError(429)],
    ['a mistake of this program', new TypeError('x')],
  ])('does not open after %s, as often as it may be', (_what, reason) => {
    fail(100, reason);
    expect(breaker.isOpen).toBe(false);
  });

  test('opens when sixteen of the last twenty have failed, and not of more than these', () => {
    for (let time = 0; time < 50; time += 1) {
      fail(3);
      succeed(1);
    }
    expect(breaker.isOpen).toBe(false);
    fail(4);
    expect(breaker.isOpen).toBe(true);
  });

  test('does not count whoever left', () => {
    for (let time = 0; time < 50; time += 1) breaker.begin(path()).abandoned();
    expect(breaker.isOpen).toBe(false);
    fail(15);
    breaker.begin(path()).abandoned();
    expect(breaker.isOpen).toBe(false);
  });

  test('tells how long it stays open', () => {
    fail(16);
    now += 1_500;
    expect(() => breaker.check()).toThrow(expect.objectContaining({ retryAfterMs: 3_500 }));
  });

  test('lets one attempt through when its time is up, and refuses the others until that has ended', () => {
    fail(16);
    now += 4_999;
    expect(() => breaker.begin(path())).toThrow(EcwidCircuitError);
    now += 1;
    expect(breaker.isOpen).toBe(false);
    const probe = breaker.begin(path());
    expect(breaker.isOpen).toBe(true);
    expect(() => breaker.begin(path())).toThrow(EcwidCircuitError);
    probe.succeeded();
    expect(breaker.isOpen).toBe(false);
    succeed(5);
  });

  test('stays open for as long again where that attempt fails', () => {
    fail(16);
    now += 5_000;
    fail(1);
    now += 4_999;
    expect(() => breaker.begin(path())).toThrow(EcwidCircuitError);
    now += 1;
    breaker.begin(path()).failed(new EcwidStatusError(404));
    expect(breaker.isOpen).toBe(false);
  });

  test('lets another attempt through at once where whoever asked has left', () => {
    fail(16);
    now += 5_000;
    breaker.begin(path()).abandoned();
    breaker.begin(path()).succeeded();
    expect(breaker.isOpen).toBe(false);
  });

  test('is not told by attempts that began before it opened, nor by those of before it closed', () => {
    const early = Array.from({ length: 20 }, () => breaker.begin(path()));
    fail(16);
    early[0]?.succeeded();
    early[1]?.failed(outage);
    expect(breaker.isOpen).toBe(true);
    now += 5_000;
    const probe = breaker.begin(path());
    early[2]?.succeeded();
    early[3]?.abandoned();
    expect(breaker.isOpen).toBe(true);
    probe.succeeded();
    succeed(1);
    fail(15);
    expect(breaker.isOpen).toBe(false);
  });

  test('is not told either by those that began before it opened and fail after it closed', () => {
    const early = Array.from({ length: 20 }, () => breaker.begin(path()));
    fail(16);
    now += 5_000;
    succeed(1);
    for (const attempt of early) attempt.failed(outage);
    expect(breaker.isOpen).toBe(false);
  });

  test('does not open for one thing that Ecwid stumbles over, and does for many', () => {
    for (let time = 0; time < 100; time += 1) breaker.begin('carts/odd').failed(new EcwidStatusError(500));
    expect(breaker.isOpen).toBe(false);
    fail(15, new EcwidStatusError(500));
    expect(breaker.isOpen).toBe(true);
  });

  test('opens for one thing alone where whoever stands in front of Ecwid has no answer', () => {
    for (let time = 0; time < 16; time += 1) breaker.begin('carts/odd').failed(outage);
    expect(breaker.isOpen).toBe(true);
  });

  test('does not open for answers that are too large to be read', () => {
    fail(100, new EcwidAnswerError({ isTooLarge: true }));
    expect(breaker.isOpen).toBe(false);
  });

  test('is as open as before where the attempt failed by a mistake of this program', () => {
    fail(16);
    now += 5_000;
    breaker.begin(path()).failed(new TypeError('x'));
    breaker.begin(path()).succeeded();
    expect(breaker.isOpen).toBe(false);
  });

  test('says once that it opens, and once that it closes', () => {
    fail(16);
    for (let probes = 0; probes < 3; probes += 1) {
      now += 5_000;
      fail(1);
    }
    expect(messages()).toEqual(['Ecwid is out of order; calls wait for it to be back']);
    now += 5_000;
    succeed(1);
    expect(messages().slice(1)).toEqual(['Ecwid answers again']);
  });
});

describe('a token that Ecwid refuses', () => {
  test.each([
    ['403', badToken],
    ['401', new EcwidStatusError(401)],
  ])('by %s stops all calls with the first answer, each with that very error', (_status, reason) => {
    fail(1, reason);
    expect(breaker.isOpen).toBe(true);
    now += 599_999;
    expect(() => breaker.check()).toThrow(reason);
    expect(() => breaker.begin(path())).toThrow(reason);
  });

  test('is tried again each ten minutes, once, and works again when it is taken', () => {
    fail(1, badToken);
    now += 600_000;
    fail(1, badToken);
    expect(() => breaker.begin(path())).toThrow(badToken);
    now += 600_000;
    succeed(2);
    expect(breaker.isOpen).toBe(false);
  });

  test.each([
    ['503', outage],
    ['429', new EcwidStatusError(429)],
    ['silence', new EcwidTimeoutError()],
  ])('is not thought to be taken again because of %s', (_what, reason) => {
    fail(1, badToken);
    now += 600_000;
    fail(1, reason);
    now += 599_999;
    expect(() => breaker.check()).toThrow(badToken);
    now += 1;
    fail(1, new EcwidStatusError(404));
    expect(breaker.isOpen).toBe(false);
    expect(messages().filter((message) => message.includes('refuses the token'))).toHaveLength(1);
  });

  test('is shouted once, however many calls were under way', () => {
    const begun = Array.from({ length: 20 }, () => breaker.begin(path()));
    for (const attempt of begun) attempt.failed(badToken);
    now += 600_000;
    fail(1, badToken);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'fatal', code: 'INVALID_API_TOKEN' });
  });

  test('is seen also while the circuit is open for another reason', () => {
    const early = breaker.begin(path());
    fail(16);
    early.failed(badToken);
    now += 5_000;
    expect(() => breaker.begin(path())).toThrow(badToken);
  });
});

test('calls that were never sent are no attempts', () => {
  fail(100, new EcwidBudgetError(1_000));
  expect(breaker.isOpen).toBe(false);
});
