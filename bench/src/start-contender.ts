import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Contender, environmentOf, type Surroundings } from './contenders.ts';
import { nodeCommand } from './pinning.ts';

export interface Running {
  readonly name: string;
  readonly pid: number;
  readonly port: number;
  close(): Promise<void>;
}

export interface StartOptions extends Omit<Surroundings, 'dataDir'> {
  /** For what processes write. */
  readonly directory: string;
  readonly isPinned: boolean;
}

/** Half of what Node lets young objects take where a process has several GB to itself; nobody is slower with it. */
export const nodeFlags = ['--max-semi-space-size=16'];

// None outlives this process.
const pids = new Set<number>();
process.once('exit', () => {
  for (const pid of pids) process.kill(pid, 'SIGKILL');
});

/** A contender in a process of its own, as soon as it says where it listens. */
export async function startContender(
  { name, main }: Contender,
  { directory, isPinned, ...surroundings }: StartOptions,
): Promise<Running> {
  const dataDir = mkdtempSync(join(directory, `${name}-`));
  const logPath = join(dataDir, 'log');
  const log = openSync(logPath, 'a');
  const [command, ...args] = nodeCommand(isPinned);
  const child = spawn(command, [...args, ...nodeFlags, main], {
    env: environmentOf({ ...surroundings, dataDir }),
    stdio: ['ignore', 'pipe', log],
  });
  closeSync(log);
  const pid = child.pid ?? 0;
  pids.add(pid);
  const exited = once(child, 'exit').finally(() => pids.delete(pid));
  const said = new Promise<number>((resolve) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      const port = /http:\/\/127\.0\.0\.1:(\d+)\/graphql/.exec(text)?.[1];
      if (port) resolve(Number(port));
    });
  });
  const port = await Promise.race([
    said,
    exited.then(() => {
      throw new Error(`${name} has ended before it was ready:\n${readFileSync(logPath, 'utf8')}`);
    }),
  ]);
  return {
    name,
    pid,
    port,
    async close() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
