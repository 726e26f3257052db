import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { type Program, run, start, temporary } from '../program.ts';
import { hasRedis, type RedisServer } from '../redis-server.ts';

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
}

/** Where nginx or Redis is missing, CI must not take silence for success. */
export function hasReplicas(testFile: string): boolean {
  const hasNginx = !spawnSync('nginx', ['-v']).error || process.env.CI === 'true';
  if (!hasNginx) process.stderr.write(`\n*** NOT RUN: ${testFile}, since there is no nginx ***\n\n`);
  return hasRedis(testFile) && hasNginx;
}

export interface ReplicasOptions {
  readonly count: number;
  readonly redis: RedisServer;
  readonly sandbox: Pick<Sandbox, 'url' | 'storeId' | 'secretToken'>;
  readonly environment?: Record<string, string>;
}

/** They end with the test that has started them. */
export async function startReplicas({
  count,
  redis,
  sandbox,
  environment = {},
}: ReplicasOptions): Promise<Replicas> {
  const ports = await Promise.all(Array.from({ length: count }, freePort));
  const all = ports.map((port) =>
    createReplica(port, {
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
  return { origin, all };
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

async function startNginx(ports: readonly number[]): Promise<string> {
  const directory = await mkdtemp(join(temporary, 'nginx-'));
  const port = await freePort();
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${directory}/${name};`)
    .join('\n');
  const configuration = join(directory, 'nginx.conf');
  await writeFile(
    configuration,
    `daemon off; master_process off; pid ${directory}/pid; error_log ${directory}/error.log; events {}
    http {
      access_log off; ${paths}
      upstream gateways {
        ${ports.map((one) => `server 127.0.0.1:${one} max_fails=0;`).join('\n')}
        keepalive 32;
      }
      server {
        listen 127.0.0.1:${port};
        location / {
          proxy_pass http://gateways;
          proxy_http_version 1.1;
          proxy_set_header Connection "";
          proxy_read_timeout 45s;
        }
      }
    }`,
  );
  start('nginx', ['-e', `${directory}/error.log`, '-c', configuration]);
  const origin = `http://127.0.0.1:${port}`;
  while (
    !(await fetch(origin).then(
      () => true,
      () => false,
    ))
  )
    await sleep(20);
  return origin;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
