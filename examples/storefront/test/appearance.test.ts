import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, launchBrowser } from '../../../test/browser.ts';
import { type GatewayOnSandbox, startGateway } from '../../../test/running-gateway.ts';
import { testAuthenticate } from '../../../test/viewers.ts';
import { carts } from './carts.ts';
import { openShop, type Shop, type Visit } from './visits.ts';

describe.runIf(hasBrowser("the storefront's tests"))('the page', () => {
  let browser: Browser;
  let gateway: GatewayOnSandbox;
  let shop: Shop;
  let guest: Visit;

  beforeAll(async () => {
    browser = await launchBrowser();
    gateway = await startGateway({}, [], { authenticate: testAuthenticate });
    shop = await openShop(browser, gateway.origin);
    guest = await shop.visit({ viewport: { width: 320, height: 640 }, colorScheme: 'dark' });
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.close();
    await gateway?.close();
  });

  test('opens a cart from its form, by the keyboard alone', async () => {
    await guest.open();
    await guest.page.getByLabel('Cart id').focus();
    await guest.page.keyboard.type(carts.placeable);
    await guest.page.keyboard.press('Enter');
    await expect.poll(guest.text).toContain('Greta Guest');
    expect(guest.page.url()).toBe(`${shop.origin}/#cart=${carts.placeable}`);
    expect(await guest.focused()).toBe('Your cart');
  });

  test('fits a narrow screen', async () => {
    const width = () => guest.page.evaluate(() => document.documentElement.scrollWidth);
    expect(await width()).toBe(320);
  });

  test('is dark where that is wished for, and light where not', async () => {
    const background = () =>
      guest.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(await background()).toBe('rgb(22, 24, 27)');
    await guest.page.emulateMedia({ colorScheme: 'light' });
    expect(await background()).toBe('rgb(246, 246, 244)');
  });

  test('writes amounts in the language of its words, whatever the browser speaks', async () => {
    const german = await shop.visit({ locale: 'de-DE' });
    await german.open(carts.withCoupon);
    await expect.poll(german.text).toContain('$25.76');
    await german.close();
    expect(await guest.page.locator('html').getAttribute('lang')).toBe('en');
  });

  test('names its parts', async () => {
    for (const name of ['Items', 'Totals', 'Delivery and payment']) {
      expect(await guest.page.getByRole('region', { name, exact: true }).count()).toBe(1);
    }
    expect(await guest.page.getByRole('main').getByRole('heading', { level: 1 }).count()).toBe(1);
    // By name, as Safari takes a list without bullets for none.
    expect(await guest.page.getByRole('list').getAttribute('role')).toBe('list');
  });

  test('says that a cart has come, and nothing twice', async () => {
    expect(await guest.status()).toBe('Your cart is here.');
    // What takes the focus is read for that.
    await guest.open(carts.empty);
    await guest.press('Place the order');
    await expect.poll(guest.focused).toContain('Your order has not been placed');
    const live = guest.page.locator('[aria-live], [role=status], [role=alert]');
    expect((await live.allInnerTexts()).join('')).toBe('Your cart is here.');
    await guest.open(carts.placeable);
  });

  test('places the order by the keyboard, and goes on from its number', async () => {
    await guest.page.getByRole('button', { name: 'Place the order' }).focus();
    await guest.page.keyboard.press('Enter');
    await expect.poll(guest.focused).toContain('order SHOW01 has been placed');
  });

  test('asks nobody but its own origin, and has nothing to complain of', () => {
    const elsewhere = guest.requests.filter(
      (url) => !url.startsWith(shop.origin) && !url.startsWith('data:'),
    );
    expect(guest.requests.length).toBeGreaterThan(4);
    expect(elsewhere).toEqual([]);
    expect(guest.complaints).toEqual([]);
  });
});
