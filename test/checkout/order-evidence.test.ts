import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evidenceOf, findOrder } from '../../src/checkout/order-evidence.ts';
import { defaultTiming } from '../../src/checkout/timing.ts';
import { createEcwidClient, type EcwidClient } from '../../src/ecwid/client.ts';
import { createDispatcher } from '../../src/ecwid/dispatcher.ts';
import type { Cart } from '../../src/ecwid/wire.ts';
import { createLog } from '../../src/log.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';

// 2026-03-01 10:00:00 and, an hour later, when it was placed.
const created = 1772359200;
const placed = created + 3600;

const cart = {
  email: 'Ann@Example.com',
  customerId: 15319410,
  total: 25,
  createTimestamp: created,
  items: [
    { sku: 'TEA', productId: 7, quantity: 2, price: 10 },
    { sku: '', productId: 8, quantity: 1, price: 5 },
  ],
} satisfies Cart;

const order = { ...cart, id: 'AB1CD', orderNumber: 77 };

let origin: ScriptedOrigin;
let ecwid: EcwidClient;
let close: () => Promise<void>;

beforeAll(async () => {
  origin = await startScriptedOrigin();
  const dispatcher = createDispatcher(new URL(origin.url));
  ecwid = createEcwidClient({
    apiUrl: new URL(origin.url),
    storeId: '1',
    token: 'secret_x',
    dispatcher,
    log: createLog({ level: 'silent' }),
  });
  close = () => dispatcher.destroy();
});
afterAll(async () => {
  await close();
  await origin.close();
});

/** What is found of a store's orders, so many seconds after the cart was placed. */
async function find(
  orders: readonly object[],
  {
    of = cart,
    sentAt = [placed],
    after = 60,
    taken = '',
  }: { of?: object | object[]; sentAt?: number[]; after?: number; taken?: string } = {},
) {
  origin.requests.length = 0;
  origin.script = (request, response) => {
    const { searchParams } = new URL(request.url ?? '', origin.url);
    const offset = Number(searchParams.get('offset'));
    const items = orders.slice(offset, offset + 100);
    answerJson({ total: orders.length, count: items.length, offset, limit: 100, items })(request, response);
  };
  const attempts = [of].flat().map((seen, index) => ({
    id: String(index),
    sentAt: (sentAt[index] ?? placed) * 1000,
    evidence: evidenceOf(seen),
  }));
  const found = await findOrder(attempts, {
    ecwid,
    now: (placed + after) * 1000,
    timing: defaultTiming,
    isTaken: async ({ key }) => key === taken,
  });
  return found?.key ?? null;
}

const asked = () =>
  Object.fromEntries(new URL(origin.requests[0]?.split(' ')[1] ?? '', origin.url).searchParams);

