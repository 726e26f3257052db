import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:http2';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultTiming } from '../src/checkout/timing.ts';
import { variables } from '../src/config-variables.ts';
import { defaultLimits } from '../src/limits.ts';
import { query, run, start, temporary } from './program.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const page = read('docs/deploying.md');
const block = (language: string) =>
  new RegExp(`^\`\`\`${language}\\n([\\s\\S]+?)^\`\`\``, 'm').exec(page)?.[1] ?? '';

/** The number in what `pattern` matches. */
function seconds(pattern: RegExp, text = page): number {
  const [, number = ''] = pattern.exec(text) ?? [];
  expect(number, String(pattern)).not.toBe('');
  return Number(number.replaceAll('_', ''));
}

const drainSeconds = seconds(/drainMs = ([\d_]+)/, read('src/server/http-server.ts')) / 1_000;
const endSeconds = drainSeconds + defaultTiming.stepMs / 1_000;

const started = /QL\s+(http:\/\/[\d.]+:\d+)\/graphql/;

/** Why a tool cannot be asked, which is printed; false where it is there. */
function missing(tool: string): string | false {
  const reason = spawnSync(tool, ['-v']).error ? `${tool} is not installed` : false;
  if (reason) process.stderr.write(`Skipped: ${reason}.\n`);
  return reason;
}

