import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, launchBrowser } from '../../../test/browser.ts';
import { type GatewayOnSandbox, startGateway } from '../../../test/running-gateway.ts';
import { testAuthenticate } from '../../../test/viewers.ts';
import { carts } from './carts.ts';
import { openShop, type Shop, type Visit } from './visits.ts';

const missing = {
  email: 'We do not know where to send the confirmation.',
  billing: 'The address for the bill is missing.',
  address: 'We have no address that we can ship to.',
  shipping: 'It is not known how the goods should come to you.',
  payment: 'It is not known how you will pay.',
};

const refused: readonly [name: string, cartId: string, problems: readonly string[]][] = [
  ['an empty cart', carts.empty, ['There is nothing in this cart.']],
  ['a cart without an e-mail address', carts.withoutEmail, [missing.email]],
  ['a cart without a billing address', carts.withoutBilling, [missing.billing]],
  ['a cart without a shipping address', carts.withoutAddress, [missing.address]],
  ['a cart without a way of shipping', carts.withoutShipping, [missing.shipping]],
  ['a cart without a way of paying', carts.withoutPayment, [missing.payment]],
  [
    'a cart that wants more than there is',
    carts.outOfStock,
    ['There is less left of something than you would like to have.'],
  ],
  ['a cart that lacks much', carts.withoutMuch, [missing.email, missing.billing, missing.payment]],
];

describe.runIf(hasBrowser("the storefront's tests"))('the storefront says what to do about', () => {
  let browser: Browser;
  let gateway: GatewayOnSandbox;
  let shop: Shop;
  let guest: Visit;

  beforeAll(async () => {
    browser = await launchBrowser();
    gateway = await startGateway({}, [], { authenticate: testAuthenticate });
    shop = await openShop(browser, gateway.origin);
    guest = await shop.visit();
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.close();
    await gateway?.close();
  });

  test.each(refused)('%s', async (_name, cartId, problems) => {
    await guest.open(cartId);
    await guest.press('Place the order');
    await expect.poll(guest.text).toContain('Your order has not been placed');
    const shown = await guest.page.locator('.refused li').allInnerTexts();
    expect(shown).toHaveLength(problems.length);
    // Each goes on with what to do.
    for (const [index, problem] of problems.entries()) {
      expect(shown[index]).toMatch(new RegExp(`^${problem} [A-Z].+\\.$`));
    }
    await expect.poll(guest.focused).toContain('Your order has not been placed');
    expect(await guest.page.getByRole('button').innerText()).toBe('Place the order');
  });

  test('a cart that there is none of', async () => {
    await guest.open(carts.unknown);
    await expect.poll(guest.text).toContain('There is no such cart');
    await guest.press('Look up its order');
    await expect
      .poll(guest.text)
      .toContain('There is no such cart, and we know of no order that came of it.');
  });

  test('a cart that is of a customer, without telling of it', async () => {
    await guest.open(carts.ofCustomer);
    await expect.poll(guest.text).toContain('There is no such cart');
    expect(await guest.text()).not.toContain('Quincy');
    await guest.press('Look up its order');
    await expect.poll(guest.text).toContain('This cart belongs to the account of a customer. Sign in');
  });

  test('none of them by asking the store to place it', () => {
    expect(gateway.calls.filter(({ path }) => path.endsWith('/place'))).toEqual([]);
  });
});
