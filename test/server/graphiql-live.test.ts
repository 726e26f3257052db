import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, launchBrowser } from '../browser.ts';
import { openGraphiql } from '../graphiql.ts';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';

const id = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';
const query = `subscription FollowACart {\n  cartChanged(id: "${id}") {\n    hidden\n  }\n}\n`;

describe.runIf(hasBrowser('test/server/graphiql-live.test.ts'))('a subscription in GraphiQL', () => {
  let gateway: GatewayOnSandbox;
  let browser: Browser;

  beforeAll(async () => {
    gateway = await startGateway({}, [{ query }]);
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await gateway?.close();
  });

  test('shows each change as it happens, until it is ended there', async () => {
    const graphiql = await openGraphiql(browser, gateway.url);
    const button = graphiql.page.locator('button.graphiql-execute-button');
    const hide = (hidden: boolean) =>
      gateway.query(
        `mutation { hideCart(input: { cart_id: "${id}", hidden: ${hidden} }) { errors { code } } }`,
      );
    const answered = graphiql.page.waitForResponse((response) =>
      (response.headers()['content-type'] ?? '').startsWith('text/event-stream'),
    );
    await button.click();
    await answered;
    for (const hidden of [true, false]) {
      await hide(hidden);
      await expect.poll(() => graphiql.read('answer')).toContain(`"hidden": ${hidden}`);
    }

    await button.click();
    const ended = () => gateway.logLines.filter((line) => line.includes('"ending":"left"'));
    await expect.poll(ended).toHaveLength(1);
    expect(graphiql.complaints).toEqual([]);
    await graphiql.page.context().close();
  });
});
