import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { answerJson, startScriptedOrigin } from './scripted-origin.ts';
import { audience, claims, issuer, secret, sign } from './tokens.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const cartId = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';

interface Program {
  readonly child: ChildProcess;
  /** All that it has said so far, to people and to the log. */
  said(): string;
  /** Resolves with what `pattern` first matches of what it says to people. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  readonly exited: Promise<number | NodeJS.Signals | null>;
}

const temporary = mkdtempSync(join(tmpdir(), 'ecwid-graphql-main-'));
afterAll(() => rmSync(temporary, { recursive: true }));

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

function run(args: readonly string[], environment: Record<string, string> = {}): Program {
  return start(process.execPath, [main, ...args], environment);
}

function start(program: string, args: readonly string[], environment: Record<string, string> = {}): Program {
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

async function query(origin: string, text: string, jwt?: string) {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(jwt && { authorization: `Bearer ${jwt}` }) },
    body: JSON.stringify({ query: text }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: what the query answers with is the test's own to know.
  return (await response.json()) as any;
}

/** Of sandboxes: they go with them. */
const journals = () => readdirSync(temporary).filter((name) => name.startsWith('ecwid-graphql-'));

const graphiql = /Graphi?QL\s+(http:\/\/[\d.]+:\d+)\/graphql/;

describe('ecwid-graphql', () => {
  test('starts on its sandbox where nothing is configured, and says where, what and how', async () => {
    const program = run([]);
    const [, origin = ''] = await program.says(graphiql);
    expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:/);
    const [, pasted = ''] = await program.says(/first query to paste:\s+(\{.*\})\n/);
    expect(program.said()).toContain('embedded sandbox');
    const { data, errors } = await query(origin, pasted);
    expect(errors).toBeUndefined();
    expect(data.carts.nodes).toHaveLength(3);
    const placed = await query(
      origin,
      `mutation { placeOrder(input: { cart_id: "${cartId}" }) { order { order_number } } }`,
    );
    expect(placed.data.placeOrder.order.order_number).toBe('AB1CD');
    expect(journals()).toHaveLength(1);
    program.child.kill('SIGTERM');
    expect(await program.exited).toBe(0);
    expect(journals()).toEqual([]);
  });

  test('serves any server that speaks the API, such as the sandbox on its own', async () => {
    const sandbox = run(['sandbox']);
    const [, url = '', storeId = '', token = ''] = await sandbox.says(
      /ECWID_API_URL=(\S+) ECWID_STORE_ID=(\S+) ECWID_TOKEN=(\S+)/,
    );
    const gateway = run(['start'], {
      ECWID_API_URL: url,
      ECWID_STORE_ID: storeId,
      ECWID_TOKEN: token,
      AUTH_JWT_SECRET: secret,
      AUTH_JWT_ISSUER: issuer,
      AUTH_JWT_AUDIENCE: audience,
    });
    const [, origin = ''] = await gateway.says(graphiql);
    const jwt = await sign(claims({ sub: 'ann', scope: 'read_orders' }));
    expect(gateway.said()).toContain(`Ecwid store ${storeId}`);
    expect(gateway.said()).not.toContain(token);
    expect(gateway.said()).toContain(`whoever has a token of ${issuer}`);
    expect(await query(origin, `{ cart(id: "${cartId}") { total } }`)).toEqual({ data: { cart: null } });
    expect(await query(origin, `{ cart(id: "${cartId}") { total } }`, jwt)).toEqual({
      data: { cart: { total: 37.39 } },
    });

    sandbox.child.kill('SIGINT');
    expect(await sandbox.exited).toBe(0);
    const { errors } = await query(origin, `{ cart(id: "${cartId}") { total } }`, jwt);
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_ERROR' } }]);
    gateway.child.kill('SIGINT');
    expect(await gateway.exited).toBe(0);
    expect(gateway.said()).not.toContain(new URL(url).host);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'answers the request in flight before %s ends it',
    async (signal) => {
      const arrived = Promise.withResolvers<() => void>();
      const store = await startScriptedOrigin((request, response) => {
        arrived.resolve(() => answerJson({ cartId, total: 5 })(request, response));
      });
      const program = run([], {
        ECWID_API_URL: store.url,
        ECWID_STORE_ID: '1003',
        ECWID_TOKEN: 'secret_abc',
      });
      const [, origin = ''] = await program.says(graphiql);
      const answer = query(origin, `{ cart(id: "${cartId}") { total } }`);
      const finish = await arrived.promise;
      program.child.kill(signal);
      await expect.poll(() => fetch(`${origin}/graphql`).catch(() => 'refused')).toBe('refused');
      finish();
      expect(await answer).toEqual({ data: { cart: { total: 5 } } });
      expect(await program.exited).toBe(0);
      await store.close();
    },
  );

  test('is itself what npm start runs, so that a signal to npm reaches it', async () => {
    const arrived = Promise.withResolvers<() => void>();
    const store = await startScriptedOrigin((request, response) => {
      arrived.resolve(() => answerJson({ cartId, total: 5 })(request, response));
    });
    const npm = start('npm', ['start'], {
      ECWID_API_URL: store.url,
      ECWID_STORE_ID: '1003',
      ECWID_TOKEN: 'secret_abc',
    });
    const [, origin = ''] = await npm.says(graphiql);
    const answer = query(origin, `{ cart(id: "${cartId}") { total } }`);
    const finish = await arrived.promise;
    npm.child.kill('SIGTERM');
    await expect.poll(() => fetch(`${origin}/graphql`).catch(() => 'refused')).toBe('refused');
    finish();
    expect(await answer).toEqual({ data: { cart: { total: 5 } } });
    await npm.exited;
    await store.close();
  });

  test('does not start without a place for its journal, and says so', async () => {
    const store = { ECWID_STORE_ID: '1003', ECWID_TOKEN: 'secret_abc' };
    const program = run([], { ...store, DATA_DIR: main });
    expect(await program.exited).toBe(1);
    expect(program.said()).toBe(
      'DATA_DIR cannot be used: the journal of orders needs a directory that this user may write to, or may make.\n',
    );
  });

  test('keeps to the limits, origins and documents that it is told', async () => {
    const manifest = join(temporary, 'persisted-documents.json');
    const trusted = 'mutation { placeOrder(input: { cart_id: "none" }) { order { order_number } } }';
    writeFileSync(manifest, JSON.stringify({ a: trusted, b: '{ __typename }' }));
    const store = await startScriptedOrigin(answerJson({}));
    const program = run([], {
      ECWID_API_URL: store.url,
      ECWID_STORE_ID: '1003',
      ECWID_TOKEN: 'secret_abc',
      RATE_LIMIT: '2',
      ORDER_RATE_LIMIT: '1',
      TRUST_PROXY: '1',
      CORS_ORIGINS: 'https://shop.example',
      TRUSTED_DOCUMENTS: manifest,
    });
    const [, origin = ''] = await program.says(graphiql);
    const ask = (from: string, body: object) =>
      fetch(`${origin}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-forwarded-for': from,
          origin: 'https://shop.example',
        },
        body: JSON.stringify(body),
      });
    const statuses = async (from: string, body: object) => [
      (await ask(from, body)).status,
      (await ask(from, body)).status,
      (await ask(from, body)).status,
    ];
    expect(await statuses('192.0.2.1', { documentId: 'b' })).toEqual([200, 200, 429]);
    expect(await statuses('192.0.2.2', { documentId: 'a' })).toEqual([200, 429, 429]);
    expect(await statuses('192.0.2.3', { query: '{ store { name } }' })).toEqual([400, 400, 429]);
    const { headers } = await ask('192.0.2.4', { documentId: 'b' });
    expect(headers.get('access-control-allow-origin')).toBe('https://shop.example');
    program.child.kill('SIGTERM');
    expect(await program.exited).toBe(0);
    await store.close();
  });

  test('does not start with a manifest of documents that it cannot use, and says so', async () => {
    const program = run([], { TRUSTED_DOCUMENTS: join(temporary, 'none.json') });
    expect(await program.exited).toBe(1);
    expect(program.said()).toBe('TRUSTED_DOCUMENTS names no file that can be read.\n');
  });

  test('ends at once at a second signal', async () => {
    const arrived = Promise.withResolvers<void>();
    const store = await startScriptedOrigin(() => arrived.resolve());
    const program = run([], { ECWID_API_URL: store.url, ECWID_STORE_ID: '1003', ECWID_TOKEN: 'secret_abc' });
    const [, origin = ''] = await program.says(graphiql);
    void query(origin, `{ cart(id: "${cartId}") { total } }`).catch(() => {});
    await arrived.promise;
    program.child.kill('SIGTERM');
    await expect.poll(() => fetch(`${origin}/graphql`).catch(() => 'refused')).toBe('refused');
    program.child.kill('SIGTERM');
    expect(await program.exited).toBe(1);
    await store.close();
  });

  test('names all that is wrong with its configuration, shows no token, and ends with 1', async () => {
    const program = run([], { ECWID_STORE_ID: 'my store', ECWID_TOKEN: 'secret two words', PORT: '99999' });
    expect(await program.exited).toBe(1);
    for (const name of ['ECWID_STORE_ID', 'ECWID_TOKEN', 'PORT']) expect(program.said()).toContain(name);
    expect(program.said()).not.toContain('two words');
    expect(program.said()).not.toMatch(/\.ts:\d|node:/);
  });

  test('says in a sentence that its port is taken, and ends with 1', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => {
      taken.listen(0, '127.0.0.1', resolve);
    });
    const { port } = taken.address() as { port: number };
    const program = run([], { PORT: String(port) });
    expect(await program.exited).toBe(1);
    expect(program.said()).toBe('The port is taken by another program. Set PORT to a free one.\n');
    taken.close();
  });

  test('says so where HOST is none of its own', async () => {
    const program = run([], { HOST: '192.0.2.1', ALLOW_OPEN: 'true' });
    expect(await program.exited).toBe(1);
    expect(program.said()).toBe('HOST is no address of this machine.\n');
  });

  test('explains itself, and refuses a command that it has not', async () => {
    const help = run(['--help']);
    expect(await help.exited).toBe(0);
    expect(help.said()).toContain('Usage: ecwid-graphql');
    const unknown = run(['strat']);
    expect(await unknown.exited).toBe(1);
    expect(unknown.said()).toContain('Usage: ecwid-graphql');
    const inherited = run(['constructor']);
    expect(await inherited.exited).toBe(1);
    expect(inherited.said()).toContain('Usage: ecwid-graphql');
    const option = run(['--prot']);
    expect(await option.exited).toBe(1);
    expect(option.said()).not.toMatch(/\.ts:\d|node:/);
  });
});
