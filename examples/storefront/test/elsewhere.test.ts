import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, launchBrowser } from '../../../test/browser.ts';
import { type GatewayOnSandbox, startGateway } from '../../../test/running-gateway.ts';
import { carts } from './carts.ts';
import { openShop, root } from './visits.ts';

describe.runIf(hasBrowser("the storefront's tests"))(
  'the storefront with the gateway at another origin',
  () => {
    const outDir = mkdtempSync(join(tmpdir(), 'ecwid-graphql-storefront-'));
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser();
    });
    afterAll(async () => {
      await browser?.close();
      rmSync(outDir, { recursive: true });
    });

    /** Waits for what a page shows that was built for this gateway. */
    async function expectOver(gateway: GatewayOnSandbox, expected: string): Promise<void> {
      process.env.VITE_GRAPHQL_URL = gateway.url;
      await build({ root, logLevel: 'silent', build: { outDir, emptyOutDir: true } });
      const shop = await openShop(browser, gateway.origin, outDir);
      const guest = await shop.visit();
      await guest.open(carts.placeable);
      await expect.poll(guest.text).toContain(expected);
      await guest.close();
      await shop.close();
      await gateway.close();
    }

    test('shows carts where CORS_ORIGINS lets it', async () => {
      await expectOver(await startGateway({}, [], { protection: { corsOrigins: ['*'] } }), 'Greta Guest');
    });

    test('cannot reach the shop where it does not', async () => {
      await expectOver(await startGateway(), 'We cannot reach the shop.');
    });
  },
);
