import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { preview } from 'vite';
import { headers } from '../vite.config.ts';

/** Somebody in front of the page, in a browser that remembers nothing of others. */
export interface Visit {
  readonly page: Page;
  /** Every address that the page has asked. */
  readonly requests: string[];
  /** The name of every operation that it has sent. */
  readonly operations: string[];
  /** What went wrong in it. */
  readonly complaints: string[];
  /** Opens the link to a cart anew, or the page without one. */
  open(cartId?: string): Promise<void>;
  press(button: string): Promise<void>;
  /** All that is to be read, line by line. */
  text(): Promise<string>;
  /** The terms in a part of the page, each with what stands beside it. */
  termsOf(part: string): Promise<Record<string, string>>;
  /** What is said by itself of how things stand. */
  status(): Promise<string>;
  /** What has the focus, nothing where that is the page as a whole. */
  focused(): Promise<string>;
  close(): Promise<void>;
}

export interface Shop {
  readonly origin: string;
  visit(options?: Parameters<Browser['newContext']>[0]): Promise<Visit>;
  close(): Promise<void>;
}

export const root = fileURLToPath(new URL('..', import.meta.url));

/** The built page, with the gateway at the same origin; or one that was built for a gateway at another. */
export async function openShop(browser: Browser, gatewayOrigin: string, outDir?: string): Promise<Shop> {
  const policy = headers['Content-Security-Policy'];
  const server = await preview({
    root,
    logLevel: 'silent',
    build: { outDir: outDir ?? 'dist' },
    preview: {
      host: '127.0.0.1',
      port: 0,
      proxy: outDir === undefined ? { '/graphql': gatewayOrigin } : {},
      headers: outDir
        ? {
            ...headers,
            'Content-Security-Policy': policy.replace("connect-src 'self'", `connect-src ${gatewayOrigin}`),
          }
        : headers,
    },
  });
  const origin = new URL(server.resolvedUrls?.local[0] ?? '').origin;
  return {
    origin,
    visit: (options) => visit(browser, origin, options),
    close: () => server.close(),
  };
}

async function visit(
  browser: Browser,
  origin: string,
  options?: Parameters<Browser['newContext']>[0],
): Promise<Visit> {
  const context = await browser.newContext({ locale: 'en-US', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const requests: string[] = [];
  const operations: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    requests.push(request.url());
    if (request.method() === 'POST') operations.push(request.postDataJSON().operationName);
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  return {
    page,
    requests,
    operations,
    complaints,
    async open(cartId) {
      // From one place of a page to another nothing is loaded.
      await page.goto('about:blank');
      await page.goto(cartId === undefined ? origin : `${origin}/#cart=${cartId}`);
    },
    press: (button) => page.getByRole('button', { name: button }).click(),
    text: () => page.locator('body').innerText(),
    async termsOf(part) {
      const terms = page.getByRole('region', { name: part, exact: true });
      const [names, values] = await Promise.all([
        terms.locator('dt').allInnerTexts(),
        terms.locator('dd').allInnerTexts(),
      ]);
      return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
    },
    status: async () => (await page.getByRole('status').allInnerTexts()).join(''),
    focused: () => page.evaluate(() => document.querySelector(':focus')?.textContent ?? ''),
    close: () => context.close(),
  };
}
