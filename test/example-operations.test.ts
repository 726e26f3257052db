import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exampleOperations, sandboxOperations } from '../src/example-operations.ts';
import { type GatewayOnSandbox, startGateway } from './running-gateway.ts';

let gateway: GatewayOnSandbox;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(() => gateway.close());

/** The answers to all of them in their order, by their names. */
async function runAll(operations: typeof sandboxOperations) {
  const answers = new Map<string, Record<string, { errors?: unknown[] } | null>>();
  for (const { query, variables } of operations) {
    const [, name = ''] = /^(?:query|mutation) (\w+)/m.exec(query) ?? [];
    const { data, errors } = await gateway.query(query, variables);
    expect(errors, name).toBeUndefined();
    answers.set(name, data);
  }
  return answers;
}

describe('the example operations', () => {
  test('tell a story in their order on a fresh sandbox, and the same one again', async () => {
    const first = await runAll(sandboxOperations);
    expect([...first.keys()]).toEqual([
      'FindAbandonedCarts',
      'OpenOneCart',
      'WhatWouldItCost',
      'PlaceIt',
      'ReadTheOrder',
      'HideOne',
      'SeeRefusals',
    ]);
    const { SeeRefusals, ...others } = Object.fromEntries(first);
    for (const [name, answer] of Object.entries(others)) {
      for (const part of Object.values(answer)) {
        expect(part, name).not.toBeNull();
        expect(part?.errors ?? [], name).toEqual([]);
      }
    }
    for (const { errors } of Object.values(SeeRefusals ?? {}).filter((part) => part !== null))
      expect(errors).not.toEqual([]);

    const second = await runAll(sandboxOperations);
    // Gone: it is an order now.
    expect(second.get('OpenOneCart')).toEqual({ cart: null });
    for (const name of ['WhatWouldItCost', 'PlaceIt', 'ReadTheOrder', 'HideOne', 'SeeRefusals'])
      expect(second.get(name), name).toEqual(first.get(name));
    expect(gateway.calls.filter(({ path }) => path.endsWith('/place'))).toHaveLength(1);
  });

  test('name no cart of anybody’s and write nothing where the store is one’s own', async () => {
    const answers = await runAll(exampleOperations);
    expect([...answers.keys()]).toEqual(['FindAbandonedCarts', 'OpenOneCart']);
    expect(answers.get('OpenOneCart')).toEqual({ cart: null });
    expect(new Set(gateway.calls.map(({ method }) => method))).toEqual(new Set(['GET']));
  });
});
