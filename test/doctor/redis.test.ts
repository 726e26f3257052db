import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.ts';
import { temporary } from '../program.ts';
import { hasRedis, type RedisServer, startRedis } from '../redis-server.ts';
import { openSilentPort } from '../silent-port.ts';
import { consult } from './consult.ts';

describe.runIf(hasRedis('test/doctor/redis.test.ts'))('the doctor, of Redis', () => {
  let sandbox: Sandbox;
  let redis: RedisServer;
  beforeAll(async () => {
    sandbox = await createSandbox();
    redis = await startRedis();
  });
  afterAll(async () => {
    await sandbox.close();
    await redis.close();
  });

  const consultOver = async (url = redis.url.href) => {
    const consultation = await consult({
      ECWID_API_URL: sandbox.url,
      ECWID_STORE_ID: sandbox.storeId,
      ECWID_TOKEN: sandbox.secretToken,
      REDIS_URL: url,
    });
    for (const secret of [new URL(url).host, new URL(url).password || 'hunter2'])
      expect(consultation.said).not.toContain(secret);
    return consultation;
  };

  test('finds it well, leaves nothing in it, and looks for no journal elsewhere', async () => {
    const { found, exitCode, said } = await consultOver();
    expect(found('Redis'), said).toBe(
      'it can be written to, and what is written is in its memory alone, without appendonly',
    );
    expect(found('Journal')).toBe('is in Redis');
    expect(exitCode).toBe(0);
    expect(await redis.client.keys('*')).toEqual([]);
  });

  test('looks for the journals of many stores nowhere else either', async () => {
    const { url: apiUrl, storeId: id, secretToken: token } = sandbox;
    const file = join(temporary, 'stores-over-redis.json');
    writeFileSync(file, JSON.stringify({ stores: [{ id, token, apiUrl, host: 'one.example' }] }), {
      mode: 0o600,
    });
    // That is no directory.
    const environment = { STORES_FILE: file, DATA_DIR: file };
    expect((await consult(environment)).ills).toEqual([
      expect.stringMatching(/Journal: DATA_DIR is no directory/),
    ]);
    const { ills, wells, said } = await consult({ ...environment, REDIS_URL: redis.url.href });
    expect(ills, said).toEqual([]);
    expect(wells).toContain(id);
  });

  const set = (name: string, value: string) => () => redis.client.config('SET', name, value);
  test.each<[string, RegExp, () => Promise<unknown>, () => Promise<unknown>]>([
    [
      'may forget',
      /^Redis: it forgets what was written .* noeviction/,
      async () => [await set('maxmemory', '100mb')(), await set('maxmemory-policy', 'volatile-lru')()],
      async () => [await set('maxmemory', '0')(), await set('maxmemory-policy', 'noeviction')()],
    ],
    ['is full', /^Redis: its memory is full/, set('maxmemory', '1'), set('maxmemory', '0')],
    [
      'is a replica',
      /^Redis: it is a replica, and read only/,
      () => redis.client.replicaof('127.0.0.1', 1),
      () => redis.client.replicaof('NO', 'ONE'),
    ],
    [
      'wants a password',
      /^Redis: it does not take the user and password/,
      set('requirepass', 'hunter2'),
      set('requirepass', ''),
    ],
  ])('names one that %s', async (_what, ill, begin, end) => {
    await begin();
    const { ills, said, exitCode } = await consultOver();
    await end();
    expect(ills, said).toEqual([expect.stringMatching(ill)]);
    expect(exitCode).toBe(1);
  });

  test('names a password that is wrong, and not the password', async () => {
    await redis.client.config('SET', 'requirepass', 'hunter2');
    const { ills, said } = await consultOver(redis.url.href.replace('//', '//:hunter3@'));
    await redis.client.config('SET', 'requirepass', '');
    expect(ills, said).toEqual([expect.stringMatching(/^Redis: it does not take the user and password/)]);
  });

  test('names a database that there is none of', async () => {
    const { ills, said } = await consultOver(redis.url.href.replace(/0$/, '99'));
    expect(ills, said).toEqual([
      expect.stringMatching(/^Redis: it has no database of that number .* REDIS_URL/),
    ]);
    expect((await consultOver(redis.url.href.replace(/0$/, '15'))).ills).toEqual([]);
  });

  test('names a user who may write all keys and neither publish nor listen', async () => {
    const rules = ['on', '>hunter2', 'allkeys', 'allcommands', 'resetchannels'];
    await redis.client.acl('SETUSER', 'shop', ...rules);
    const url = redis.url.href.replace('//', '//shop:hunter2@');
    const without = await consultOver(url);
    expect(without.ills, without.said).toEqual([
      expect.stringMatching(/^Redis: its user may not .* channels/),
    ]);
    await redis.client.acl('SETUSER', 'shop', '&ecwid-graphql:*');
    const withThem = await consultOver(url);
    expect(withThem.ills, withThem.said).toEqual([]);
  });

  test('names what answers nil to everything, and is no Redis', async () => {
    const nil = createServer((socket) =>
      socket
        .on('error', () => {})
        .on('data', (asked) => {
          socket.write('$-1\r\n'.repeat(asked.toString().match(/^\*\d+\r$/gm)?.length ?? 0));
        }),
    );
    await once(nil.listen(0, '127.0.0.1'), 'listening');
    const { ills, said } = await consultOver(`redis://127.0.0.1:${(nil.address() as AddressInfo).port}/0`);
    nil.close();
    expect(ills, said).toEqual([expect.stringMatching(/^Redis: what answers is no Redis/)]);
  });

  test('names one that is not there, one that says nothing, and one without TLS', async () => {
    const { url } = await openSilentPort();
    const [refused, silent, plain] = await Promise.all([
      consultOver('redis://127.0.0.1:1/0'),
      consultOver(`redis://${new URL(url).host}/0`),
      consultOver(redis.url.href.replace('redis:', 'rediss:')),
    ]);
    expect(refused.ills).toEqual([expect.stringMatching(/^Redis: the connection is refused .* REDIS_URL/)]);
    expect(silent.ills).toEqual([expect.stringMatching(/^Redis: no answer in time/)]);
    expect(plain.ills).toEqual([
      expect.stringMatching(/^Redis: (no answer in time|what answers speaks no TLS)/),
    ]);
  }, 60_000);
});
