import { expect, test } from 'vitest';
import { type Attempt, ownerOfAttempts } from '../../src/checkout/journal.ts';

const attempt: Attempt = { id: 'a', sentAt: 1, evidence: {} };

test.each<[string, readonly Attempt['owner'][], string]>([
  ['of the one whom all of them are of', ['customer/5', 'customer/5'], 'customer/5'],
  ["nobody's where they are of two", ['guest', 'customer/5'], 'nobody'],
  ["nobody's where it was not written down of all", ['guest', undefined], 'nobody'],
  ["nobody's where there are none", [], 'nobody'],
])('attempts are %s', (_whose, owners, expected) => {
  expect(ownerOfAttempts(owners.map((owner) => ({ ...attempt, owner })))).toBe(expected);
});
