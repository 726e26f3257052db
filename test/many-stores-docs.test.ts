import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { defaultConnections } from '../src/ecwid/dispatcher.ts';
import { codesOfRequests } from '../src/error-codes.ts';
import { defaultLimits } from '../src/limits.ts';
import { temporary } from './program.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const page = read('docs/many-stores.md');
const [, example = ''] = /^```json\n([\s\S]+?)^```/m.exec(page) ?? [];

describe('docs/many-stores.md', () => {
  test('shows a file that is read as it stands', () => {
    const path = join(temporary, 'stores.json');
    writeFileSync(path, example, { mode: 0o600 });
    const environment = { STORES_FILE: path, TOKEN_OF_1003: 'secret_of1003', CLIENT_SECRET: 'client' };
    const { stores } = readConfig({ defaultPort: 4000, environment });
    expect(stores).toMatchObject({
      isExposed: false,
      entries: [
        { store: { storeId: '1003', clientSecret: 'client' }, hosts: ['cherries.example'] },
        { store: { storeId: '1004' }, hosts: ['plums.example', 'www.plums.example'], ecwidRateLimit: 300 },
      ],
    });
  });

  test('names each part of an entry', () => {
    const shown: Record<string, unknown>[] = JSON.parse(example).stores;
    const [, table = ''] = /^\| name .*\n\| -.*\n((?:\|.*\n)+)/m.exec(page) ?? [];
    const named = [...table.matchAll(/^\| (.+?) *\|/gm)].flatMap(([, names = '']) =>
      [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );
    expect(named.toSorted()).toEqual([...new Set(shown.flatMap(Object.keys)), 'apiUrl'].sort());
  });

  test('tells numbers and codes that are so', () => {
    expect(page).toContain(`Connections to Ecwid (${defaultConnections})`);
    expect(page).toContain(`(\`inFlight\`, ${defaultLimits.inFlight})`);
    const pool = read('src/stores/store-pool.ts');
    expect(pool).toContain('mostOpen = 100');
    expect(pool).toContain('idleMs = 120_000');
    expect(page).toMatch(/two minutes all but 100 are closed/);
    for (const [, status, code = ''] of page.matchAll(/\| (\d{3}), `([A-Z_]+)`/g)) {
      expect(codesOfRequests[code]?.status, code).toContain(status);
    }
  });
});
