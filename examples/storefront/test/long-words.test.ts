import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, launchBrowser } from '../../../test/browser.ts';
import { type GatewayOnSandbox, startGateway } from '../../../test/running-gateway.ts';
import { testAuthenticate } from '../../../test/viewers.ts';
import { carts } from './carts.ts';
import { changeCart, changeProfile } from './store.ts';
import { openShop, type Shop, type Visit } from './visits.ts';

const long = 'Teekannenwärmer'.repeat(8);
const person = { name: long, companyName: long, street: long, city: long, postalCode: long };

describe.runIf(hasBrowser("the storefront's tests"))('what a store may call things', () => {
  let browser: Browser;
  let gateway: GatewayOnSandbox;
  let shop: Shop;
  let guest: Visit;

  beforeAll(async () => {
    browser = await launchBrowser();
    gateway = await startGateway({}, [], { authenticate: testAuthenticate });
    await changeProfile(gateway.sandbox, {
      settings: { storeName: long },
      formatsAndUnits: { currency: 'USDT' },
      generalInfo: { storeUrl: 'https://shop.example@elsewhere.example/' },
    });
    await changeCart(gateway.sandbox, 'SHOW01', {
      email: `${long}@example.com`,
      paymentMethod: long,
      discount: -2,
      customSurcharges: [
        { id: 'one', description: long, value: 1, type: 'ABSOLUTE', total: 1 },
        { id: 'two', description: long, value: 2, type: 'ABSOLUTE', total: 2 },
      ],
      billingPerson: person,
      shippingPerson: person,
      items: [
        {
          name: long,
          price: 8.49,
          quantity: 2,
          selectedOptions: [
            { name: long, value: long, type: 'CHOICE' },
            { name: long, value: long, type: 'CHOICE' },
          ],
        },
      ],
    });
    shop = await openShop(browser, gateway.origin);
    guest = await shop.visit({ viewport: { width: 320, height: 640 } });
    await guest.open(carts.placeable);
    await guest.page.getByRole('button').waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.close();
    await gateway?.close();
  });

  const width = () => guest.page.evaluate(() => document.documentElement.scrollWidth);
  /** Texts of the page that are the store's own, and stand in the direction of what is around them. */
  const mixed = (text: string) =>
    guest.page.evaluate((needle) => {
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const outside: string[] = [];
      while (texts.nextNode()) {
        const { data, parentElement } = texts.currentNode as Text;
        if (data.includes(needle) && !parentElement?.closest('bdi')) outside.push(data);
      }
      return outside;
    }, text);

  test('fits a narrow screen, however long its words', async () => {
    expect((await guest.text()).split(long).length).toBeGreaterThan(15);
    expect(await width()).toBe(320);
    const price = guest.page.locator('.items bdi', { hasText: '8.49' });
    expect(await price.evaluate((element) => element.getClientRects().length)).toBe(1);
  });

  test('is shown in a currency that there is no code for', async () => {
    expect(await guest.text()).toContain('2 × 8.49 USDT');
  });

  test('may take off less than nothing, which comes on top', async () => {
    expect(await guest.termsOf('Totals')).toMatchObject({ Discounts: '2 USDT' });
  });

  test('has a line each where two are called the same', async () => {
    expect(await guest.page.locator('.items small').count()).toBe(2);
    expect(await guest.page.locator('.totals dt', { hasText: long }).count()).toBe(2);
  });

  test('is no link where its address is not that of a shop', async () => {
    expect(await guest.page.getByRole('link').count()).toBe(0);
  });

  test('has a direction of its own, whatever stands around it', async () => {
    expect(await mixed(long)).toEqual([]);
    expect(await mixed('USDT')).toEqual([]);
    await guest.press('Place the order');
    await expect.poll(guest.text).toContain('order SHOW01 has been placed');
    expect(await mixed(long)).toEqual([]);
    expect(await mixed('SHOW01')).toEqual([]);
    expect(await width()).toBe(320);
    expect(guest.complaints).toEqual([]);
  });
});
