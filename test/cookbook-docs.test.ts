import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyScope, guest } from '../src/viewer.ts';
import { type GatewayOnSandbox, startGateway } from './running-gateway.ts';

const page = readFileSync(new URL('../docs/cookbook.md', import.meta.url), 'utf8');

interface Recipe {
  readonly title: string;
  readonly who: string;
  readonly calls: number;
  readonly isRefused: boolean;
  readonly document: string;
  readonly variables: Record<string, unknown>;
}

const recipes = page
  .split(/^## /m)
  .slice(1)
  .map((section): Recipe => {
    const [, title = '', who = '', calls = '', refused] =
      /^(.+)\n\n_(staff|anybody) · (\d+) calls?( · refused)?_\n/.exec(section) ?? [];
    const [, document = ''] = /^```graphql\n([\s\S]+?)^```/m.exec(section) ?? [];
    const [, variables = '{}'] = /^```json\n([\s\S]+?)^```/m.exec(section) ?? [];
    return {
      title,
      who,
      calls: Number(calls),
      isRefused: refused !== undefined,
      document,
      variables: JSON.parse(variables),
    };
  });

let gateway: GatewayOnSandbox;
beforeAll(async () => {
  gateway = await startGateway({}, [], {
    authenticate: async (authorization) => (authorization === 'staff' ? everyScope : guest),
  });
});
afterAll(() => gateway?.close());

const callerOf = (who: string) => (who === 'staff' ? gateway.as('staff') : gateway);

/** The names of fields below a value that tell nothing: a list without anything, or with nulls in it. */
function emptyLists(value: unknown, name: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!Array.isArray(value)) return Object.entries(value).flatMap(([inner, one]) => emptyLists(one, inner));
  if (value.length === 0 || value.includes(null)) return [name];
  return value.flatMap((one) => emptyLists(one, name));
}

describe('docs/cookbook.md', () => {
  test('has operations of which each says who may run it and what it costs', () => {
    expect(recipes.length).toBeGreaterThanOrEqual(12);
    for (const { title, document, calls } of recipes) {
      expect(title).not.toBe('');
      expect(document, title).toMatch(/^(query|mutation)\b/);
      expect(calls, title).toBeGreaterThan(0);
    }
    expect(page.match(/^```/gm)).toHaveLength(
      recipes.reduce((sum, { variables }) => sum + (Object.keys(variables).length > 0 ? 4 : 2), 0),
    );
  });

  // One after the other on one gateway, as somebody would who goes through the page.
  test.each(recipes)('$title: answers $who by $calls calls', async (recipe) => {
    const { who, calls, isRefused, document, variables } = recipe;
    const before = gateway.calls.length;
    const { data, errors } = await callerOf(who).query(document, variables);
    expect(errors).toBeUndefined();
    expect(gateway.calls.length - before).toBe(calls);
    for (const [name, answer] of Object.entries<Record<string, unknown>>(data)) {
      expect(answer, name).not.toBeNull();
      if (isRefused) expect(answer).toMatchObject({ order: null, errors: [{}, {}, {}] });
      else expect(emptyLists(answer, name).filter((list) => list !== 'errors')).toEqual([]);
      if (!isRefused && 'errors' in answer) expect(answer.errors).toEqual([]);
    }
  });

  test('reads every cart once by its pages', async () => {
    const { document = '' } = recipes.find(({ title }) => title.startsWith('Every cart')) ?? {};
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 9; page += 1) {
      const { data } = await gateway.as('staff').query(document, { after });
      seen.push(...data.carts.nodes.map(({ id }: { id: string }) => id));
      after = data.carts.pageInfo.endCursor;
      if (!data.carts.pageInfo.hasNextPage) break;
    }
    const { data } = await gateway.as('staff').query('{ carts { totalCount } }');
    expect(seen.length).toBeGreaterThan(200);
    expect(seen).toHaveLength(data.carts.totalCount);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('creates one order however often it is sent', async () => {
    const { document = '', variables } = recipes.find(({ title }) => title === 'Creating an order') ?? {};
    const [first, second] = [
      await gateway.as('staff').query(document, variables),
      await gateway.as('staff').query(document, variables),
    ];
    expect(second).toEqual(first);
    expect(gateway.calls.filter(({ method, path }) => method === 'POST' && path === '/orders')).toHaveLength(
      1,
    );
  });
});
