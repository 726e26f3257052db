import { existsSync, writeFileSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sandboxOperations } from '../../src/example-operations.ts';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const hasChromium = existsSync(executablePath);
// Where the browser is missing, CI must not take silence for success.
const runs = hasChromium || process.env.CI === 'true';

if (!runs) {
  process.stderr.write(
    `\n*** NOT RUN: test/server/graphiql.test.ts, since there is no Chromium at ${executablePath} (CHROMIUM_PATH) ***\n\n`,
  );
}

describe.runIf(runs)('GraphiQL', () => {
  let gateway: GatewayOnSandbox;
  let browser: Browser;
  let page: Page;
  const requests: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    gateway = await startGateway({}, sandboxOperations);
    browser = await chromium.launch({
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // A name that is looked up is a request that would leave the machine.
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      ],
    });
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(15_000);
    page.on('request', (request) => requests.push(request.url()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('requestfailed', (request) => complaints.push(`${request.url()} failed`));
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await gateway?.close();
  });

  const answered = () =>
    page.locator('.graphiql-response .CodeMirror, .graphiql-response .monaco-editor').first();

  async function answer(): Promise<string> {
    return ((await answered().textContent()) ?? '').replaceAll('\u00a0', ' ');
  }

  test('opens with the example operations in tabs', async () => {
    await page.goto(gateway.url);
    const tabs = page.locator('.graphiql-tab');
    await expect.poll(() => tabs.count()).toBe(sandboxOperations.length);
    expect(await page.title()).toBe('ecwid-graphql');
    await expect
      .poll(() => page.locator('.graphiql-query-editor').textContent())
      .toContain('FindAbandonedCarts');
  }, 60_000);

  test('runs the first of them as it stands', async () => {
    await page.locator('button.graphiql-execute-button').click();
    await expect.poll(answer).toContain('"totalCount"');
    expect(await answer()).toContain('"email"');
    if (process.env.UPDATE_SCREENSHOTS) {
      await page.waitForTimeout(500);
      writeFileSync(new URL('../../docs/graphiql.png', import.meta.url), await page.screenshot());
    }
  }, 60_000);

  test('runs what is typed', async () => {
    await page.locator('.graphiql-tab-add').click();
    await expect
      .poll(() => page.locator('.graphiql-query-editor').textContent())
      .not.toContain('FindAbandonedCarts');
    await page.locator('.graphiql-query-editor').click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.press('Delete');
    await page.keyboard.insertText(
      'query Typed { cart(id: "6626E60A-A6F9-4CD5-8230-43D5F162E0CD") { total email } }',
    );
    // GraphiQL has read the operation when it names the tab after it.
    await expect.poll(() => page.locator('.graphiql-tab').last().textContent()).toContain('Typed');
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect.poll(answer).toContain('37.39');
    expect(await answer()).toContain('johnsmith@example.com');
    expect(await answer()).not.toContain('errors');
  }, 60_000);

  test('asked nobody but the gateway, and had nothing to complain of', () => {
    const elsewhere = requests.filter((url) => !url.startsWith(gateway.origin) && !/^(data|blob):/.test(url));
    expect(requests.length).toBeGreaterThan(2);
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
