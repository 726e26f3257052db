import { readFileSync } from 'node:fs';
import { isInputObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { permitCreation } from '../../src/checkout/creation-permission.ts';
import { toWire } from '../../src/ecwid/to-wire.ts';
import { schema } from '../../src/schema/schema.ts';
import { everyScope, guest, type Viewer } from '../../src/viewer.ts';

const customer: Viewer = { kind: 'customer', customerId: '9223372036854775807' };

const type = schema.getType('CreateOrderInput');
const names = isInputObjectType(type) ? Object.keys(type.getFields()) : [];
// They are about the call, or go by another name: none of them reaches the order as it is.
const details = names.filter((name) => !['idempotencyKey', 'calculate', 'paymentId'].includes(name));
const isOfStaff = (name: string) => {
  const permitted = permitCreation(toWire({ [name]: 'x' }), guest);
  return 'refused' in permitted && permitted.refused.refusals[0].message.includes(' cannot set ');
};

describe('who may create orders', () => {
  test('leaves to staff what the docs list, by name, and nothing else', () => {
    const docs = readFileSync('docs/placing.md', 'utf8');
    const [, list = ''] = /<!-- of staff -->(.*?)<!-- -->/s.exec(docs) ?? [];
    const listed = [...list.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    expect(details.length).toBeGreaterThan(70);
    expect(listed.toSorted()).toEqual(details.filter(isOfStaff).toSorted());
  });

  test('leaves what is not known of to staff', () => {
    expect(permitCreation({ somethingNew: 1 }, guest)).toHaveProperty('refused');
    expect(permitCreation({ somethingNew: 1 }, everyScope)).toEqual({ details: { somethingNew: 1 } });
  });

  test('knows ids of 64 bits apart', () => {
    const withId = (customerId: string) => permitCreation(toWire({ customerId }), customer);
    expect(withId('9223372036854775807')).toHaveProperty('details');
    expect(withId('9223372036854775806')).toHaveProperty('refused');
    expect(JSON.stringify(permitCreation({}, customer))).toContain('"customerId":9223372036854775807');
  });
});
