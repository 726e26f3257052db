import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Listening, listen } from './listen.ts';

/** Where the services are. */
export interface Addresses {
  readonly ecwid: string;
  readonly customers: string;
}

/** How it is started: by itself it takes port 4000, which is the service's own, of every address. */
export const hiveArguments = (port: string) => ['supergraph', '--port', port, '--host', '127.0.0.1'];

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What `mesh-compose` makes of the two files, served by `hive-gateway`: each a program of its own. */
export async function startHiveGateway({ ecwid, customers }: Addresses): Promise<Listening> {
  const cwd = mkdtempSync(join(tmpdir(), 'ecwid-graphql-hive-'));
  copyFileSync(pathOf('../../subgraph.graphql'), join(cwd, 'subgraph.graphql'));
  copyFileSync(pathOf('../../examples/supergraph/customers.graphql'), join(cwd, 'customers.graphql'));
  const env = { PATH: process.env.PATH, ECWID_URL: ecwid, CUSTOMERS_URL: customers };
  const run = (program: string, args: readonly string[]) =>
    spawn(process.execPath, [pathOf(`node_modules/.bin/${program}`), ...args], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  await says(run('mesh-compose', ['-c', pathOf('mesh.config.ts'), '-o', 'supergraph.graphql']), 'Done!');
  const port = await freePort();
  const hive = run('hive-gateway', [...hiveArguments(port), '-c', pathOf('gateway.config.ts')]);
  await says(hive, 'Listening on');
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    async close() {
      const ended = once(hive, 'exit');
      hive.kill();
      await ended;
      rmSync(cwd, { recursive: true });
    },
  };
}

/** Done when a program has said so. */
function says(program: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    for (const output of [program.stdout, program.stderr]) {
      output?.on('data', (chunk) => {
        said += chunk;
        if (said.includes(words)) resolve();
      });
    }
    program.once('exit', () => reject(new Error(said)));
  });
}

/** It is not told which port it got where it takes any. */
async function freePort(): Promise<string> {
  const { url, close } = await listen(() => {});
  await close();
  return new URL(url).port;
}
