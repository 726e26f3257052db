import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Where the browser is missing, CI must not take silence for success. */
export function hasBrowser(testFile: string): boolean {
  const runs = existsSync(executablePath) || process.env.CI === 'true';
  if (!runs) {
    process.stderr.write(
      `\n*** NOT RUN: ${testFile}, since there is no Chromium at ${executablePath} (CHROMIUM_PATH) ***\n\n`,
    );
  }
  return runs;
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
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
}
