import { afterEach, describe, expect, test } from 'vitest';
import { ask } from './ask.ts';
import { apollo, byConfiguration, byDirectives, type Engine, hive } from './engines.ts';
import type { Listening } from './listen.ts';
import { credentials, startTwoServices, type TwoServices } from './two-services.ts';

let services: TwoServices;
let engine: Listening;
afterEach(async () => {
  await engine?.close();
  await services?.close();
});

async function askForAll({ start }: Engine, limits = {}) {
  services = await startTwoServices({ cartsEach: 10, limits });
  engine = await start({ ecwid: services.ecwid.url, customers: services.customers.url });
  services.reset();
  const answer = await ask(engine, '{ customers { carts { id total } } }', credentials.staff);
  const ids = new Set(services.people.flatMap(({ cartIds = [] }) => cartIds));
  expect(ids.size).toBeGreaterThan(100);
  expect(services.ecwid.requests).toHaveLength(1);
  return { ...answer, ids };
}

const codesOf = (errors: readonly { extensions: { code: string } }[]) => [
  ...new Set(errors.map(({ extensions }) => extensions.code)),
];

describe('a page of more than a hundred carts', () => {
  test.each([apollo, hive, byDirectives])('is asked for at once by $name, and refused', async (one) => {
    const { errors } = await askForAll(one);
    expect(codesOf(errors)).toEqual(['IDS_LIMIT_EXCEEDED']);
    expect(services.gateway.calls).toEqual([]);
  });

  test.each([apollo, hive, byDirectives])('is found for $name where the limit is higher', async (one) => {
    const { errors, ids } = await askForAll(one, { ids: 200 });
    expect(errors).toBeUndefined();
    expect(services.gateway.calls).toHaveLength(ids.size);
  });

  test('is asked for by the hundred where stitching is configured so', async () => {
    const { errors, ids } = await askForAll(byConfiguration);
    expect(errors).toBeUndefined();
    expect(services.gateway.calls).toHaveLength(ids.size);
    expect(services.ecwid.requests[0]?.query.match(/cartsByIds\(/g)).toHaveLength(2);
  });
});
