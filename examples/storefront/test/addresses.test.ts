import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hasBrowser, launchBrowser } from '../../../test/browser.ts';
import { type GatewayOnSandbox, startGateway } from '../../../test/running-gateway.ts';
import { testAuthenticate } from '../../../test/viewers.ts';
import { headers } from '../vite.config.ts';
import { carts } from './carts.ts';
import { openShop, type Shop, type Visit } from './visits.ts';

describe.runIf(hasBrowser("the storefront's tests"))('the id of a cart', () => {
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
  });
  afterEach(() => guest.close());
  afterAll(async () => {
    await browser?.close();
    await shop?.close();
    await gateway?.close();
  });

  const withId = () => guest.requests.filter((url) => new URL(url).search.includes('cart='));

  test('is in no address that is asked for where it stands behind #', async () => {
    await guest.open(carts.placeable);
    await expect.poll(guest.text).toContain('Greta Guest');
    expect(guest.requests.length).toBeGreaterThan(3);
    expect(withId()).toEqual([]);
  });

  test('is taken from the query as well, and is not sent there again', async () => {
    await guest.page.goto(`${shop.origin}/?from=mail&cart=%20${carts.placeable}`);
    await expect.poll(guest.text).toContain('Greta Guest');
    expect(guest.page.url()).toBe(`${shop.origin}/?from=mail#cart=${carts.placeable}`);
    expect(withId()).toHaveLength(1);
    await guest.page.reload();
    await expect.poll(guest.text).toContain('Greta Guest');
    expect(withId()).toHaveLength(1);
  });

  test('is the one behind # where there are two', async () => {
    await guest.page.goto(`${shop.origin}/?cart=${carts.empty}#cart=${carts.placeable}`);
    await expect.poll(guest.text).toContain('Greta Guest');
    expect(guest.page.url()).toBe(`${shop.origin}/#cart=${carts.placeable}`);
  });

  test('may become another while the page is open, and nothing of the first stays', async () => {
    await guest.open(carts.empty);
    await guest.press('Place the order');
    await expect.poll(guest.text).toContain('Your order has not been placed');
    await guest.page.goto(`${shop.origin}/#cart=${carts.placeable}`);
    await expect.poll(guest.text).toContain('Greta Guest');
    expect(await guest.text()).not.toContain('Your order has not been placed');
    expect(guest.operations.filter((name) => name === 'Store')).toHaveLength(1);
  });

  test('is kept within the page by what is served with it, as the README says', async () => {
    const sent = (await guest.page.goto(shop.origin))?.headers();
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    for (const [name, value] of Object.entries(headers)) {
      expect(sent?.[name.toLowerCase()]).toBe(value);
      expect(readme).toContain(`${name}: ${value}\n`);
    }
  });
});
