import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { main, query, run, start, temporary } from './program.ts';
import { answerJson, startScriptedOrigin } from './scripted-origin.ts';
import { audience, claims, issuer, secret, sign } from './tokens.ts';

const cartId = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';

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

  test('logs for people on a terminal, and lines of JSON elsewhere', async () => {
    const command = `LOG_LEVEL=info "${process.execPath}" "${main}"`;
    const onTerminal = start('script', ['--quiet', '--command', command, '/dev/null'], { TERM: 'xterm' });
    const [, origin = ''] = await onTerminal.says(/(http:\/\/\S+)\/graphql/);
    await query(origin, '{ store { name } }');
    await onTerminal.says(/INFO.*answered.*"status":200/);
    const elsewhere = run([]);
    const [, other = ''] = await elsewhere.says(/(http:\/\/\S+)\/graphql/);
    await query(other, '{ store { name } }');
    await expect.poll(() => elsewhere.said()).toMatch(/^\{"level":"info".*"msg":"answered"\}$/m);
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
    const schemaOf = '{ __schema { queryType { name } } }';
    expect((await query(origin, schemaOf)).errors[0].extensions.code).toBe('INTROSPECTION_DISABLED');
    expect(await query(origin, schemaOf, jwt)).toEqual({
      data: { __schema: { queryType: { name: 'Query' } } },
    });
    expect(await query(origin, `{ cart(id: "${cartId}") { total } }`, jwt)).toEqual({
      data: { cart: { total: 37.39 } },
    });

    sandbox.child.kill('SIGINT');
    expect(await sandbox.exited).toBe(0);
    const { errors } = await query(origin, `{ cart(id: "${cartId}") { total } }`, jwt);
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE', retryable: true } }]);
    gateway.child.kill('SIGINT');
    expect(await gateway.exited).toBe(0);
    expect(gateway.said()).not.toContain(new URL(url).host);
  });

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

  test('keeps to the limits, origins and documents that it is told', async () => {
    const manifest = join(temporary, 'persisted-documents.json');
    const trusted = 'mutation { placeOrder(input: { cart_id: "none" }) { order { order_number } } }';
    const creation = 'mutation { createOrder(input: { items: [] }) { errors { code } } }';
    writeFileSync(manifest, JSON.stringify({ a: trusted, b: '{ __typename }', c: creation }));
    const store = await startScriptedOrigin(answerJson({}));
    const program = run([], {
      ECWID_API_URL: store.url,
      ECWID_STORE_ID: '1003',
      ECWID_TOKEN: 'secret_abc',
      RATE_LIMIT: '8',
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
    const statuses = async (from: string, body: object) => {
      const all: number[] = [];
      for (let n = 0; n < 9; n += 1) all.push((await ask(from, body)).status);
      return all.join(' ');
    };
    expect(await statuses('192.0.2.1', { documentId: 'b' })).toBe(`${'200 '.repeat(8)}429`);
    expect(await statuses('192.0.2.2', { documentId: 'a' })).toBe(`200${' 429'.repeat(8)}`);
    expect(await statuses('192.0.2.4', { documentId: 'c' })).toBe(`200${' 429'.repeat(8)}`);
    expect(await statuses('192.0.2.3', { query: '{ store { name } }' })).toBe(`${'400 '.repeat(8)}429`);
    const { headers } = await ask('192.0.2.5', { documentId: 'b' });
    expect(headers.get('access-control-allow-origin')).toBe('https://shop.example');
    program.child.kill('SIGTERM');
    expect(await program.exited).toBe(0);
    await store.close();
  });

  test('measures limits and tells its schema to nobody, where it is told so', async () => {
    const limits = 'aliases=1,first=5,headers=2000,headersSeconds=1';
    const settings = { LIMITS: limits, LIMITS_MODE: 'measure', INTROSPECTION: 'nobody' };
    const program = run([], settings);
    const [, origin = ''] = await program.says(graphiql);
    expect(program.said()).not.toContain('GraphiQL');
    expect(await query(origin, '{ a: __typename b: __typename }')).toEqual({
      data: { a: 'Query', b: 'Query' },
    });
    await expect.poll(program.said).toContain('"code":"ALIASES_LIMIT_EXCEEDED","limit":1,"actual":2');
    const { errors } = await query(origin, '{ __schema { queryType { name } } }');
    expect(errors).toMatchObject([{ extensions: { code: 'INTROSPECTION_DISABLED' } }]);
    await query(origin, '{ carts(first: 6) { totalCount } }');
    await expect.poll(program.said).toContain('"code":"FIRST_LIMIT_EXCEEDED","limit":5,"actual":6');
    const { status } = await fetch(`${origin}/graphql`, { headers: { long: 'x'.repeat(2_000) } });
    expect(status).toBe(431);
  });
});
