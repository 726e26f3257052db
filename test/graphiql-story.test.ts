import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sandboxOperations } from '../src/example-operations.ts';
import { sandboxViewers } from '../src/sandbox-viewers.ts';
import { hasBrowser, launchBrowser } from './browser.ts';
import { type Graphiql, openGraphiql, picture } from './graphiql.ts';
import { mountGateway } from './mounted-gateway.ts';

const staff = 'staff';
const customer = 'customer (John Smith)';
const guest = 'guest';

describe.runIf(hasBrowser('test/graphiql-story.test.ts'))('GraphiQL on the open sandbox', () => {
  let gateway: Awaited<ReturnType<typeof mountGateway>>;
  let browser: Browser;
  let graphiql: Graphiql;

  beforeAll(async () => {
    gateway = await mountGateway();
    browser = await launchBrowser();
    graphiql = await openGraphiql(browser, gateway.url);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await gateway?.close();
  });

  const show = (tab: string) => graphiql.openTab(tab).then(() => graphiql.run());

  test('has the story in its tabs, from left to right', async () => {
    const names = sandboxOperations.map(({ query }) => /^(?:query|mutation) (\w+)/m.exec(query)?.[1]);
    expect(names.length).toBeGreaterThan(6);
    expect(await graphiql.tabs()).toEqual(names);
  });

  test('finds abandoned carts', async () => {
    const { data } = await graphiql.run();
    expect(data.carts).toMatchObject({ totalCount: 255, nodes: { length: 5 } });
    expect(await graphiql.read('answer')).toContain('greta.guest@example.com');
    await picture(graphiql, 'graphiql');
  });

  test('opens one of them, in a tab that opens at the first click', async () => {
    expect(await show('OpenOneCart')).toMatchObject({
      data: { cart: { email: 'johnsmith@example.com', total: 37.39, shippingPerson: { city: 'New York' } } },
    });
  });

  test('tells what it would cost, and what it would elsewhere', async () => {
    const there = await show('WhatWouldItCost');
    expect(there.data.calculateOrder).toMatchObject({ subtotal: 29.95, tax: 2.1 });
    await graphiql.fill('Variables', { quantity: 1, state: 'CA' });
    const elsewhere = await graphiql.run();
    expect(elsewhere.data.calculateOrder.subtotal).toBe(5.99);
  });

  test('places it, and answers with the same order when asked again', async () => {
    const placed = await show('PlaceIt');
    expect(placed).toEqual({
      data: {
        placeOrder: {
          order: { order_number: 'AB1CD', paymentStatus: 'AWAITING_PAYMENT', total: 37.39 },
          errors: [],
        },
      },
    });
    await picture(graphiql, 'graphiql-place');
    expect(await graphiql.run()).toEqual(placed);
  });

  test('reads the order', async () => {
    const { data } = await show('ReadTheOrder');
    expect(data.order).toMatchObject({ order_number: 'AB1CD', email: 'johnsmith@example.com' });
    expect(data.orders.totalCount).toBeGreaterThan(70);
  });

  test('hides one of the carts, and then finds two less than at first', async () => {
    expect(await show('HideOne')).toMatchObject({
      data: { hideCart: { cart: { hidden: true }, errors: [] } },
    });
    expect((await show('FindAbandonedCarts')).data.carts.totalCount).toBe(253);
  });

  test('shows what refusals look like', async () => {
    const { data } = await show('SeeRefusals');
    const codes = Object.values<{ errors: { code: string }[] }>(data).map(({ errors }) =>
      errors.map(({ code }) => code),
    );
    expect(codes).toEqual([
      ['GUEST_EMAIL_MISSING', 'BILLING_ADDRESS_MISSING', 'PAYMENT_METHOD_MISSING'],
      ['OUT_OF_STOCK'],
      ['CART_NOT_FOUND'],
    ]);
    await picture(graphiql, 'graphiql-refusals');
  });

  test('asks as whoever is chosen, and says by which header', async () => {
    await graphiql.openTab('ReadTheOrder');
    for (const { label, authorization } of sandboxViewers) {
      await graphiql.askAs(label);
      await graphiql.run();
      expect(graphiql.credentials().at(-1)).toBe(authorization);
      expect(await graphiql.page.getByText(`Authorization: ${authorization}`).isVisible()).toBe(true);
    }
  });

  test('shows staff every order, a customer their own, and a guest none', async () => {
    await graphiql.askAs(staff);
    expect((await graphiql.run()).data.orders.totalCount).toBeGreaterThan(70);
    await graphiql.askAs(customer);
    expect((await graphiql.run()).data).toMatchObject({
      order: { order_number: 'AB1CD' },
      orders: { totalCount: 1, nodes: [{ order_number: 'AB1CD' }] },
    });
    await graphiql.askAs(guest);
    expect(await graphiql.run()).toMatchObject({
      data: null,
      errors: [{ path: ['orders'], extensions: { code: 'NOT_PERMITTED' } }],
    });
  });

  test('leaves the word to a token that somebody has typed in', async () => {
    await graphiql.fill('Headers', { authorization: 'Bearer sandbox-staff' });
    expect((await graphiql.run()).data.orders.totalCount).toBeGreaterThan(70);
    await graphiql.fill('Headers', {});
    expect((await graphiql.run()).errors).toHaveLength(1);
  });

  test('remembers the choice, and asks by it from the start', async () => {
    const before = graphiql.credentials().length;
    await graphiql.page.reload();
    await expect.poll(() => graphiql.read('query')).toContain('ReadTheOrder');
    expect(await graphiql.page.getByLabel('Ask as').inputValue()).toBe('Bearer sandbox-guest');
    expect((await graphiql.run()).errors).toHaveLength(1);
    const [introspection, ...operations] = graphiql.credentials().slice(before);
    expect(introspection).toBe('Bearer sandbox-guest');
    expect(operations).toEqual(['Bearer sandbox-guest']);
  });

  test('is staff again where the one who was chosen is no more', async () => {
    await graphiql.page.evaluate(() => localStorage.setItem('viewer', 'Bearer sandbox-nobody'));
    await graphiql.page.reload();
    await expect.poll(() => graphiql.read('query')).toContain('ReadTheOrder');
    expect((await graphiql.run()).data.orders.totalCount).toBeGreaterThan(70);
  });

  test('lets the keyboard choose', async () => {
    await graphiql.page.getByLabel('Ask as').focus();
    await graphiql.page.keyboard.press('ArrowDown');
    expect(await graphiql.page.getByText('Authorization: Bearer sandbox-customer-').isVisible()).toBe(true);
    expect((await graphiql.run()).data.orders.totalCount).toBe(1);
  });

  test('is dark where the system is, and where dark is chosen', async () => {
    const brightness = (dark: Graphiql) =>
      dark.page
        .locator('#viewer-switch, .graphiql-container')
        .evaluateAll((parts) => parts.map((part) => getComputedStyle(part).backgroundColor));
    const inLight = await brightness(graphiql);
    const night = await openGraphiql(browser, gateway.url, { colorScheme: 'dark' });
    const inDark = await brightness(night);
    expect(new Set(inDark)).not.toEqual(new Set(inLight));
    // The choice of viewer looks as if it were a part of GraphiQL.
    expect(new Set(inLight).size).toBe(1);
    expect(new Set(inDark).size).toBe(1);
    await night.askAs(customer);
    await night.run();
    await picture(night, 'graphiql-dark');
    await graphiql.page.getByLabel('Open settings dialog').click();
    await graphiql.page.getByRole('button', { name: 'Dark', exact: true }).click();
    await expect.poll(() => brightness(graphiql)).toEqual(inDark);
    expect(night.complaints).toEqual([]);
    await night.page.context().close();
  });

  test('fits above GraphiQL on a screen and on a telephone', async () => {
    const phone = await openGraphiql(browser, gateway.url, {
      viewport: { width: 390, height: 844 },
      isMobile: true,
    });
    for (const { page } of [graphiql, phone]) {
      const size = await page.evaluate(() => {
        const { scrollWidth: width, scrollHeight: height } = document.documentElement;
        return { width, height };
      });
      expect(size).toEqual(page.viewportSize());
      expect(await page.getByLabel('Open settings dialog').isVisible()).toBe(true);
    }
    await phone.askAs(guest);
    expect((await phone.run()).errors).toHaveLength(1);
    await phone.page.context().close();
  });

  test('has asked nobody but the gateway, and has nothing to complain of', () => {
    const asked = graphiql.requests.map((request) => request.url());
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter((url) => !url.startsWith(gateway.origin) && !url.startsWith('blob:'))).toEqual([]);
    expect(graphiql.complaints).toEqual([]);
  });
});
