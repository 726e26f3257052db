import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { variables } from '../src/config-variables.ts';
import { createSandbox, type Sandbox } from '../src/sandbox/sandbox.ts';
import { run } from './program.ts';
import { sign } from './tokens.ts';

const page = readFileSync(new URL('../docs/quick-start.md', import.meta.url), 'utf8');
const [onSandbox = '', overStore = ''] = page.split(/^## Over a store$/m);

/** Blocks of commands, each with the JSON that is shown below it. */
function blocks(text: string): { readonly script: string; readonly shown: string | undefined }[] {
  return [...text.matchAll(/^```sh\n([\s\S]+?)^```\n(?:\n```json\n([\s\S]+?)^```)?/gm)].map(
    ([, script = '', shown]) => ({ script, shown }),
  );
}

const isCall = ({ script }: { readonly script: string }) => script.startsWith('curl ');
const started = /QL\s+(http:\/\/[\d.]+:\d+)\/graphql/;

/** What a block answers when it is sent to a gateway there, in place of the page's own. */
async function answer(script = '', origin = '', environment: Record<string, string> = {}): Promise<unknown> {
  const here = script.replaceAll('http://127.0.0.1:4000', origin);
  expect(here).not.toBe(script);
  const env = { PATH: process.env.PATH, ...environment };
  // The sandbox that it asks in the end is in this process.
  const { stdout } = await promisify(execFile)('sh', ['-ec', here], { env });
  return JSON.parse(stdout);
}

/** The variables that the blocks export. */
function exported(): Record<string, string> {
  const lines = blocks(overStore).flatMap(({ script }) => script.match(/^export .*$/gm) ?? []);
  const printed = execFileSync('sh', ['-ec', `${lines.join('\n')}\nenv`], {
    env: { PATH: process.env.PATH },
    encoding: 'utf8',
  });
  const pairs = printed.split('\n').map((line) => line.split(/=(.*)/s).slice(0, 2));
  return Object.fromEntries(pairs.filter(([name = '']) => name in variables.shape));
}

const missing = ['curl', 'openssl'].filter((tool) => spawnSync(tool, ['version']).error);
if (missing.length > 0) process.stderr.write(`Skipped: the quick start needs ${missing.join(', ')}.\n`);

describe.skipIf(missing.length > 0)('docs/quick-start.md', () => {
  let sandbox: Sandbox;
  let environment: Record<string, string>;
  beforeAll(async () => {
    sandbox = await createSandbox();
    environment = {
      ...exported(),
      ECWID_API_URL: sandbox.url,
      ECWID_STORE_ID: sandbox.storeId,
      ECWID_TOKEN: sandbox.secretToken,
    };
  });
  afterAll(() => sandbox?.close());

  test('shows what the sandbox answers, however often it is asked', async () => {
    const [, origin = ''] = await run([]).says(started);
    const calls = blocks(onSandbox).filter(isCall);
    expect(calls).toHaveLength(2);
    for (const { script, shown = '' } of [...calls, ...calls.slice(1)]) {
      expect(await answer(script, origin)).toEqual(JSON.parse(shown));
    }
    const [, id = ''] = /cart `(\S+)`, which lacks three things/.exec(page) ?? [];
    const lacking = calls[1]?.script.replace(/"id": "[^"]+"/, `"id": "${id}"`);
    expect(await answer(lacking, origin)).toMatchObject({
      data: { placeOrder: { order: null, errors: [{}, {}, {}] } },
    });
  });

  test('names variables that doctor is content with', async () => {
    expect(Object.keys(exported()).sort()).toEqual(
      ['AUTH_JWT_AUDIENCE', 'AUTH_JWT_ISSUER', 'AUTH_JWT_SECRET', 'ECWID_STORE_ID', 'ECWID_TOKEN'].sort(),
    );
    const program = run(['doctor'], environment);
    expect(await program.exited, program.said()).toBe(0);
  });

  test('serves a store to guests, and its lists to staff', async () => {
    const program = run([], environment);
    const [, origin = ''] = await program.says(started);
    const [asGuest, asStaff] = blocks(overStore).filter(isCall);
    expect(await answer(asGuest?.script, origin)).toMatchObject({ data: { store: { currency: 'USD' } } });
    const { AUTH_JWT_SECRET = '', AUTH_JWT_ISSUER: iss = '', AUTH_JWT_AUDIENCE: aud = '' } = environment;
    const exp = Math.floor(Date.now() / 1_000) + 60;
    const claims = { sub: 'somebody', scope: 'read_orders', iss, aud, exp };
    const token = await sign(claims, 'HS256', AUTH_JWT_SECRET);
    expect(await answer(asStaff?.script, origin, { TOKEN: token })).toMatchObject({
      data: { carts: { totalCount: 273 } },
    });
    expect(await answer(asStaff?.script.replace(/-H "authorization.*"/, ''), origin)).toMatchObject({
      errors: [{ extensions: { code: 'NOT_PERMITTED' } }],
    });
  });
});
