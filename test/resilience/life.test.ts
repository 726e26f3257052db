import { readdirSync } from 'node:fs';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { holdAfter } from '../faults.ts';
import { greta, made, openFaultyStore, place } from '../placing/faulty-store.ts';
import { post } from '../post.ts';
import { main, type Program, query, run, start, temporary } from '../program.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';

const listening = /Graphi?QL\s+(http:\/\/[\d.]+:\d+)\/graphql/;
const store = (url: string) => ({
  ECWID_API_URL: url,
  ECWID_STORE_ID: '1003',
  ECWID_TOKEN: 'secret_abc',
  ECWID_RATE_LIMIT: '60000',
  RATE_LIMIT: 'off',
});
const cart = (id: number | string) => `{ cart(id: "${id}") { total } }`;
const whole = { data: { cart: { total: 5 } } };

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** A store that answers once `finish` is called, and at once from then on. */
async function openStore(): Promise<ScriptedOrigin & { finish(): void }> {
  const answer = answerJson({ cartId: 'A', total: 5 });
  const held: (() => void)[] = [];
  const origin = await startScriptedOrigin((request, response) => {
    held.push(() => answer(request, response));
  });
  opened.push(origin);
  const finish = () => {
    origin.script = answer;
    for (const one of held.splice(0)) one();
  };
  return Object.assign(origin, { finish });
}

/** The program with another one loaded before it. */
function runAfter(preloaded: string, environment: Record<string, string>): Program {
  return start(process.execPath, ['--import', preloaded, main], environment);
}

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));

function getOver(agent: Agent, url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (message) => resolve(message.resume())).on('error', reject);
  });
}

