import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleOperations } from '../../src/example-operations.ts';
import { hasBrowser, launchBrowser } from '../browser.ts';
import { type Graphiql, openGraphiql } from '../graphiql.ts';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';

const cartId = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';

describe.runIf(hasBrowser('test/server/graphiql.test.ts'))('GraphiQL', () => {
  let gateway: GatewayOnSandbox;
  let browser: Browser;
  let graphiql: Graphiql;

  beforeAll(async () => {
    gateway = await startGateway({}, exampleOperations);
    browser = await launchBrowser();
    graphiql = await openGraphiql(browser, gateway.url);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await gateway?.close();
  });

  /** What the background of GraphiQL is made of. */
  const brightness = () =>
    graphiql.page
      .locator('.graphiql-container')
      .first()
      .evaluate((container) => {
        const [red = 0, green = 0, blue = 0] =
          getComputedStyle(container).backgroundColor.match(/\d+/g)?.map(Number) ?? [];
        return (red + green + blue) / 3;
      });

  test('opens with the example operations in tabs, and nobody to choose', async () => {
    expect(await graphiql.tabs()).toEqual(['FindAbandonedCarts', 'OpenOneCart']);
    expect(await graphiql.page.title()).toBe('ecwid-graphql');
    expect(await graphiql.read('query')).toContain('FindAbandonedCarts');
    expect(await graphiql.page.getByLabel('Ask as').count()).toBe(0);
  });

  test('runs the first of them as it stands', async () => {
    const { data } = await graphiql.run();
    expect(data.carts.totalCount).toBeGreaterThan(200);
    expect(await graphiql.read('answer')).toContain('"totalCount"');
  });

  test('opens a tab, and runs it with its variables', async () => {
    await graphiql.openTab('OpenOneCart');
    expect(await graphiql.read('variables')).toContain('"the id of a cart"');
    expect(await graphiql.run()).toEqual({ data: { cart: null } });
  });

  test('runs what is typed', async () => {
    const { page } = graphiql;
    await page.locator('.graphiql-tab-add').click();
    await expect.poll(() => graphiql.read('query')).not.toContain('OpenOneCart');
    await page.locator('.graphiql-query-editor').click();
    await page.keyboard.insertText(`query Typed { cart(id: "${cartId}") { total email } }`);
    // GraphiQL has read the operation when it names the tab after it.
    await expect.poll(() => graphiql.tabs()).toContain('Typed');
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect.poll(() => graphiql.read('answer')).toContain('37.39');
    expect(await graphiql.read('answer')).toContain('johnsmith@example.com');
    expect(await graphiql.read('answer')).not.toContain('errors');
  });

  test('has no more tabs the next time where nobody has changed anything', async () => {
    const visitor = await openGraphiql(browser, gateway.url);
    await visitor.run();
    await expect.poll(() => visitor.storedTabs()).not.toBe('');
    await visitor.page.reload();
    await expect.poll(() => visitor.read('query')).toContain('FindAbandonedCarts');
    expect(await visitor.tabs()).toEqual(['FindAbandonedCarts', 'OpenOneCart']);
    await visitor.page.context().close();
  });

  test('has tabs, and what was typed into them, when it is opened again', async () => {
    const { page } = graphiql;
    const tabs = ['FindAbandonedCarts', 'OpenOneCart', 'Typed'];
    const ways = [() => page.reload(), () => page.goto(gateway.url)];
    // GraphiQL stores what is typed half a second later.
    await expect.poll(() => graphiql.storedTabs()).toContain('query Typed');
    for (const open of ways) {
      await open();
      await expect.poll(() => graphiql.tabs()).toEqual(tabs);
      await expect.poll(() => graphiql.read('query')).toContain('query Typed');
    }
    await graphiql.openTab('OpenOneCart');
    await graphiql.fill('Variables', { id: cartId });
    expect((await graphiql.run()).data.cart.total).toBe(37.39);
    await expect.poll(() => graphiql.storedTabs()).toContain(JSON.stringify(JSON.stringify({ id: cartId })));
    for (const open of ways) {
      await open();
      await expect.poll(() => graphiql.tabs()).toEqual(tabs);
      await expect.poll(() => graphiql.read('variables')).toContain(cartId);
      expect((await graphiql.run()).data.cart.total).toBe(37.39);
    }
  });

  test('stores no token that somebody has typed into its headers', async () => {
    await graphiql.fill('Headers', { authorization: 'Bearer not-to-be-kept' });
    await graphiql.run();
    expect(graphiql.credentials().at(-1)).toBe('Bearer not-to-be-kept');
    await graphiql.openTab('Typed');
    // What came after it is stored.
    await expect.poll(() => graphiql.storedTabs()).toContain('"activeTabIndex":2');
    const stored = await graphiql.page.evaluate(() => JSON.stringify({ ...localStorage }));
    expect(stored).not.toContain('not-to-be-kept');
  });

  test('is light or dark as the system is, until one is chosen for good', async () => {
    const { page } = graphiql;
    expect(await brightness()).toBeGreaterThan(200);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await brightness()).toBeLessThan(80);
    await page.getByLabel('Open settings dialog').click();
    await page.getByRole('button', { name: 'Light', exact: true }).click();
    await expect.poll(brightness).toBeGreaterThan(200);
    await page.reload();
    await expect.poll(() => graphiql.read('query')).toContain('Typed');
    expect(await brightness()).toBeGreaterThan(200);
    await page.emulateMedia({ colorScheme: 'light' });
  });

  test('shows what types, fields and arguments are for, to the last word', async () => {
    const { page } = graphiql;
    const docs = page.locator('.graphiql-doc-explorer');
    await page.getByLabel('Show Documentation Explorer').click();
    await docs.getByRole('link', { name: 'Query', exact: true }).click();
    await docs.getByRole('link', { name: 'carts', exact: true }).click();
    await docs.getByRole('link', { name: 'CartFilter', exact: true }).waitFor();
    const types = gateway.query(
      '{ __schema { types { name description fields { name description args { description } } } } }',
    );
    const { data } = await types;
    const query = data.__schema.types.find(({ name }: { name: string }) => name === 'Query');
    const carts = query.fields.find(({ name }: { name: string }) => name === 'carts');
    const shown = async () => (await docs.innerText()).replaceAll(/\s+/g, ' ');
    for (const { description } of [carts, ...carts.args])
      expect(await shown()).toContain(description.replaceAll('`', '').replaceAll(/\s+/g, ' '));
    await expect
      .poll(() =>
        docs.evaluate(
          (pane) =>
            [...pane.querySelectorAll('*')].filter(
              ({ scrollWidth, clientWidth }) => clientWidth && scrollWidth > clientWidth + 1,
            ).length,
        ),
      )
      .toBe(0);
  });

  test('has room for the operation and the answer on a telephone', async () => {
    const phone = await openGraphiql(browser, gateway.url, {
      viewport: { width: 390, height: 844 },
      isMobile: true,
      hasTouch: true,
    });
    await phone.run();
    expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    for (const pane of ['.graphiql-editors', '.graphiql-response']) {
      const box = await phone.page.locator(pane).boundingBox();
      expect(box?.width).toBeGreaterThan(270);
      expect(box?.height).toBeGreaterThan(270);
    }
    await phone.page.context().close();
  });

  test('asks nobody but the gateway, may ask nobody else, and has nothing to complain of', async () => {
    const { page, requests, complaints } = graphiql;
    const asked = requests.map((request) => request.url());
    expect(asked.length).toBeGreaterThan(2);
    expect(asked.filter((url) => !url.startsWith(gateway.origin) && !/^(data|blob):/.test(url))).toEqual([]);
    expect(complaints).toEqual([]);
    const refused = await page.evaluate(() => fetch('http://192.0.2.1/').catch((error) => String(error)));
    expect(refused).toContain('Failed to fetch');
    expect(complaints.join()).toContain('Content Security Policy');
  });
});
