import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyScope, guest } from '../../src/viewer.ts';
import { post, read } from '../post.ts';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';

const introspection = getIntrospectionQuery({
  descriptions: true,
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  schemaDescription: true,
  inputValueDeprecation: true,
  oneOf: true,
});

/** Who has any credential is staff here. */
const authenticate = async (authorization: string | null) => (authorization ? everyScope : guest);

const gateways: Partial<Record<'everyone' | 'staff' | 'nobody', GatewayOnSandbox>> = {};
beforeAll(async () => {
  for (const introspection of ['everyone', 'staff', 'nobody'] as const) {
    gateways[introspection] = await startGateway({}, [], { introspection, authenticate });
  }
});
afterAll(async () => {
  for (const gateway of Object.values(gateways)) await gateway.close();
});

const asGuest = {};
const asStaff = { authorization: 'Bearer x' };
const viewers = [
  ['everyone', 'a guest', asGuest, true],
  ['everyone', 'staff', asStaff, true],
  ['staff', 'staff', asStaff, true],
  ['staff', 'a guest', asGuest, false],
  ['nobody', 'staff', asStaff, false],
] as const;

const urlOf = (introspection: keyof typeof gateways) => gateways[introspection]?.url ?? '';

describe('a schema that is for', () => {
  test.each(viewers)('%s is told to %s, or is not', async (introspectionFor, _name, headers, isTold) => {
    const url = urlOf(introspectionFor);
    for (const query of [
      introspection,
      '{ a: __type(name: "Cart") { name } }',
      '{ ...F } fragment F on Query { __schema { description } }',
    ]) {
      const { status, code, answer } = await post(url, { query }, headers);
      expect([status, code]).toEqual(isTold ? [200, undefined] : [400, 'INTROSPECTION_DISABLED']);
      expect('data' in answer).toBe(isTold);
    }
    expect((await post(url, { query: '{ __typename }' }, headers)).answer).toEqual({
      data: { __typename: 'Query' },
    });
  });

  test.each(viewers)('%s is suggested to %s, or is not', async (introspectionFor, _name, headers, isTold) => {
    const url = urlOf(introspectionFor);
    const byDocument = await post(url, { query: '{ card(id: "x") { id } }' }, headers);
    const byVariable = await post(
      url,
      {
        query: 'query ($f: CartFilter) { carts(filter: $f) { totalCount } }',
        variables: { f: { emial: 'x' } },
      },
      headers,
    );
    for (const { status, answer } of [byDocument, byVariable]) {
      expect(status).toBe(400);
      expect(/Did you mean/.test(JSON.stringify(answer))).toBe(isTold);
    }
  });

  test.each(viewers)(
    '%s has a GraphiQL for %s, or has none',
    async (introspectionFor, _name, headers, isTold) => {
      const accept = 'text/html,application/xhtml+xml,*/*;q=0.8';
      const response = await fetch(urlOf(introspectionFor), { headers: { accept, ...headers } });
      expect(response.headers.get('content-type')).toContain(isTold ? 'text/html' : 'json');
      if (isTold) expect(await response.text()).toContain('<title>ecwid-graphql</title>');
      else expect(await read(response)).toMatchObject({ code: 'BAD_REQUEST' });
    },
  );

  test('staff is not told to guests because staff has asked before', async () => {
    const url = urlOf('staff');
    for (const query of [introspection, '{ cards { id } }']) {
      const first = await post(url, { query }, asGuest);
      const told = await post(url, { query }, asStaff);
      expect(await post(url, { query }, asStaff)).toEqual(told);
      expect(told).not.toEqual(first);
      expect(await post(url, { query }, asGuest)).toEqual(first);
      expect(await post(url, { query }, asStaff)).toEqual(told);
    }
  });

  test('everyone is at one address alone', async () => {
    const elsewhere = await fetch(`${gateways.everyone?.origin}/`, { headers: { accept: 'text/html' } });
    expect(elsewhere.status).toBe(404);
  });
});
