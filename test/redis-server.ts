import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

/** A real Redis of a test's own, with nothing in it, on a port of its own. */
export interface RedisServer {
  readonly url: URL;
  /** For looking at what is in it, and for emptying it. */
  readonly client: Redis;
  /** Answers nothing any more, with its connections open. */
  pause(): void;
  resume(): void;
  /** Ends it at once. */
  kill(): Promise<void>;
  /** Again at the same port, with nothing in it. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Where Redis is missing, CI must not take silence for success. */
export function hasRedis(testFile: string): boolean {
  const runs = isInstalled() || process.env.CI === 'true';
  if (!runs)
    process.stderr.write(
      `\n*** NOT RUN: ${testFile}, since there is no redis-server (Debian: apt-get install redis-server) ***\n\n`,
    );
  return runs;
}

function isInstalled(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const directory = await mkdtemp(join(tmpdir(), 'ecwid-graphql-redis-'));
  const url = new URL(`redis://127.0.0.1:${port}/0`);
  const client = new Redis(url.href, { lazyConnect: true, retryStrategy: () => 50 });
  client.on('error', () => {});
  let child: ChildProcess;

  async function start(): Promise<void> {
    const settings = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', directory];
    child = spawn('redis-server', ['--port', String(port), ...settings], { stdio: 'ignore' });
    for (;;) {
      if (child.exitCode !== null) throw new Error(`redis-server has ended with ${child.exitCode}`);
      if (client.status === 'wait' || client.status === 'end') await client.connect().catch(() => {});
      if (client.status === 'ready' && (await client.ping().catch(() => '')) === 'PONG') return;
      await sleep(20);
    }
  }
  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  await start();
  return {
    url,
    client,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    kill,
    start,
    async close() {
      client.disconnect();
      await kill();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port.');
  return address.port;
}
