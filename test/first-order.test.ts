import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sandboxOperations } from '../src/example-operations.ts';
import { sandboxViewers } from '../src/sandbox-viewers.ts';
import { hasBrowser, launchBrowser } from './browser.ts';
import { openGraphiql } from './graphiql.ts';
import { start } from './program.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const [, command = '', address = ''] = /^npm ci && (npm start) +# (http\S+\/graphql),/m.exec(readme) ?? [];
const [, section = ''] = /^## A first order\n([\s\S]*?)^## /m.exec(readme) ?? [];
const steps = [...section.matchAll(/^\d\. (.*)$/gm)].map(([, step = '']) => step);

const tabs = sandboxOperations.map(({ query }) => /^(?:query|mutation) (\w+)/m.exec(query)?.[1] ?? '');
const viewers = sandboxViewers.map(({ label }) => label);

describe.runIf(hasBrowser('test/first-order.test.ts'))('Who follows README.md', () => {
  test('opens every tab, chooses who asks, sees what is foretold, and has placed an order', async () => {
    expect(steps).toHaveLength(5);
    expect(steps[0]).toContain(`Open ${address}.`);
    const npm = start('npm', command.split(' ').slice(1));
    const browser = await launchBrowser();
    try {
      // As in the README but for the port, which others may have.
      const [url = ''] = await npm.says(/http:\/\/\S+\/graphql/);
      expect(new URL(url).pathname).toBe(new URL(address).pathname);
      const graphiql = await openGraphiql(browser, url);

      const opened: string[] = [];
      const seen: string[] = [];
      for (const [, words = ''] of steps.join('\n').matchAll(/`([^`]+)`/g)) {
        if (tabs.includes(words)) {
          await graphiql.openTab(words);
          await graphiql.run();
          opened.push(words);
        } else if (viewers.includes(words)) {
          await graphiql.askAs(words);
          await graphiql.run();
        } else {
          await expect.poll(() => graphiql.read('answer')).toContain(words);
          seen.push(words);
        }
      }
      expect(opened).toEqual(tabs);
      expect(seen).toContain('"order_number": "AB1CD"');
      expect(graphiql.complaints).toEqual([]);
    } finally {
      await browser.close();
      npm.child.kill('SIGTERM');
      await npm.exited;
    }
  }, 120_000);
});