describe('the order that a cart became', () => {
  test('is the one with its e-mail, total, items and date', async () => {
    const others = [
      { ...order, id: 'OTHER1', email: 'bob@example.com' },
      { ...order, id: 'OTHER2', total: 25.01 },
      { ...order, id: 'OTHER3', items: [{ sku: 'TEA', quantity: 3, price: 10 }] },
      { ...order, id: 'OTHER4', customerId: 5 },
      { ...order, id: 'OTHER5', createTimestamp: created - 86_400 },
      null,
      'nonsense',
      { ...order, id: null, orderNumber: 0 },
    ];
    expect(await find([...(others as object[]), order])).toBe('AB1CD');
    expect(await find(others as object[])).toBeNull();
  });

  test('may have its items in another order, other letters in its e-mail, and a customer', async () => {
    const guest = { ...cart, customerId: null };
    const read = { ...order, email: 'ann@example.com', items: order.items.toReversed() };
    expect(await find([read], { of: guest })).toBe('AB1CD');
  });

  test('is looked for among all orders since the cart was made, by e-mail, whatever was paid', async () => {
    await find([]);
    expect(asked()).toMatchObject({ email: 'ann@example.com', createdFrom: String(created - 300) });
    expect(asked().paymentStatus?.split(',')).toEqual(expect.arrayContaining(['PAID', 'CANCELLED']));
    expect(asked().paymentStatus).not.toContain('INCOMPLETE');
  });

  test.each([
    ['its customer', { ...cart, email: null }, { customerId: '15319410' }],
    ['its total', { ...cart, email: null, customerId: null }, { totalFrom: '25', totalTo: '25' }],
  ])('is looked for by %s where there is no e-mail', async (_name, of, parameters) => {
    expect(await find([{ ...order, ...of }], { of })).toBe('AB1CD');
    expect(asked()).toMatchObject(parameters);
    expect(asked()).not.toHaveProperty('email');
  });

  test('is not looked for where nothing tells it from all others', async () => {
    expect(await find([order], { of: { items: cart.items } })).toBeNull();
    expect(origin.requests).toEqual([]);
  });

  test('is looked for by whatever the cart has said of itself between two attempts', async () => {
    const of = [{ ...cart, email: 'typo@example.com' }, cart];
    expect(await find([order], { of })).toBe('AB1CD');
    expect(origin.requests).toHaveLength(2);
    expect(await find([order], { of: [cart, cart] })).toBe('AB1CD');
    expect(origin.requests).toHaveLength(1);
  });

  test('may name the e-mail that its customer is known by', async () => {
    expect(await find([order], { of: { ...cart, email: null } })).toBe('AB1CD');
    expect(await find([order], { of: { ...cart, email: null, customerId: null } })).toBeNull();
    expect(await find([{ ...order, customerId: 5 }], { of: { ...cart, email: null } })).toBeNull();
  });

  test('is recognised where the cart has one item that is no list, and in whatever form its values are', async () => {
    const [item] = cart.items;
    expect(await find([{ ...order, items: [item] }], { of: { ...cart, items: item } })).toBe('AB1CD');
    const hostile = { toString: 1 };
    const odd = {
      ...order,
      email: hostile,
      items: [{ sku: hostile, productId: hostile, quantity: hostile }],
    };
    expect(await find([odd, order])).toBe('AB1CD');
  });

  test('is found behind a hundred newer ones', async () => {
    const newer = Array.from({ length: 150 }, (_, index) => ({ ...order, id: `N${index}`, total: 99 }));
    expect(await find([...newer, order])).toBe('AB1CD');
    expect(origin.requests).toHaveLength(2);
  });

  test('is none of two that are alike', async () => {
    expect(await find([order, { ...order, id: 'XY2ZZ' }])).toBeNull();
  });

  test('is none that another cart became', async () => {
    expect(await find([order, { ...order, id: 'XY2ZZ' }], { taken: 'XY2ZZ' })).toBe('AB1CD');
    expect(await find([order], { taken: 'AB1CD' })).toBeNull();
  });

  test('may bear the date of its placing, and is then believed after a while', async () => {
    const restamped = { ...order, createTimestamp: placed + 2 };
    expect(await find([restamped], { after: 9 })).toBeNull();
    expect(await find([restamped], { after: 10 })).toBe('AB1CD');
    expect(await find([restamped, { ...restamped, id: 'XY2ZZ' }])).toBeNull();
    // The cart's own date tells more.
    expect(await find([restamped, { ...order, id: 'DATED' }], { after: 0 })).toBe('DATED');
  });

  test('may bear a date from before its placing, and is then believed when no other can be', async () => {
    const earlier = { ...order, id: 'EARLIER', createTimestamp: placed - 60 };
    expect(await find([earlier], { after: 150 })).toBeNull();
    expect(await find([earlier], { after: 151 })).toBe('EARLIER');
    expect(await find([earlier, { ...order, createTimestamp: placed - 4 }], { after: 151 })).toBe('AB1CD');
    // The same things, bought between the making of the cart and its placing.
    expect(await find([{ ...order, createTimestamp: created + 600 }], { after: 151 })).toBeNull();
  });

  test('is none that was made later than a request for it can have been at work', async () => {
    // Thirty seconds, and five for the clocks.
    expect(await find([{ ...order, createTimestamp: placed + 35 }])).toBe('AB1CD');
    expect(await find([{ ...order, createTimestamp: placed + 36 }])).toBeNull();
    expect(await find([{ ...order, createTimestamp: placed + 36 }], { after: 151 })).toBe('AB1CD');
    expect(await find([{ ...order, createTimestamp: placed + 86_400 }], { after: 90_000 })).toBeNull();
  });

  test('may be of any of several attempts', async () => {
    const of = [cart, cart];
    const sentAt = [placed, placed + 20];
    expect(await find([{ ...order, createTimestamp: placed }], { of, sentAt })).toBe('AB1CD');
    expect(await find([{ ...order, createTimestamp: placed + 50 }], { of, sentAt })).toBe('AB1CD');
    // The last of them was a moment ago.
    expect(await find([{ ...order, createTimestamp: placed }], { of, sentAt, after: 25 })).toBeNull();
  });

  test('is recognised by either of two dates that contradict each other', async () => {
    const of = { ...cart, createDate: '2014-09-20 19:59:43 +0000', createTimestamp: 1427268654 };
    const byText = { ...order, createDate: '2014-09-20T19:59:43Z', createTimestamp: null };
    expect(await find([byText], { of })).toBe('AB1CD');
    expect(asked().createdFrom).toBe(String(Date.UTC(2014, 8, 20, 19, 54, 43) / 1000));
    expect(await find([{ ...order, createTimestamp: 1427268654 }], { of })).toBe('AB1CD');
  });

  test('may lack every date, and is then believed later than the rest', async () => {
    const of = { ...cart, createTimestamp: null };
    expect(await find([{ ...order, createTimestamp: placed }], { of })).toBe('AB1CD');
    expect(asked()).not.toHaveProperty('createdFrom');
  });
});
