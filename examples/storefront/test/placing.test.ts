import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hasBrowser, launchBrowser } from '../../../test/browser.ts';
import { type GatewayOnSandbox, startGateway } from '../../../test/running-gateway.ts';
import { testAuthenticate } from '../../../test/viewers.ts';
import { carts } from './carts.ts';
import { openShop, type Shop, type Visit } from './visits.ts';

describe.runIf(hasBrowser("the storefront's tests"))('the storefront', () => {
  let browser: Browser;
  let gateway: GatewayOnSandbox;
  let shop: Shop;
  let guest: Visit;

  beforeAll(async () => {
    browser = await launchBrowser();
    // Whoever comes without a token is a guest, as over a store of one's own.
    gateway = await startGateway({}, [], { authenticate: testAuthenticate });
    shop = await openShop(browser, gateway.origin);
  });
  beforeEach(async () => {
    gateway.calls.length = 0;
    guest = await shop.visit();
  });
  afterEach(() => guest.close());
  afterAll(async () => {
    await browser?.close();
    await shop?.close();
    await gateway?.close();
  });

  const placings = (cartId: string) =>
    gateway.calls.filter(({ method, path }) => method === 'POST' && path === `/carts/${cartId}/place`).length;

  test('shows what is in a cart, what it costs and where it goes', async () => {
    await guest.open(carts.withCoupon);
    await expect.poll(guest.text).toContain('Place the order');
    expect(await guest.text()).toMatch(/Cherry\s+Size: Medium\s+2 × \$8\.49/);
    expect(await guest.termsOf('Totals')).toEqual({
      Subtotal: '$16.98',
      'Coupon 5PERCENTOFF': '-$0.85',
      Shipping: '$8.50',
      Tax: '$1.13',
      Total: '$25.76',
    });
    expect(await guest.termsOf('Delivery and payment')).toMatchObject({
      Shipping: 'Standard shipping (days: 4-9)',
      'Ship to': 'Cora Coupon\n22 W 3d st\n92101 San Diego California\nUnited States',
      Payment: 'Purchase order',
    });
  });

  test('places it, shows the number of its order, and knows it after a reload', async () => {
    await guest.open(carts.withCoupon);
    await guest.press('Place the order');
    await expect.poll(guest.text).toContain('order SHOW13 has been placed');
    expect(await guest.text()).toContain('The total is $25.76, to be paid by Purchase order.');
    expect(await guest.text()).not.toContain('Place the order');
    await expect.poll(guest.focused).toContain('SHOW13');
    expect(await guest.page.title()).toBe('Order SHOW13');
    await guest.page.reload();
    await expect.poll(guest.text).toContain('order SHOW13 has been placed');
    expect(placings(carts.withCoupon)).toBe(1);
    expect(guest.complaints).toEqual([]);
  });

  test('places a cart once where the button is pressed twice, here and in another browser', async () => {
    const other = await shop.visit();
    await Promise.all([guest.open(carts.placeable), other.open(carts.placeable)]);
    // Both clicks before the page has shown anything of the first.
    const pressTwice = (button: HTMLElement) => {
      button.click();
      button.click();
    };
    await Promise.all(
      [guest, other].map(({ page }) =>
        page.getByRole('button', { name: 'Place the order' }).evaluate(pressTwice),
      ),
    );
    await expect.poll(guest.text).toContain('order SHOW01 has been placed');
    await expect.poll(other.text).toContain('order SHOW01 has been placed');
    await other.close();
    expect(placings(carts.placeable)).toBe(1);
    expect(guest.operations.filter((name) => name === 'PlaceOrder')).toHaveLength(1);
  });

  test('looks up the order of a cart that was placed elsewhere', async () => {
    const { data } = await gateway.query(
      `mutation { placeOrder(input: { cart_id: "${carts.withPickup}" }) { order { order_number } } }`,
    );
    await guest.open(carts.withPickup);
    await expect.poll(guest.text).toContain('There is no such cart');
    await guest.press('Look up its order');
    await expect.poll(guest.text).toContain(`order ${data.placeOrder.order.order_number} has been placed`);
    expect(placings(carts.withPickup)).toBe(1);
  });

  test('places a cart that the merchant has hidden, and says that it is', async () => {
    await guest.open(carts.hidden);
    await expect.poll(guest.text).toContain('The shop has put this cart aside.');
    await guest.press('Place the order');
    await expect.poll(guest.text).toContain('order SHOW12 has been placed');
  });

  test('shows the order of a cart that has become one to those who may see orders', async () => {
    const toStaff = await startGateway();
    const staffShop = await openShop(browser, toStaff.origin);
    const staff = await staffShop.visit();
    await staff.open(carts.recovered);
    await expect.poll(staff.text).toContain('order RCVR1 has been placed');
    await staff.close();
    await staffShop.close();
    await toStaff.close();
  });
});
