import type { GraphQLObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { schema } from '../../src/schema/schema.ts';
import { startGatewayOver } from '../running-gateway.ts';
import { answerJson, startScriptedOrigin } from '../scripted-origin.ts';
import { testAuthenticate } from '../viewers.ts';
import { exampleValues, wholeBody } from '../whole-body.ts';
import { filledPaths, wholeSelection } from '../whole-selection.ts';
import { cellsOf, docs, staff } from './table.ts';

describe('docs/access.md, of what is for staff alone', () => {
  /** `Type.field` of each that the list names. */
  const listed = [...docs.matchAll(/^- `(\w+)`: ((?:`\w+`(?:,\s+)?)+)$/gm)].flatMap(([, type, names = '']) =>
    [...names.matchAll(/`(\w+)`/g)].map(([, name]) => `${type}.${name}`),
  );

  test('lists the fields that the schema keeps for staff', () => {
    const kept = Object.values(schema.getTypeMap()).flatMap((type) =>
      'getFields' in type && !type.name.endsWith('Input')
        ? Object.values(type.getFields())
            .filter(({ description }) => description?.includes('For staff (read_orders) alone; '))
            .map(({ name }) => `${type.name}.${name}`)
        : [],
    );
    const shared = new Set(
      listed.filter((name) => name.startsWith('OrderDetails.')).map((name) => name.slice(13)),
    );
    const own = kept.filter(
      (name) => !/^(Cart|Order|CalculatedOrder)\./.test(name) || !shared.has(name.split('.')[1] ?? ''),
    );
    expect(own.sort()).toEqual(listed.toSorted());
  });

  test.each([
    ['Cart', 'cart(id: "A110000-0000-0000-0000-000000000001")', ['recoveredOrder']],
    ['Order', 'order(id: "A1")', []],
    ['CalculatedOrder', 'calculateOrder(input: { items: [{ price: 1, quantity: 1 }] })', []],
  ] as const)('is right about those of %s', async (name, field, leaveOut) => {
    const type = schema.getType(name) as GraphQLObjectType;
    const body = wholeBody(type);
    const origin = await startScriptedOrigin(answerJson(body));
    const gateway = await startGatewayOver(origin.url, {
      authenticate: testAuthenticate,
      limits: { fields: 2_000, tokens: 5_000 },
    });
    try {
      const answer = async (viewer: string) => {
        const { data } = await gateway.as(viewer).query(`{ it: ${field} ${wholeSelection(name, leaveOut)} }`);
        return filledPaths(data.it);
      };
      const { guest, customer, staff: scope } = cellsOf('what is for staff alone');
      expect([guest, customer, scope]).toEqual(['null', 'null', 'read_orders']);
      const whole = await answer(staff('read_orders'));
      const told = await answer(`customer ${exampleValues.ID}`);
      const kept = [...whole].filter((path) => !told.has(path));
      const owners = new Map(listed.map((one) => one.split('.') as [string, string]).map(([a, b]) => [b, a]));
      const expected = [...whole].filter((path) =>
        path.split('.').some((part) => isKept(part, path, owners, name)),
      );
      expect(kept.sort()).toEqual(expected.sort());
      expect(kept.length).toBeGreaterThan(10);
    } finally {
      await gateway.close();
      await origin.close();
    }
  });

  function isKept(part: string, path: string, owners: ReadonlyMap<string, string>, type: string): boolean {
    switch (owners.get(part)) {
      case 'OrderDetails':
        return path.split('.')[0] === part;
      case type:
        return path.split('.')[0] === part;
      case 'OrderItem':
        return path === `items.${part}`;
      case 'Shipment':
        return path.startsWith(`shipments.${part}`);
      default:
        return false;
    }
  }
});