describe('docs/deploying.md', () => {
  test('names variables that there are', () => {
    const named = new Set([
      ...[...page.matchAll(/`([A-Z]+(?:_[A-Z]+)+)(?:=\w+)?`/g)].map(([, name]) => name),
      ...[...page.matchAll(/\b([A-Z]+(?:_[A-Z]+)+)=/g)].map(([, name]) => name),
      ...[...page.matchAll(/name: ([A-Z_]+),/g)].map(([, name]) => name),
    ]);
    const isNone = ['CART_NOT_FOUND', 'NODE_ENV', 'NODE_EXTRA_CA_CERTS', 'OUTCOME_UNKNOWN'];
    const unknown = [...named].filter((name = '') => !(name in variables.shape) && !isNone.includes(name));
    expect(unknown).toEqual([]);
    expect(named.size).toBeGreaterThan(12);
  });

  test('gives it the time that it takes to end', () => {
    expect(seconds(/TimeoutStopSec=(\d+)/)).toBeGreaterThan(endSeconds);
    const delay = seconds(/name: SHUTDOWN_DELAY, value: '(\d+)'/);
    expect(seconds(/terminationGracePeriodSeconds: (\d+)/)).toBeGreaterThan(delay + endSeconds);
    expect(seconds(/`SHUTDOWN_DELAY` and (\d+) seconds before/)).toBe(endSeconds);
    // Not ready before it stops taking connections, and known to be.
    const [, period = '', failures = ''] =
      /health\/ready.*periodSeconds: (\d+), failureThreshold: (\d+)/.exec(page) ?? [];
    expect(Number(period) * Number(failures)).toBeLessThan(delay);
  });

  test('has nginx wait for longer than the gateway takes', () => {
    const nginx = block('nginx');
    const longest = Math.max(defaultTiming.deadlineMs / 1_000, defaultLimits.querySeconds);
    expect(seconds(/proxy_read_timeout (\d+)s/, nginx)).toBeGreaterThan(longest);
    expect(seconds(/at most, (\d+) seconds/, nginx)).toBe(longest);
    expect(seconds(/keepalive_timeout (\d+)s/, nginx)).toBeLessThan(defaultLimits.idleSeconds);
    expect(seconds(/client_max_body_size (\d+)m/, nginx) * 1_000_000).toBeGreaterThan(defaultLimits.body);
  });

  test('has nginx pass on what the example of replicas does', () => {
    const settingsOf = (text: string) =>
      [...text.matchAll(/^ *(proxy_(?!pass)\S+ .+;|client_\S+ .+;|location .+)$/gm)].map(
        ([, setting]) => setting,
      );
    expect(settingsOf(block('nginx'))).toEqual(settingsOf(read('examples/replicas/nginx.conf')));
    expect(block('nginx')).toContain('proxy_set_header X-Forwarded-Host $host;');
  });

  const noSystemd = missing('systemd-analyze');
  test.skipIf(noSystemd)('has a unit that systemd takes', () => {
    const unit = join(temporary, 'ecwid-graphql.service');
    expect(block('ini')).toContain('ExecStart=/usr/local/bin/ecwid-graphql\n');
    // It looks whether the program is there.
    writeFileSync(unit, block('ini').replace('/usr/local/bin/ecwid-graphql', process.execPath));
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', unit], {
      encoding: 'utf8',
    });
    expect(stderr.split('\n').filter((line) => line.includes('ecwid-graphql.service'))).toEqual([]);
    expect(status, stderr).toBe(0);
  });

  test('has a container that copies what is built, and knows whether it lives', async () => {
    const containerfile = block('dockerfile');
    const copied = [...containerfile.matchAll(/^COPY --from=build \/build\/(\S+) /gm)].map(
      ([, name]) => name,
    );
    expect(copied).toEqual(['package.json', 'node_modules', 'dist']);
    const { bin, engines, scripts } = JSON.parse(read('package.json'));
    expect(scripts).toHaveProperty('build');
    const [, command = ''] = /^CMD (\[.*\])$/m.exec(containerfile) ?? [];
    expect(JSON.parse(command)).toEqual(['node', bin['ecwid-graphql']]);
    const oldest = Number(engines.node.replace('>=', ''));
    for (const [, version] of containerfile.matchAll(/^FROM node:(\d+)-slim/gm))
      expect(Number(version)).toBeGreaterThanOrEqual(oldest);

    const [, check = ''] = /^ +CMD (\[.*\])$/m.exec(containerfile) ?? [];
    const [, ...args]: string[] = JSON.parse(check);
    const program = run([]);
    const [, origin = ''] = await program.says(started);
    const isAlive = () =>
      start(
        process.execPath,
        args.map((arg) => arg.replace('http://127.0.0.1:4000', origin)),
      ).exited;
    expect(await isAlive()).toBe(0);
    program.child.kill('SIGTERM');
    await program.exited;
    expect(await isAlive()).toBe(1);
  });

  const noNginx = missing('nginx');
  test.skipIf(noNginx)('has an nginx that speaks HTTP/2, and whose callers each have a budget', async () => {
    const gateway = run([], { TRUST_PROXY: '2', RATE_LIMIT: '2' });
    const [, origin = ''] = await gateway.says(started);
    const port = await freePort();
    const http2Port = await freePort();
    // Without TLS, beside whatever nginx runs here, and in one process, so that none is left where the test fails.
    const http = block('nginx')
      .replace('127.0.0.1:4000', new URL(origin).host)
      .replace('listen 443 ssl', `listen 127.0.0.1:${port};\n listen 127.0.0.1:${http2Port}`)
      .replace(/^ +ssl_.*\n/gm, '');
    const directory = join(temporary, 'nginx');
    mkdirSync(directory);
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((name) => `${name}_temp_path ${directory}/${name};`)
      .join('\n');
    const configuration = join(directory, 'nginx.conf');
    writeFileSync(
      configuration,
      `daemon off; master_process off; pid ${directory}/pid; error_log stderr; events {}\nhttp { access_log off; ${paths}\n${http} }`,
    );
    const nginx = start('nginx', ['-e', 'stderr', '-c', configuration]);
    const proxied = `http://127.0.0.1:${port}`;
    await expect
      .poll(() => query(proxied, '{ __typename }').catch(() => nginx.said()))
      .toHaveProperty('data');

    const ask = async (from: string) => {
      const response = await fetch(`${proxied}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': from },
        body: JSON.stringify({ query: '{ __typename }' }),
      });
      return response.status;
    };
    expect([await ask('192.0.2.1'), await ask('192.0.2.1'), await ask('192.0.2.1')]).toEqual([200, 200, 429]);
    expect(await ask('192.0.2.2')).toBe(200);
    expect((await fetch(`${proxied}/health/live`)).status).toBe(404);
    const session = connect(`http://127.0.0.1:${http2Port}`);
    const stream = session.request({
      ':path': '/graphql?query=%7B__typename%7D',
      'x-forwarded-for': '192.0.2.3',
    });
    const [headers] = await once(stream, 'response');
    session.destroy();
    expect(headers).toMatchObject({ ':status': 200 });
    nginx.child.kill('SIGTERM');
    await nginx.exited;
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
