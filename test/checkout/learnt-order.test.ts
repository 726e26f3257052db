import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Attempt, Journal } from '../../src/checkout/journal.ts';
import { findLearntOrder, learnOrder } from '../../src/checkout/learnt-order.ts';
import { evidenceFields, evidenceOf } from '../../src/checkout/order-evidence.ts';
import { findCart, placeCart } from '../../src/ecwid/carts.ts';
import { createEcwidClient, type EcwidClient } from '../../src/ecwid/client.ts';
import { createDispatcher } from '../../src/ecwid/dispatcher.ts';
import { createLog } from '../../src/log.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { createApi } from '../sandbox/api.ts';
import { createMemoryJournal } from './memory-journal.ts';

const cartId = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';
const orderId = 'AB1CD';

let sandbox: Sandbox;
let ecwid: EcwidClient;
let journal: Journal;
let attempt: Attempt;

beforeEach(async () => {
  sandbox = await createSandbox();
  const apiUrl = new URL(sandbox.url);
  const dispatcher = createDispatcher(apiUrl);
  const { storeId, secretToken: token } = sandbox;
  const log = createLog({ level: 'silent' });
  ecwid = createEcwidClient({ apiUrl, storeId, token, dispatcher, log });
  journal = createMemoryJournal();
  onTestFinished(async () => {
    await dispatcher.destroy();
    await sandbox.close();
  });
  await learnOrder({ cartId, orderId }, { ecwid, journal });
  const cart = await findCart(ecwid, cartId, { fields: evidenceFields });
  attempt = { id: 'a', sentAt: Date.now(), evidence: evidenceOf(cart ?? {}) };
});

const find = (attempts: readonly Attempt[] = [attempt]) =>
  findLearntOrder(cartId, attempts, { ecwid, journal });

describe('the order that a cart was known to become', () => {
  test('is made once it is a cart no more', async () => {
    expect(await find()).toBeNull();
    const { orderNumber } = await placeCart(ecwid, cartId);
    expect(await find()).toEqual({
      key: orderId,
      known: expect.objectContaining({ id: orderId, orderNumber }),
    });
  });

  test('is none where nothing like it was sent', async () => {
    await placeCart(ecwid, cartId);
    expect(await find([{ ...attempt, evidence: { ...attempt.evidence, total: 1 } }])).toBeNull();
    expect(await find([])).toBeNull();
  });

  test('is none where another cart has become it', async () => {
    await placeCart(ecwid, cartId);
    await journal.settle('cart/another', { order: { key: orderId, known: { id: orderId } } });
    expect(await find()).toBeNull();
  });

  test('is none where it was deleted, or nobody has told', async () => {
    await createApi(sandbox).send('DELETE', `/orders/${orderId}`);
    expect(await find()).toBeNull();
    journal = createMemoryJournal();
    expect(await find()).toBeNull();
  });
});