describe('R25: SIGTERM amid requests', () => {
  test('fails none, is not ready from then on, and has every connection end with an answer', async () => {
    const origin = await openStore();
    const program = run([], { ...store(origin.url), SHUTDOWN_DELAY: '2' });
    const [, url = ''] = await program.says(listening);
    const idle = new Agent({ keepAlive: true, maxSockets: 50 });
    const probes = () => Promise.all(Array.from({ length: 50 }, () => getOver(idle, `${url}/health/live`)));
    const before = await probes();
    const inFlight = Array.from({ length: 50 }, (_, n) => query(url, cart(n)));
    await expect.poll(() => origin.requests.length).toBeGreaterThan(10);

    program.child.kill('SIGTERM');
    await expect.poll(async () => (await fetch(`${url}/health/ready`)).status).toBe(503);
    const after = await probes();
    expect(new Set(before.map(({ headers }) => headers.connection))).toEqual(new Set(['keep-alive']));
    expect(new Set(after.map(({ headers }) => headers.connection))).toEqual(new Set(['close']));
    const late = post(`${url}/graphql`, { query: cart('late') });
    origin.finish();
    expect(await Promise.all(inFlight)).toEqual(Array.from({ length: 50 }, () => whole));
    expect((await late).answer).toEqual(whole);
    expect(await program.exited).toBe(0);
    expect(program.said()).not.toContain('"level":"error"');
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'answers the request in flight before %s ends it, and takes no other',
    async (signal) => {
      const origin = await openStore();
      const program = run([], store(origin.url));
      const [, url = ''] = await program.says(listening);
      const answer = query(url, cart('A'));
      await expect.poll(() => origin.requests.length).toBe(1);
      program.child.kill(signal);
      await expect.poll(() => fetch(`${url}/graphql`).catch(() => 'refused')).toBe('refused');
      origin.finish();
      expect(await answer).toEqual(whole);
      expect(await program.exited).toBe(0);
    },
  );

  test('tells who asks on an open connection that it is not ready any more', async () => {
    const origin = await openStore();
    const program = run([], store(origin.url));
    const [, url = ''] = await program.says(listening);
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const answers = socket.setEncoding('utf8').toArray();
    const body = JSON.stringify({ query: cart('A') });
    const head = 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json';
    socket.write(`${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    await expect.poll(() => origin.requests.length).toBe(1);
    program.child.kill('SIGTERM');
    await expect.poll(() => fetch(`${url}/health/live`).catch(() => 'refused')).toBe('refused');
    socket.write('GET /health/ready HTTP/1.1\r\nHost: x\r\n\r\n');
    await expect.poll(program.said).toContain('"ready":false');
    origin.finish();
    expect((await answers).join('').match(/HTTP\/1\.1 \d+|\{.*\}/g)).toEqual([
      'HTTP/1.1 200',
      JSON.stringify(whole),
      'HTTP/1.1 503',
      '{"status":"not ready"}',
    ]);
    expect(await program.exited).toBe(0);
  });
});

describe('R26: a second signal, and one during the start', () => {
  test.each(['0', '300'])('ends at once at a second signal, %s s before it would', async (delay) => {
    const origin = await openStore();
    const program = run([], { ...store(origin.url), SHUTDOWN_DELAY: delay });
    const [, url = ''] = await program.says(listening);
    const cut = query(url, cart('A')).catch(() => 'cut');
    await expect.poll(() => origin.requests.length).toBe(1);
    program.child.kill('SIGTERM');
    const status = () =>
      fetch(`${url}/health/ready`).then(
        (one) => one.status,
        () => 503,
      );
    await expect.poll(status).toBe(503);
    program.child.kill('SIGINT');
    expect(await program.exited).toBe(1);
    expect(await cut).toBe('cut');
  });

  test.each(['SIGTERM', 'SIGINT'])(
    'ends in good order at %s while it starts, and never says that it is ready',
    async (signal) => {
      // As Node does when one arrives, at a moment that no signal from outside would hit.
      const early = `process.on('newListener', (name) => name === '${signal}' && process.nextTick(() => process.emit(name)));`;
      const program = runAfter(`data:text/javascript,${encodeURIComponent(early)}`, {
        SHUTDOWN_DELAY: '300',
      });
      expect(await program.exited).toBe(0);
      expect(program.said()).toBe('');
      expect(readdirSync(temporary).filter((name) => name.startsWith('ecwid-graphql-'))).toEqual([]);
    },
  );
});

describe('R27: requests that outlast the drain', () => {
  test('are cut with an error, which log and exit code tell, and what was written of them is not lost', async () => {
    const faulty = await openFaultyStore();
    opened.push(faulty);
    const held = holdAfter();
    faulty.proxy.failNext('place', held.fault);
    const program = runAfter(beside('hurrying.ts'), {
      ECWID_API_URL: faulty.proxy.url,
      ECWID_STORE_ID: faulty.sandbox.storeId,
      ECWID_TOKEN: faulty.sandbox.secretToken,
      DATA_DIR: faulty.dataDir,
    });
    const [, origin = ''] = await program.says(listening);
    const placing = post(`${origin}/graphql`, {
      query: `mutation { placeOrder(input: { cart_id: "${greta.cartId}" }) { order { order_number } } }`,
    });
    await held.reached;
    program.child.kill('SIGTERM');
    expect(await placing).toMatchObject({ status: 503, code: 'SHUTTING_DOWN' });
    held.release();
    expect(await program.exited).toBe(1);
    expect(program.said()).toMatch(/"level":"error".*"requests":1,"msg":"requests were cut/);

    const next = await faulty.startGateway();
    expect(await place(next, greta.cartId)).toEqual(made(greta.orderNumber));
    expect(faulty.placings(greta.cartId)).toEqual({ sent: 1, made: 1 });
  });
});

describe('R28: an event loop that stands still', () => {
  test('is not ready and refuses requests while it goes on, and is ready and takes them again', async () => {
    // As many looks as it takes: how long it is until it is seen, and for how long it is, is up to the machine.
    const environment = { BLOCKED_TIMES: 'Infinity', BLOCKED_MS: '700', RATE_LIMIT: 'off' };
    const program = runAfter(beside('blocking.ts'), environment);
    const [, url = ''] = await program.says(listening);
    const statuses = () =>
      Promise.all([
        post(`${url}/graphql`, { query: '{ __typename }' }).then(({ status }) => status),
        fetch(`${url}/health/ready`).then(({ status }) => status),
      ]);
    expect(await statuses()).toEqual([200, 200]);
    program.child.kill('SIGUSR2');
    await expect.poll(statuses).toEqual([503, 503]);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    program.child.kill('SIGUSR2');
    await expect.poll(statuses).toEqual([200, 200]);
  });

  test('once answers whoever waited, no more of them at a time than ever, and takes requests at once', async () => {
    const origin = await openStore();
    let most = 0;
    let open = 0;
    origin.script = (request, response) => {
      most = Math.max(most, ++open);
      response.once('close', () => {
        open -= 1;
      });
      answerJson({ cartId: 'A', total: 5 })(request, response);
    };
    const program = runAfter(beside('blocking.ts'), store(origin.url));
    const [, url = ''] = await program.says(listening);
    expect(await query(url, cart('A'))).toEqual(whole);
    program.child.kill('SIGUSR2');
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, n) => post(`${url}/graphql`, { query: cart(n) })),
    );
    for (const { status, answer } of answers) {
      if (status === 503) expect(answer.errors).toMatchObject([{ extensions: { code: 'OVERLOADED' } }]);
      else expect(answer).toEqual(whole);
    }
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(200);
    expect(most).toBeLessThanOrEqual(20);
    expect(await query(url, cart('B'))).toEqual(whole);
  });
});
