import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach } from 'vitest';

export const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

export interface Program {
  readonly child: ChildProcess;
  /** All that it has said so far, to people and to the log. */
  said(): string;
  /** Resolves with what `pattern` first matches of what it says to people. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  readonly exited: Promise<number | NodeJS.Signals | null>;
}

/** What programs write is in it, and gone after the tests of a file. */
export const temporary = mkdtempSync(join(tmpdir(), 'ecwid-graphql-main-'));
afterAll(() => rmSync(temporary, { recursive: true }));

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Runs main.ts with nothing in its environment but this. */
export function run(args: readonly string[], environment: Record<string, string> = {}): Program {
  return start(process.execPath, [main, ...args], environment);
}

export function start(
  program: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Program {
  const child = spawn(program, args, {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TMPDIR: temporary,
      DATA_DIR: join(temporary, 'data'),
      PORT: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let out = '';
  let all = '';
  const waiting = new Set<() => void>();
  child.stdout.on('data', (chunk) => {
    out += chunk;
    all += chunk;
    for (const check of waiting) check();
  });
  child.stderr.on('data', (chunk) => {
    all += chunk;
  });
  const exited = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('close', (code, signal) => {
      running.delete(child);
      resolve(code ?? signal);
    });
  });
  return {
    child,
    said: () => all,
    exited,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const match = pattern.exec(out);
          if (match) resolve(match);
        };
        waiting.add(check);
        check();
        void exited.then((code) => reject(new Error(`It ended with ${code} and said:\n${all}`)));
      }),
  };
}

export async function query(origin: string, text: string, jwt?: string) {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(jwt && { authorization: `Bearer ${jwt}` }) },
    body: JSON.stringify({ query: text }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: what the query answers with is the test's own to know.
  return (await response.json()) as any;
}
