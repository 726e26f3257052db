import { describe, expect, test } from 'vitest';
import { ConfigurationError, readConfig } from '../src/config.ts';

const read = (environment: Record<string, string>) => readConfig({ defaultPort: 4000, environment });
const store = { ECWID_STORE_ID: '1003', ECWID_TOKEN: 'secret_abc' };

const defaults = {
  host: '127.0.0.1',
  port: 4000,
  logLevel: 'info',
  dataDir: 'data',
  placeOrderRequire: ['email', 'billing', 'shipping', 'payment', 'stock'],
  placeOrderVia: 'direct',
};

describe('the configuration', () => {
  test('is a sandbox on a loopback address where nothing is set', () => {
    expect(read({})).toEqual(defaults);
  });

  test('takes a variable set to nothing for unset', () => {
    expect(read({ ECWID_STORE_ID: '', ECWID_TOKEN: ' ', PORT: '', HOST: '', LOG_LEVEL: '' })).toEqual(
      read({}),
    );
  });

  test("is a store at Ecwid's own address where id and token are set", () => {
    const config = read({ ...store, HOST: '0.0.0.0', PORT: '8080', LOG_LEVEL: 'warn' });
    expect(config).toEqual({
      ...defaults,
      store: { storeId: '1003', token: 'secret_abc', apiUrl: new URL('https://app.ecwid.com/api/v3') },
      host: '0.0.0.0',
      port: 8080,
      logLevel: 'warn',
    });
  });

  test.each([
    ['payment', ['payment']],
    [' stock, email ,stock', ['email', 'stock']],
    ['none', []],
  ])('requires of a cart what PLACE_ORDER_REQUIRE names: %s', (value, required) => {
    expect(read({ PLACE_ORDER_REQUIRE: value }).placeOrderRequire).toEqual(required);
  });

  test('names every wrong variable in one message, and no value of any', () => {
    const wrong = {
      ECWID_STORE_ID: 'secret_in_the_wrong_place',
      ECWID_TOKEN: 'secret abc',
      ECWID_API_URL: 'https://user:pass@example.com/api',
      HOST: 'no host',
      PORT: '70000',
      LOG_LEVEL: 'loud',
      PLACE_ORDER_REQUIRE: 'email,telephone',
      PLACE_ORDER_VIA: 'carrier pigeon',
    };
    const message = messageOf(wrong);
    expect(message.split('\n')).toHaveLength(9);
    for (const [name, value] of Object.entries(wrong)) {
      expect(message).toContain(`  ${name} must be `);
      expect(message).not.toContain(value);
    }
  });

  test.each<[string, Record<string, string>, string]>([
    ['a store without a token', { ECWID_STORE_ID: '1003' }, 'ECWID_TOKEN is missing'],
    ['a token without a store', { ECWID_TOKEN: 'secret_abc' }, 'ECWID_STORE_ID is missing'],
    [
      'an address without a store',
      { ECWID_API_URL: 'http://127.0.0.1:4001/api/v3' },
      'ECWID_STORE_ID is missing',
    ],
    ['a rule that there is none of', { PLACE_ORDER_REQUIRE: 'email,phone' }, 'PLACE_ORDER_REQUIRE must be'],
    ['none beside others', { PLACE_ORDER_REQUIRE: 'none,email' }, 'PLACE_ORDER_REQUIRE must be'],
    ['a port of words', { PORT: 'http' }, 'PORT must be'],
    ['a port one too high', { PORT: '65536' }, 'PORT must be'],
    ['an address with a fragment', { ...store, ECWID_API_URL: 'https://e.com/#x' }, 'ECWID_API_URL must be'],
    ['a negative port', { PORT: '-1' }, 'PORT must be'],
    ['a port with a fraction', { PORT: '80.5' }, 'PORT must be'],
    ['an address that is none', { ...store, ECWID_API_URL: 'app.ecwid.com' }, 'ECWID_API_URL must be'],
    ['an address of another kind', { ...store, ECWID_API_URL: 'ftp://example.com' }, 'ECWID_API_URL must be'],
    [
      'an address with a query',
      { ...store, ECWID_API_URL: 'https://e.com/?token=x' },
      'ECWID_API_URL must be',
    ],
    ['a token with a line break', { ...store, ECWID_TOKEN: 'secret\nabc' }, 'ECWID_TOKEN must be'],
  ])('refuses %s', (_name, environment, text) => {
    expect(messageOf(environment)).toContain(text);
  });
});

function messageOf(environment: Record<string, string>): string {
  try {
    read(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as Error).message;
  }
  throw new Error('The configuration was taken.');
}
