import { beforeAll, describe, expect, test } from 'vitest';
import { type Check, checksOf } from '../soak/checks.ts';
import { soak } from '../soak/soak.ts';

/** `npm run soak` is the same for longer. */
const options = {
  stormMs: 3_000,
  calmMs: 1_000,
  callers: 80,
  perMinute: 400,
  stallMs: 1_500,
  querySeconds: 2,
  leeway: 0.5,
  isPatient: false,
};

describe('R32: a long mixed storm', () => {
  let checks: readonly Check[];
  beforeAll(async () => {
    checks = checksOf(await soak(options), options);
  }, 60_000);

  test.each([
    'no call is beyond the budget',
    'nothing goes unhandled, and the process lives',
    'every answer is right or a typed error',
    'queries are answered by their deadline',
    'orders are answered by their deadline',
    'nothing becomes two orders, and no order that was told is lost',
    'memory is flat',
    'sockets and timers are what they were',
  ])('%s', (says) => {
    expect(checks.find((check) => check.says === says)).toMatchObject({ holds: true });
  });

  test('is looked at in no other way', () => {
    expect(checks).toHaveLength(8);
  });
});
