import { writeFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page, Request } from 'playwright-core';
import { expect } from 'vitest';

/** GraphiQL as one visitor has it before them. */
export interface Graphiql {
  readonly page: Page;
  /** All that the page has asked anybody. */
  readonly requests: readonly Request[];
  /** The Authorization header of each operation that was sent. */
  credentials(): (string | undefined)[];
  /** What the browser found wrong. */
  readonly complaints: readonly string[];
  tabs(): Promise<string[]>;
  openTab(name: string): Promise<void>;
  /** Presses the button, and resolves with the whole answer once the page shows its beginning. */
  // biome-ignore lint/suspicious/noExplicitAny: what an operation answers with is the test's own to know.
  run(): Promise<any>;
  /** What is in the editor of the operation, of variables or of the answer, as far as there is room for it. */
  read(place: 'query' | 'variables' | 'answer'): Promise<string>;
  /** Replaces what is in one of the editors below the operation. */
  fill(tool: 'Variables' | 'Headers', values: Readonly<Record<string, unknown>>): Promise<void>;
  askAs(label: string): Promise<void>;
  /** The tabs as they will be the next time, as JSON. */
  storedTabs(): Promise<string>;
}

const places = {
  query: '.graphiql-query-editor .view-lines',
  variables: '.graphiql-editor-tool > :not(.hidden) .view-lines',
  answer: '.graphiql-response .view-lines',
};

/** Opens GraphiQL in a profile of its own, which nobody has used. */
export async function openGraphiql(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<Graphiql> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const requests: Request[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request));
  page.on('requestfailed', (request) => {
    const { errorText } = request.failure() ?? {};
    // Under way when the page was left.
    if (errorText !== 'net::ERR_ABORTED') complaints.push(`${request.url()} failed: ${errorText}`);
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });

  const read: Graphiql['read'] = async (place) =>
    (await page.locator(places[place]).first().innerText()).replaceAll('\u00a0', ' ');

  await page.goto(address);
  await page.locator(`${places.query} .view-line`).first().waitFor();
  return {
    page,
    requests,
    complaints,
    credentials: () =>
      requests
        .filter((request) => request.method() === 'POST')
        .map((request) => request.headers().authorization),
    read,
    tabs: () => page.locator('.graphiql-tab-button').allInnerTexts(),
    async openTab(name) {
      await page.locator('.graphiql-tab-button').getByText(name, { exact: true }).click();
      // GraphiQL has read the operation when it writes it into the address.
      const written = new RegExp(`^(query|mutation) ${name}\\b`, 'm');
      await expect.poll(() => new URL(page.url()).searchParams.get('query')).toMatch(written);
    },
    async run() {
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.request().method() === 'POST'),
        page.locator('button.graphiql-execute-button').click(),
      ]);
      const text = await answer.text();
      const beginning = text.replaceAll(/\s/g, '').slice(0, 60);
      await expect.poll(async () => (await read('answer')).replaceAll(/\s/g, '')).toContain(beginning);
      return JSON.parse(text);
    },
    async fill(tool, values) {
      await page.locator('.graphiql-editor-tools').getByText(tool).click();
      await page.locator(places.variables).first().click();
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.press('Delete');
      // The editor itself closes the bracket.
      await page.keyboard.insertText(JSON.stringify(values).slice(0, -1));
    },
    async askAs(label) {
      await page.getByLabel('Ask as').selectOption({ label });
    },
    storedTabs: async () => (await page.evaluate(() => localStorage.getItem('graphiql:tabState'))) ?? '',
  };
}

/** Writes a picture for the docs where UPDATE_SCREENSHOTS asks for them. */
export async function picture({ page }: Graphiql, name: string): Promise<void> {
  if (!process.env.UPDATE_SCREENSHOTS) return;
  // Scrollbars and carets come and go.
  await page.waitForTimeout(1_000);
  writeFileSync(new URL(`../docs/${name}.png`, import.meta.url), await page.screenshot({ caret: 'hide' }));
}
