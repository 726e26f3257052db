import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../src/sandbox/sandbox.ts';
import { run, temporary } from './program.ts';
import { audience, issuer, secret } from './tokens.ts';

const docs = readFileSync(new URL('../docs/command-line.md', import.meta.url), 'utf8');

/** What docs/command-line.md shows below a mark. */
function shown(mark: string): string {
  const [, text] = new RegExp(`^<!-- ${mark} -->\n\`\`\`\n([^]*?)^\`\`\``, 'm').exec(docs) ?? [];
  if (text === undefined) throw new Error(`docs/command-line.md shows nothing below ${mark}.`);
  return text;
}

let sandbox: Sandbox;
const taken = createServer();
beforeAll(async () => {
  sandbox = await createSandbox();
  await new Promise<void>((resolve) => {
    taken.listen(0, '127.0.0.1', resolve);
  });
});
afterAll(async () => {
  taken.close();
  await sandbox.close();
});

/** What the doctor says, with the places of the docs in place of those of this test. */
async function saidByDoctor(changes: Record<string, string>): Promise<string> {
  const directory = join(temporary, 'ecwid-graphql');
  const program = run(['doctor'], {
    ECWID_API_URL: sandbox.url.replace('127.0.0.1', 'localhost'),
    ECWID_STORE_ID: sandbox.storeId,
    ECWID_TOKEN: sandbox.secretToken,
    DATA_DIR: directory,
    AUTH_JWT_SECRET: secret,
    AUTH_JWT_ISSUER: issuer,
    AUTH_JWT_AUDIENCE: audience,
    ...changes,
  });
  await program.exited;
  return program
    .said()
    .replace(process.versions.node, '26.10.0')
    .replace(directory, '/var/lib/ecwid-graphql')
    .replace('127.0.0.1, any free port', '127.0.0.1, port 4000: free');
}

describe('docs/command-line.md', () => {
  test('shows what --help says', async () => {
    const program = run(['--help']);
    await program.exited;
    expect(shown('--help')).toBe(program.said());
  });

  test('shows what the doctor says of a sandbox', async () => {
    expect(shown('doctor')).toBe(await saidByDoctor({}));
  });

  test('shows what the doctor says where something is not well', async () => {
    const { port } = taken.address() as { port: number };
    const said = await saidByDoctor({ ECWID_TOKEN: 'secret_withdrawn', PORT: String(port) });
    expect(shown('doctor, with a token that was withdrawn and a port that is taken')).toBe(said);
  });

  test('has a row for each subject that the doctor speaks of, in their order', () => {
    const [, table = ''] = docs.split('| subject ');
    const rows = [...table.matchAll(/^\| (`.+?) +\|/gm)].flatMap(
      ([, names = '']) => names.match(/\w+/g) ?? [],
    );
    const subjects = [...shown('doctor').matchAll(/^[✓–] (\S+)/gm)].map(([, subject]) => subject);
    const untold = ['update_orders', 'create_orders'];
    expect(rows).toEqual(subjects.filter((subject) => !untold.includes(String(subject))));
  });
});
