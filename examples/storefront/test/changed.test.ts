import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hasBrowser, launchBrowser } from '../../../test/browser.ts';
import { type GatewayOnSandbox, startGateway } from '../../../test/running-gateway.ts';
import { testAuthenticate } from '../../../test/viewers.ts';
import { carts } from './carts.ts';
import { changeCart } from './store.ts';
import { openShop, type Shop, type Visit } from './visits.ts';

describe.runIf(hasBrowser("the storefront's tests"))('a cart that is not what it was', () => {
  let browser: Browser;
  let gateway: GatewayOnSandbox;
  let shop: Shop;
  let guest: Visit;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  // With a journal of its own, as the last one knows what became of the cart.
  beforeEach(async () => {
    gateway = await startGateway({}, [], { authenticate: testAuthenticate });
    shop = await openShop(browser, gateway.origin);
    guest = await shop.visit();
  });
  afterEach(async () => {
    await guest.close();
    await shop.close();
    await gateway.close();
  });
  afterAll(() => browser?.close());

  const placings = () =>
    gateway.calls.filter(({ method, path }) => method === 'POST' && path.endsWith('/place')).length;

  test.each([
    ['its total', { total: 99.5 }, 'its total is $99.50 now', '$99.50'],
    ['its items', { items: [{ name: 'A teapot', price: 8.49, quantity: 2 }] }, 'its total is $', 'A teapot'],
  ])('in %s is shown as it is now, and ordered by the next press', async (_what, changes, told, shown) => {
    await guest.open(carts.placeable);
    await expect.poll(guest.text).toContain('Place the order');
    await changeCart(gateway.sandbox, 'SHOW01', changes);
    await guest.press('Place the order');
    await expect.poll(guest.text).toContain('Your cart has changed');
    expect(await guest.text()).toContain(told);
    expect(await guest.page.locator('.cart').innerText()).toContain(shown);
    await expect.poll(guest.focused).toContain('Your cart has changed');
    expect(placings()).toBe(0);
    expect(guest.operations).not.toContain('PlaceOrder');
    await guest.press('Place the order');
    await expect.poll(guest.text).toContain('order SHOW01 has been placed');
    expect(placings()).toBe(1);
  });

  test('in nothing is ordered by the first press', async () => {
    await guest.open(carts.placeable);
    await guest.press('Place the order');
    await expect.poll(guest.text).toContain('order SHOW01 has been placed');
    expect(placings()).toBe(1);
  });

  test('and is there only when its order is looked up is shown, and not ordered unseen', async () => {
    await changeCart(gateway.sandbox, 'SHOW01', { paymentStatus: 'AWAITING_PAYMENT' });
    await guest.open(carts.placeable);
    await expect.poll(guest.text).toContain('There is no such cart');
    await changeCart(gateway.sandbox, 'SHOW01', { paymentStatus: 'INCOMPLETE' });
    await guest.press('Look up its order');
    await expect.poll(guest.text).toContain('Greta Guest');
    expect(placings()).toBe(0);
  });

  test('orders nothing where it cannot be looked at before', async () => {
    await guest.open(carts.placeable);
    await expect.poll(guest.text).toContain('Place the order');
    await guest.page.context().setOffline(true);
    await guest.press('Place the order');
    await expect.poll(guest.text).toContain('We cannot reach the shop. Nothing was ordered.');
    expect(await guest.text()).toContain('Greta Guest');
    await guest.page.context().setOffline(false);
    await guest.press('Place the order');
    await expect.poll(guest.text).toContain('order SHOW01 has been placed');
  });
});
