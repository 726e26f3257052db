import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { preview } from 'vite';

/** Somebody in front of the page, in a browser that remembers nothing of others. */
export interface Visit {
  readonly page: Page;
  /** Every address that the page has asked. */
  readonly requests: string[];
  /** What went wrong in it. */
  readonly complaints: string[];
  open(cartId?: string): Promise<void>;
  press(button: string): Promise<void>;
  /** All that is to be read, line by line. */
  text(): Promise<string>;
  /** The terms in a part of the page, each with what stands beside it. */
  termsOf(part: string): Promise<Record<string, string>>;
  /** What has the focus. */
  focused(): Promise<string>;
  close(): Promise<void>;
}

export interface Shop {
  readonly origin: string;
  visit(options?: Parameters<Browser['newContext']>[0]): Promise<Visit>;
  close(): Promise<void>;
}

export const root = fileURLToPath(new URL('..', import.meta.url));

/** The built page, at one address with the gateway where there is one to pass requests on to. */
export async function openShop(browser: Browser, gatewayOrigin?: string, outDir = 'dist'): Promise<Shop> {
  const server = await preview({
    root,
    logLevel: 'silent',
    build: { outDir },
    preview: {
      host: '127.0.0.1',
      port: 0,
      proxy: gatewayOrigin === undefined ? {} : { '/graphql': gatewayOrigin },
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
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  return {
    page,
    requests,
    complaints,
    async open(cartId) {
      await page.goto(cartId === undefined ? origin : `${origin}/?cart=${cartId}`);
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
    focused: () => page.evaluate(() => document.querySelector(':focus')?.textContent ?? ''),
    close: () => context.close(),
  };
}
