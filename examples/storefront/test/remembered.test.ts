import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hasBrowser, launchBrowser } from '../../../test/browser.ts';
import { type GatewayOnSandbox, startGateway } from '../../../test/running-gateway.ts';
import { testAuthenticate } from '../../../test/viewers.ts';
import { carts } from './carts.ts';
import { openShop, type Shop, type Visit } from './visits.ts';

describe.runIf(hasBrowser("the storefront's tests"))('an order that the browser remembers', () => {
  let browser: Browser;
  let gateway: GatewayOnSandbox;
  let shop: Shop;
  let guest: Visit;

  beforeAll(async () => {
    browser = await launchBrowser();
    gateway = await startGateway({}, [], { authenticate: testAuthenticate });
    shop = await openShop(browser, gateway.origin);
  });
  beforeEach(async () => {
    guest = await shop.visit();
    await guest.open();
  });
  afterEach(() => guest.close());
  afterAll(async () => {
    await browser?.close();
    await shop?.close();
    await gateway?.close();
  });

  const remember = (cartId: string, kept: string) =>
    guest.page.evaluate(
      ([key, text]) => localStorage.setItem(key ?? '', text ?? ''),
      [`order-of-cart:${cartId}`, kept],
    );

  test('is shown where the cart is gone', async () => {
    await remember(carts.unknown, '{"number":"AB1CD","total":25.5}');
    await guest.open(carts.unknown);
    await expect.poll(guest.text).toContain('order AB1CD has been placed');
    expect(await guest.text()).toContain('The total is $25.50.');
    expect(guest.operations).toContain('Cart');
    expect(guest.operations).not.toContain('PlaceOrder');
  });

  test('is shown where the cart cannot be asked for', async () => {
    const closing = await startGateway();
    const closed = await openShop(browser, closing.origin);
    const visit = await closed.visit();
    await visit.open(carts.placeable);
    await visit.press('Place the order');
    await expect.poll(visit.text).toContain('order SHOW01 has been placed');
    await closing.close();
    await visit.page.reload();
    await expect.poll(visit.text).toContain('order SHOW01 has been placed');
    await visit.close();
    await closed.close();
  });

  test('gives way to the cart where that is there, unplaced', async () => {
    await remember(carts.placeable, '{"number":"AB1CD"}');
    await guest.open(carts.placeable);
    await expect.poll(guest.text).toContain('Place the order');
    expect(await guest.text()).toContain('This browser remembers that it was ordered, as AB1CD');
    expect(await guest.text()).not.toContain('has been placed');
    await guest.press('Place the order');
    await expect.poll(guest.text).toContain('order SHOW01 has been placed');
  });

  test.each(['{"number":42}', '{}', '"AB1CD"', '[]', 'true', 'AB1CD'])(
    'is none where that is %s',
    async (kept) => {
      await remember(carts.unknown, kept);
      await guest.open(carts.unknown);
      await expect.poll(guest.text).toContain('There is no such cart');
      expect(guest.complaints).toEqual([]);
    },
  );
});
