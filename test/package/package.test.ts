import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort, type Installation, installPackage, nodes, runIn, write } from './installation.ts';

const root = resolve(import.meta.dirname, '../..');
let installation: Installation;
beforeAll(() => {
  installation = installPackage();
});
afterAll(() => installation.remove());

async function ask(url: string, query: string) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: what the query answers with is the test's own to know.
  return (await response.json()) as any;
}

const firstCart = '{ carts(first: 1) { nodes { id } } }';

describe.each(Object.entries(nodes))('installed in an empty folder, on Node %s', (version, node = '') => {
  const missing = node === '' && `there is no Node ${version} for this machine`;
  if (missing) process.stderr.write(`Skipped: ${missing}.\n`);

  test.skipIf(missing)('is what it says', async () => {
    const asked = runIn(installation, node, ['node', '--version']);
    await asked.exited;
    expect(asked.said()).toMatch(new RegExp(`^v${version}\\.`));
  });

  test.skipIf(missing)('starts by npx over its sandbox, and places a cart', async () => {
    const gateway = runIn(installation, node, ['npx', 'ecwid-graphql']);
    const [, url = ''] = await gateway.says(/(http:\/\/\S+\/graphql)/);
    const { data } = await ask(url, '{ carts(first: 50, filter: { showHidden: false }) { nodes { id } } }');
    expect(data.carts.nodes.length).toBeGreaterThan(10);
    const placed = await ask(
      url,
      'mutation { placeOrder(input: { cart_id: "6626E60A-A6F9-4CD5-8230-43D5F162E0CD" }) { orderV2 { number } } }',
    );
    expect(placed).toEqual({ data: { placeOrder: { orderV2: { number: 'AB1CD' } } } });
    const page = await fetch(url, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('<title>');
    gateway.stop();
    await gateway.exited;
    expect(gateway.said()).not.toMatch(/\n {4}at /);
  });

  test.skipIf(missing)('is the sandbox alone by npx', async () => {
    const sandbox = runIn(installation, node, ['npx', 'ecwid-graphql', 'sandbox']);
    await sandbox.says(/ECWID_API_URL=http/);
    sandbox.stop();
    await sandbox.exited;
  });

  test.skipIf(missing).each([
    ['schema.graphql', []],
    ['subgraph.graphql', ['--subgraph']],
  ])('prints %s by npx', async (name, options) => {
    const printed = runIn(installation, node, ['npx', 'ecwid-graphql', 'schema', ...options]);
    expect(await printed.exited).toBe(0);
    expect(printed.said()).toBe(readFileSync(join(root, name), 'utf8'));
  });

  test.skipIf(missing)('consults its doctor by npx', async () => {
    const doctor = runIn(installation, node, ['npx', 'ecwid-graphql', 'doctor']);
    expect(await doctor.exited).toBe(0);
    expect(doctor.said()).toMatch(new RegExp(`^✓ Node +${version}\\.`));
  });

  test.skipIf(missing).each(['node-http', 'express', 'fastify'])('is mounted in %s', async (name) => {
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const server = runIn(installation, node, ['node', `servers/${name}.ts`], { PORT: String(port) });
    let ended = false;
    void server.exited.then(() => {
      ended = true;
    });
    const isUp = () =>
      fetch(`${origin}/graphql?query={__typename}`).then(
        ({ ok }) => ok,
        () => false,
      );
    await expect.poll(async () => ended || (await isUp())).toBe(true);
    expect(ended, server.said()).toBe(false);
    expect((await ask(`${origin}/graphql`, firstCart)).data.carts.nodes).toHaveLength(1);
    expect(await ask(`${origin}/graphql`, '{ carts { nodes { nme } } }')).toMatchObject({
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
    if (name !== 'node-http') expect(await (await fetch(`${origin}/hello`)).text()).toBe('hello');
    server.stop();
    await server.exited;
  });

  test.skipIf(missing)('is imported by its names, and by no others', async () => {
    write(
      installation,
      'imports.js',
      `import * as library from 'ecwid-graphql';
      import { createSandbox } from 'ecwid-graphql/sandbox';
      const others = await import('ecwid-graphql/dist/config.js').then(() => 'open', ({ code }) => code);
      process.stdout.write(JSON.stringify([Object.keys(library), createSandbox === library.createSandbox, others]));`,
    );
    const program = runIn(installation, node, ['node', 'imports.js']);
    await program.exited;
    expect(JSON.parse(program.said())).toEqual([
      ['AuthenticationError', 'ConfigurationError', 'createGateway', 'createSandbox', 'schema'],
      true,
      'ERR_PACKAGE_PATH_NOT_EXPORTED',
    ]);
  });
});

describe('docs/embedding.md', () => {
  const page = readFileSync(join(root, 'docs', 'embedding.md'), 'utf8');

  test('installs the package from the file that it is packed into', () => {
    const commands = [...page.matchAll(/^npm .*?(?= *#)/gm)].map(([command]) => command);
    expect(commands).toEqual(['npm pack', `npm install ./${basename(installation.tarball)}`]);
  });

  test('shows the very servers that are run here', () => {
    const blocks = page.matchAll(/^```ts\n(.*?)^```$/gms);
    const servers = ['node-http', 'express', 'fastify', 'route-handlers'];
    const files = servers.map((name) =>
      readFileSync(join(import.meta.dirname, 'servers', `${name}.ts`), 'utf8'),
    );
    expect([...blocks].map(([, code]) => code)).toEqual(files);
  });
});

describe('the package', () => {
  test('answers in route handlers of the Fetch standard', async () => {
    const path = join(installation.directory, 'servers', 'route-handlers.ts');
    const { GET, POST } = await import(pathToFileURL(path).href);
    const url = 'http://shop.example/api/graphql';
    const body = JSON.stringify({ query: firstCart });
    const headers = { 'content-type': 'application/json' };
    const answered: Response = await POST(new Request(url, { method: 'POST', headers, body }));
    expect(await answered.json()).toMatchObject({ data: { carts: { nodes: [{}] } } });
    expect((await GET(new Request(`${url}?query={__typename}`))).status).toBe(200);
  });

  test('has types that programs compile with', () => {
    write(
      installation,
      'tsconfig.json',
      JSON.stringify({
        compilerOptions: {
          module: 'nodenext',
          target: 'es2024',
          lib: ['es2025', 'dom'],
          strict: true,
          noEmit: true,
          types: ['node'],
          typeRoots: [join(root, 'node_modules/@types')],
        },
        include: ['servers/node-http.ts', 'servers/route-handlers.ts', 'types.ts'],
      }),
    );
    write(
      installation,
      'types.ts',
      `import { createGateway, createSandbox, schema, type Gateway, type Viewer } from 'ecwid-graphql';
      const viewer: Viewer = { kind: 'customer', customerId: '1' };
      const gateway: Gateway = await createGateway({ authenticate: async () => viewer, limits: { depth: 12 } });
      const name: string | undefined = schema.getQueryType()?.name;
      const url: string = (await createSandbox({ port: 0 })).url;
      // @ts-expect-error A limit that is none.
      await createGateway({ limits: { deep: 12 } });
      // @ts-expect-error A store needs a token.
      await createGateway({ store: { storeId: '1' } });
      export { gateway, name, url };`,
    );
    const tsc = join(root, 'node_modules', '.bin', 'tsc');
    expect(() => execFileSync(tsc, [], { cwd: installation.directory, encoding: 'utf8' })).not.toThrow();
  });

  test('is clean to publint', async () => {
    const { messages, pkg } = await publint({
      pkgDir: join(installation.directory, 'node_modules', 'ecwid-graphql'),
      strict: true,
      pack: false,
    });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test('is clean to Are The Types Wrong, for whoever imports modules', () => {
    const attw = join(import.meta.dirname, 'node_modules', '.bin', 'attw');
    // Those are texts.
    const schemas = ['--exclude-entrypoints', 'schema.graphql', 'subgraph.graphql'];
    const args = [installation.tarball, '--profile', 'esm-only', '--format', 'ascii', ...schemas];
    const { status, stdout } = spawnSync(attw, args, { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, expect.stringContaining('"ecwid-graphql/sandbox"')]);
  });
});
