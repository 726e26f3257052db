import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StoreOptions } from '../../src/stores/store-entry.ts';
import { temporary } from '../program.ts';
import { type CountedStore, startStore } from '../stores/many-stores.ts';
import { audience, issuer, secret } from '../tokens.ts';
import { consult } from './consult.ts';

let first: CountedStore;
let second: CountedStore;
beforeAll(async () => {
  [first, second] = await Promise.all([startStore('1001'), startStore('1002')]);
});
afterAll(async () => {
  await first.sandbox.close();
  await second.sandbox.close();
});

function consultStores(name: string, stores: readonly StoreOptions[], mode = 0o600) {
  const file = join(temporary, `${name}.json`);
  writeFileSync(file, JSON.stringify({ stores }));
  chmodSync(file, mode);
  return consult({ STORES_FILE: file });
}

describe('the doctor, of many stores', () => {
  test('has a line for each that is well, and its host', async () => {
    const auth = { issuer, audience, secret };
    const consultation = await consultStores('well', [
      { ...first.entry, host: 'one.example' },
      { ...second.entry, auth },
    ]);
    expect(consultation).toMatchObject({ exitCode: 0, ills: [] });
    expect(consultation.wells).toEqual(['Node', 'Configuration', 'Address', 'Stores', '1001', '1002']);
    expect(consultation.found('Stores')).toBe('2 in STORES_FILE');
    expect(consultation.found('1001')).toBe('My Super Store, USD, one.example');
    expect(consultation.found('1002')).toBe('My Super Store, USD');
    expect(consultation.said).not.toContain(secret);
    // Two reads of each.
    expect([first.calls.length, second.calls.length]).toEqual([2, 2]);
  });

  test('names what is not well by the store and the words of the file, and looks at all others', async () => {
    const { exitCode, ills, wells, said } = await consultStores('ill', [
      { ...first.entry, token: 'secret_MARKED', host: 'one.example' },
      { ...second.entry, host: 'two.example' },
      {
        id: '1003',
        token: 'secret_MARKED',
        apiUrl: 'http://127.0.0.1:9/api/v3',
        auth: { issuer, audience, jwksUrl: 'http://127.0.0.1:9/jwks.json' },
      },
    ]);
    expect(ills).toEqual([
      '1001 Token: Ecwid refuses it → Set token to the secret token that the app has for the store in id.',
      expect.stringMatching(/^1003 Callers: auth\.jwksUrl: the connection .* → Look at /),
      expect.stringMatching(/^1003 Connection: the connection is refused → Look at the port in apiUrl/),
    ]);
    expect(wells).toContain('1002');
    expect(exitCode).toBe(1);
    expect(said).not.toContain('MARKED');
  });

  test('warns of a file whose secrets everybody may read', async () => {
    const { ills } = await consultStores('exposed', [{ ...first.entry, host: 'one.example' }], 0o644);
    expect(ills).toEqual([expect.stringMatching(/^Stores: STORES_FILE holds secrets.* → .*chmod 600/)]);
  });
});
