import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { hasBrowser, launchBrowser } from '../../../test/browser.ts';
import { hangAfter, holdBefore, resetBefore, tooMany } from '../../../test/faults.ts';
import { openFaultyStore } from '../../../test/placing/faulty-store.ts';
import { startGateway } from '../../../test/running-gateway.ts';
import { testAuthenticate } from '../../../test/viewers.ts';
import { carts } from './carts.ts';
import { breakOff, startFront } from './gateway-front.ts';
import { openShop, type Visit } from './visits.ts';

const cartId = carts.placeable;

describe.runIf(hasBrowser("the storefront's tests"))('the storefront', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  async function visitShopOver(gateway: { readonly origin: string }): Promise<Visit> {
    const shop = await openShop(browser, gateway.origin);
    const visit = await shop.visit();
    onTestFinished(async () => {
      await visit.close();
      await shop.close();
    });
    return visit;
  }

  async function openStore(...options: Parameters<typeof startGateway>) {
    const gateway = await startGateway(...options);
    onTestFinished(() => gateway.close());
    return gateway;
  }

  test('says that the shop cannot be reached while the gateway is down', async () => {
    const gateway = await startGateway();
    const guest = await visitShopOver(gateway);
    await gateway.close();
    await guest.open(cartId);
    await expect.poll(guest.text).toContain('We cannot reach the shop.');
    const asked = () => guest.requests.filter((url) => url.endsWith('/graphql')).length;
    const before = asked();
    // By the keyboard, as a click would take the focus to what is clicked.
    await guest.page.getByRole('button', { name: 'Ask again' }).focus();
    await guest.page.keyboard.press('Enter');
    await expect.poll(asked).toBe(before + 1);
    await expect.poll(guest.focused).toBe('We cannot reach the shop.');
  });

  test('says that the shop does not answer while Ecwid is down, and shows the cart when it is asked again', async () => {
    const store = await openFaultyStore();
    onTestFinished(() => store.close());
    const guest = await visitShopOver(await store.startGateway());
    store.proxy.choose = () => resetBefore;
    await guest.open(cartId);
    await expect.poll(guest.text).toContain('The shop does not answer at the moment.');
    expect(await guest.text()).not.toContain('There is no such cart');
    const held = holdBefore();
    store.proxy.choose = (kind) => (kind === 'cart' ? held.fault : undefined);
    await guest.page.getByRole('button', { name: 'Ask again' }).focus();
    await guest.page.keyboard.press('Enter');
    await held.reached;
    // While it is asked, the button stays where the focus is.
    expect(await guest.focused()).toBe('Ask again');
    store.proxy.choose = () => undefined;
    held.release();
    await expect.poll(guest.text).toContain('Place the order');
    await expect.poll(guest.focused).toBe('Your cart');
    // Which is read for that.
    expect(await guest.status()).toBe('');
  });

  test('does not take a lost connection for a refusal, and places once when asked again', async () => {
    const gateway = await openStore();
    const front = await startFront(gateway.origin);
    onTestFinished(() => front.close());
    const guest = await visitShopOver(front);
    await guest.open(cartId);
    front.onPlacing = breakOff;
    await guest.press('Place the order');
    await expect.poll(guest.text).toContain('We have not learned whether your order was placed.');
    expect(await guest.text()).toContain('We are finding out about your order');
    expect(await guest.text()).not.toContain('has not been placed');
    front.onPlacing = (_response, forward) => forward();
    await guest.press('Ask again');
    await expect.poll(guest.text).toContain('order SHOW01 has been placed');
    expect(gateway.calls.filter(({ path }) => path.endsWith('/place'))).toHaveLength(1);
  });

  test('says that the order is being found out where the store does not, and has it when asked again', async () => {
    let isLate = true;
    const lagMs = 3_600_000;
    const now = () => new Date(Date.now() + (isLate ? 0 : 2 * lagMs));
    // The search by which the order is found knows it an hour later.
    const store = await openFaultyStore({ searchLagMs: lagMs, now });
    onTestFinished(() => store.close());
    const guest = await visitShopOver(
      await store.startGateway({ timing: { deadlineMs: 2_000, stepMs: 500, pauseMs: 20, settlingMs: 200 } }),
    );
    store.proxy.failNext('place', hangAfter);
    await guest.open(cartId);
    await guest.press('Place the order');
    await expect.poll(guest.text).toContain('We are finding out about your order');
    expect(await guest.text()).toContain('It is being found out. Ask again in a moment');
    isLate = false;
    await guest.press('Ask again');
    await expect.poll(guest.text).toContain('order SHOW01 has been placed');
    expect(store.placings(cartId)).toEqual({ sent: 1, made: 1 });
  });

  test('says that no order was made where none can have been', async () => {
    const store = await openFaultyStore();
    onTestFinished(() => store.close());
    const guest = await visitShopOver(
      await store.startGateway({ timing: { deadlineMs: 1_000, stepMs: 300 } }),
    );
    await guest.open(cartId);
    await expect.poll(guest.text).toContain('Place the order');
    store.proxy.choose = (kind) => (kind === 'place' ? tooMany : undefined);
    await guest.press('Place the order');
    await expect.poll(guest.text).toContain('Your cart is as it was. Try again');
    expect(await guest.text()).toContain('Your order has not been placed');
    store.proxy.choose = () => undefined;
    await guest.press('Place the order');
    await expect.poll(guest.text).toContain('order SHOW01 has been placed');
  });

  test('says when there is room for more where somebody has asked for too much', async () => {
    const fields = { names: ['placeOrder'], perMinute: 1 };
    const gateway = await openStore({}, [], {
      authenticate: testAuthenticate,
      protection: { rateLimit: { fields } },
    });
    const guest = await visitShopOver(gateway);
    await guest.open(carts.empty);
    await guest.press('Place the order');
    await expect.poll(guest.text).toContain('There is nothing in this cart. Choose');
    await guest.press('Place the order');
    await expect.poll(guest.text).toMatch(/Your cart is as it was\. Try again in (1 second|\d+ seconds)\./);
  });
});
