import type { GraphQLObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schema } from '../../src/schema/schema.ts';
import {
  type GatewayOnSandbox,
  type RunningGateway,
  startGateway,
  startGatewayOver,
} from '../running-gateway.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';
import { wholeBody } from '../whole-body.ts';
import { filledPaths, leafPaths, wholeSelection } from '../whole-selection.ts';

const id = 'A110000-0000-0000-0000-000000000001';
const input = '{ items: [{ price: 1, quantity: 1 }] }';

/** How to ask for each object whole. A cart's order is another resource. */
const roads = [
  ['Cart', `cart(id: "${id}")`, ['recoveredOrder']],
  ['Order', `order(id: "${id}")`, []],
  ['CalculatedOrder', `calculateOrder(input: ${input})`, []],
] as const;

describe('every field', () => {
  let origin: ScriptedOrigin;
  let gateway: RunningGateway;

  beforeAll(async () => {
    origin = await startScriptedOrigin();
    gateway = await startGatewayOver(origin.url, { limits: { fields: 500 } });
  });
  afterAll(async () => {
    await gateway.close();
    await origin.close();
  });

  for (const [name, field, leaveOut] of roads) {
    test.each([0, 1, 2])(
      `of ${name} is read where Ecwid writes it in its spelling number %i`,
      async (spelling) => {
        const type = schema.getType(name) as GraphQLObjectType;
        origin.script = answerJson(wholeBody(type, spelling));
        const { data, errors } = await gateway.query(`{ it: ${field} ${wholeSelection(name, leaveOut)} }`);
        expect(errors).toBeUndefined();
        const filled = [...filledPaths(data.it)];
        const empty = leafPaths(name, leaveOut).filter(
          (path) => !filled.some((there) => there === path || there.startsWith(`${path}.`)),
        );
        expect(empty).toEqual([]);
        expect(gateway.logLines).toEqual([]);
      },
    );
  }
});

describe('every cart and order of the sandbox', () => {
  let gateway: GatewayOnSandbox;

  beforeAll(async () => {
    gateway = await startGateway({}, [], { limits: { fields: 1_000, cost: 1_000_000 } });
  });
  afterAll(() => gateway.close());

  test.each([
    ['carts', 'Cart'],
    ['orders', 'Order'],
  ])('among its %s is answered whole without an error', async (list, type) => {
    const { data, errors } = await gateway.query(
      `{ ${list}(first: 1000) { totalCount nodes ${wholeSelection(type)} } }`,
    );
    expect(errors).toBeUndefined();
    expect(data[list].nodes).toHaveLength(data[list].totalCount);
    expect(data[list].totalCount).toBeGreaterThan(50);
  });
});
