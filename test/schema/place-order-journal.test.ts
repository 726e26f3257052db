import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { type RunningGateway, startGatewayOver } from '../running-gateway.ts';

const cartId = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';
const operation = `mutation { placeOrder(input: { cart_id: "${cartId}" }) { order { order_number } errors { code } } }`;

let dataDir: string;
let sandbox: Sandbox;
let gateway: RunningGateway;
const calls: string[] = [];
let onCall = (_path: string): void => {};

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'ecwid-graphql-test-'));
  sandbox = await createSandbox({
    onRequest({ method, path }) {
      calls.push(`${method} ${path}`);
      onCall(path);
    },
  });
  const { url, storeId, secretToken: token } = sandbox;
  gateway = await startGatewayOver(url, { storeId, token, dataDir });
});
afterAll(async () => {
  await gateway.close();
  await sandbox.close();
  await rm(dataDir, { recursive: true });
});

test('a journal that cannot be written places nothing, and says that it is safe to try again', async () => {
  const [file = ''] = (await readdir(dataDir)).filter((name) => name.endsWith('.sqlite'));
  const other = new DatabaseSync(join(dataDir, file));
  other.exec('BEGIN IMMEDIATE');
  const answer = await gateway.query(operation);
  expect(answer).toMatchObject({
    data: { placeOrder: null },
    errors: [
      {
        message:
          'The gateway could not keep its journal. This call made no order, and it is safe to try again.',
        extensions: { code: 'JOURNAL_ERROR' },
      },
    ],
  });
  // What the store shows by itself would have been believed; nothing was sent.
  expect(calls).toEqual([`GET /carts/${cartId}`]);
  expect(gateway.logLines.join('')).toContain('"refusals":["JOURNAL_ERROR"]');
  expect(JSON.stringify(answer) + gateway.logLines.join('')).not.toContain(dataDir);

  other.exec('ROLLBACK');
  other.close();
  expect((await gateway.query(operation)).data.placeOrder.order).toEqual({ order_number: 'AB1CD' });
});

test('a journal that fails once the order was made costs nobody the order', async () => {
  const [file = ''] = (await readdir(dataDir)).filter((name) => name.endsWith('.sqlite'));
  const other = new DatabaseSync(join(dataDir, file));
  const second = '0B299518-FB54-491A-A6E0-5B6BA6E20868';
  onCall = (path) => {
    if (path.endsWith('/place')) other.exec('BEGIN IMMEDIATE');
  };
  const again = operation.replace(cartId, second);
  const expected = { data: { placeOrder: { order: { order_number: 'XJ12H' }, errors: [] } } };
  expect(await gateway.query(again)).toEqual(expected);
  expect(gateway.logLines.join('')).toContain('the journal could not be written');
  other.exec('ROLLBACK');
  other.close();
  // The attempt was written down, and leads to the order that the cart has become.
  expect(await gateway.query(again)).toEqual(expected);
  expect(calls.filter((call) => call.endsWith(`${second}/place`))).toHaveLength(1);
});
