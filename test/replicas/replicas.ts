import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { type Program, query, run, start, temporary } from '../program.ts';
import { freePort, hasRedis, type RedisServer } from '../redis-server.ts';
import { audience, claims, issuer, secret, sign } from '../tokens.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** One of several gateways that share a Redis, as a process; at the same port again after each end. */
export interface Replica {
  readonly origin: string;
  /** All that it has said, in all its lives. */
  said(): string;
  start(): Promise<void>;
  /** Its exit code, or the signal that ended it. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | NodeJS.Signals | null>;
}

/** Gateways behind an nginx, which knows nothing of them but their addresses. */
export interface Replicas {
  /** Of the nginx. */
  readonly origin: string;
  readonly all: readonly Replica[];
  /** Asks as staff, through the nginx unless another origin is given. */
  ask(text: string, origin?: string): ReturnType<typeof query>;
}

/** Where nginx or Redis is missing, CI must not take silence for success. */
export function hasReplicas(testFile: string): boolean {
  const hasNginx = !spawnSync('nginx', ['-v']).error || process.env.CI === 'true';
  if (!hasNginx) process.stderr.write(`\n*** NOT RUN: ${testFile}, since there is no nginx ***\n\n`);
  return hasRedis(testFile) && hasNginx;
}

/** What README sets for each of many replicas, where things are among it. */
function settingsOfReadme(): Record<string, string> {
  const [, section = ''] = /^## Many replicas\n([\s\S]*?)^## /m.exec(read('README.md')) ?? [];
  const [, block = ''] = /```sh\n([\s\S]*?)```/.exec(section) ?? [];
  return Object.fromEntries(
    [...block.matchAll(/\b([A-Z][A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name, value]),
  );
}

export interface ReplicasOptions {
  /** Default 3. */
  readonly count?: number;
  readonly redis: RedisServer;
  readonly sandbox: Pick<Sandbox, 'url' | 'storeId' | 'secretToken'>;
  readonly environment?: Record<string, string>;
}

/** Configured as README says, but for where all is. They end with the test that has started them. */
export async function startReplicas({
  count = 3,
  redis,
  sandbox,
  environment = {},
}: ReplicasOptions): Promise<Replicas> {
  const ports = await Promise.all(Array.from({ length: count }, freePort));
  const all = ports.map((port) =>
    createReplica(port, {
      ...settingsOfReadme(),
      AUTH_JWT_SECRET: secret,
      AUTH_JWT_ISSUER: issuer,
      AUTH_JWT_AUDIENCE: audience,
      PORT: String(port),
      ECWID_API_URL: sandbox.url,
      ECWID_STORE_ID: sandbox.storeId,
      ECWID_TOKEN: sandbox.secretToken,
      REDIS_URL: redis.url.href,
      // Of tests that share a Redis each has keys of its own.
      REDIS_PREFIX: `replicas-${ports.join('-')}:`,
      // Nothing may be written there.
      DATA_DIR: '/proc/nowhere',
      // All callers come from one address here, and the sandbox takes whatever is sent.
      ORDER_RATE_LIMIT: 'off',
      RATE_LIMIT: 'off',
      ECWID_RATE_LIMIT: '600000',
      ...environment,
    }),
  );
  const [origin] = await Promise.all([startNginx(ports), ...all.map((replica) => replica.start())]);
  const staff = await sign(claims({ sub: 'staff-1', scope: 'read_orders update_orders create_orders' }));
  return { origin, all, ask: (text, at = origin) => query(at, text, staff) };
}

function createReplica(port: number, environment: Record<string, string>): Replica {
  const origin = `http://127.0.0.1:${port}`;
  const lives: Program[] = [];
  return {
    origin,
    said: () => lives.map((life) => life.said()).join(''),
    async start() {
      const program = run([], environment);
      lives.push(program);
      await program.says(/\/graphql/);
    },
    async end(signal) {
      const program = lives.at(-1);
      program?.child.kill(signal);
      return (await program?.exited) ?? null;
    },
  };
}

/** As examples/replicas/nginx.conf says, but for where all is. */
async function startNginx(ports: readonly number[]): Promise<string> {
  const directory = await mkdtemp(join(temporary, 'nginx-'));
  const port = await freePort();
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${directory}/${name};`)
    .join('\n');
  const servers = ports.map((one) => `    server 127.0.0.1:${one};\n`).join('');
  const configuration = join(directory, 'nginx.conf');
  // In one process, so that none is left where the test fails.
  await writeFile(
    configuration,
    `master_process off;\n${read('examples/replicas/nginx.conf')}`
      .replace(/(?: +server 127\.0\.0\.1:\d+;\n)+/, servers)
      .replace('listen 127.0.0.1:4000;', `listen 127.0.0.1:${port};`)
      .replace(/^pid .*$/m, `pid ${directory}/pid;`)
      .replace('http {', `http {\n${places}`),
  );
  const nginx = start('nginx', ['-e', 'stderr', '-c', configuration]);
  const origin = `http://127.0.0.1:${port}`;
  await expect.poll(() => fetch(origin).then(() => 'answers', nginx.said)).toBe('answers');
  return origin;
}
