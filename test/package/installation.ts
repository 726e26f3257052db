import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';

const here = import.meta.dirname;
const root = resolve(here, '../..');

/** The package as it is packed and installed by strangers, in a directory with nothing else in it. */
export interface Installation {
  readonly directory: string;
  /** The file that was packed. */
  readonly tarball: string;
  remove(): void;
}

export function installPackage(): Installation {
  const directory = mkdtempSync(join(tmpdir(), 'ecwid-graphql-package-'));
  const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', directory], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
    encoding: 'utf8',
  });
  // What building says comes before it.
  const name = /"filename": "([^"]+)"/.exec(packed)?.[1] ?? '';
  const tarball = join(directory, name);
  const shop = join(directory, 'shop');
  mkdirSync(shop);
  execFileSync('npm', ['init', '-y', '--init-type', 'module'], { cwd: shop, stdio: 'ignore' });
  execFileSync('npm', ['install', '--no-audit', '--no-fund', tarball], { cwd: shop, stdio: 'ignore' });
  // Servers to mount it in, each with what it needs itself.
  for (const server of ['express', 'fastify']) {
    symlinkSync(join(here, 'node_modules', server), join(shop, 'node_modules', server));
  }
  cpSync(join(here, 'servers'), join(shop, 'servers'), { recursive: true });
  return { directory: shop, tarball, remove: () => rmSync(directory, { recursive: true }) };
}

/** The Node of either version, undefined where there is none for this machine. */
export const nodes: Readonly<Record<string, string | undefined>> = {
  24: existing(join(here, 'node_modules', `node-24-${process.platform}-${process.arch}`, 'bin', 'node')),
  26: existing(join(root, 'node_modules', 'node', 'bin', 'node')),
};

function existing(path: string): string | undefined {
  return existsSync(path) ? path : undefined;
}

export interface Running {
  /** Resolves with what `pattern` first matches of all that it says. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  said(): string;
  stop(): void;
  readonly exited: Promise<number | null>;
}

/** Runs a command in an installation, where `node` is this one. */
export function runIn(
  { directory }: Installation,
  node: string,
  [command = '', ...args]: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Running {
  const child = spawn(command, args, {
    cwd: directory,
    env: {
      HOME: directory,
      PATH: [dirname(node), process.env.PATH].join(delimiter),
      PORT: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
      for (const check of waiting) check();
    });
  }
  const exited = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  return {
    said: () => said,
    exited,
    // npx is told, and all that it has started.
    stop: () => void (child.pid && process.kill(-child.pid, 'SIGTERM')),
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const match = pattern.exec(said);
          if (match) resolve(match);
        };
        waiting.add(check);
        check();
        void exited.then((code) => reject(new Error(`It ended with ${code} and said:\n${said}`)));
      }),
  };
}

/** A port that is free at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}

export function write(installation: Installation, name: string, text: string): void {
  writeFileSync(join(installation.directory, name), text);
}
