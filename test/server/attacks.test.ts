import { execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { doorOf } from '../door.ts';
import { post } from '../post.ts';
import { attacks } from './attacks.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
// Less memory than it would take to keep what is sent.
const program = spawn(process.execPath, ['--max-old-space-size=128', 'src/main.ts'], {
  cwd: root,
  env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', RATE_LIMIT: 'off' },
  stdio: ['ignore', 'pipe', 'pipe'],
});
let said = '';
const started = new Promise<string>((resolve) => {
  for (const stream of [program.stdout, program.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
      const [, address] = /GraphiQL\s+(http\S+)/.exec(said) ?? [];
      if (address) resolve(doorOf(address));
    });
  }
});
const ended = new Promise((resolve) => program.once('close', resolve));

let url = '';
/** Kilobytes of memory, once every kind of request has been answered. */
let memoryBefore = 0;
const answers: string[] = [];

beforeAll(async () => {
  url = await started;
  for (const { send } of attacks) await send(url);
  memoryBefore = memory();
});
afterAll(async () => {
  program.kill('SIGTERM');
  await ended;
});

function memory(): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(program.pid)]).toString());
}

/** Far more than any of them takes, and far less than one that works would. */
async function within<Value>(answer: Promise<Value>): Promise<Value> {
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error('No answer in 5 s.')), 5_000).unref();
  });
  return Promise.race([answer, late]);
}

describe('an attack by', () => {
  test.each(attacks)('$name is answered with $status $code', async ({ send, status, code }) => {
    const answered = await within(send(url));
    answers.push(JSON.stringify(answered));
    expect([answered.status, answered.code]).toEqual([status, code]);
    expect(await within(post(url, { query: '{ store { id } }' }))).toMatchObject({ status: 200 });
  });

  test('all of these leaves a gateway that answers as before', async () => {
    const { answer } = await post(url, { query: '{ carts(first: 3) { nodes { id } } store { id } }' });
    expect(answer).toMatchObject({ data: { carts: { nodes: [{}, {}, {}] }, store: { id: '4870020' } } });
    expect(program.exitCode).toBeNull();
  });

  test('all of these brings nothing out that is the gateway’s own', () => {
    const told = answers.join('\n');
    expect(answers.length).toBe(attacks.length);
    for (const text of [told, said]) {
      expect(text).not.toMatch(
        /secret_|\n? +at .+:\d+:\d+|node:internal|node_modules|\.ts:\d|\/home\/|\/tmp\//,
      );
      expect(text).not.toContain(root);
    }
    expect(told).not.toMatch(/127\.0\.0\.1|localhost|INTERNAL_SERVER_ERROR/);
    expect(said).not.toContain('an unexpected error was masked');
  });

  test('all of these, over and over, takes no memory for good', async () => {
    for (let round = 0; round < 3; round++) for (const { send } of attacks) await send(url);
    expect(memory() - memoryBefore).toBeLessThan(100_000);
  });

  test('documents that are each another is not remembered beyond the bound', async () => {
    for (let round = 0; round < 100; round++) {
      const sent = Array.from({ length: 20 }, (_, n) => {
        const query = `{ __typename } #${round}-${n}${'x'.repeat(95_000)}`;
        return post(url, { query });
      });
      for (const { status } of await Promise.all(sent)) expect(status).toBe(200);
    }
    // Their texts alone are 190 MB.
    expect(program.exitCode ?? program.signalCode).toBeNull();
  });
});
