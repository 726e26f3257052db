import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMetrics } from '../src/metrics/metrics.ts';
import { query, run } from './program.ts';
import { type GatewayOnSandbox, startGateway, startGatewayOver } from './running-gateway.ts';
import { answerJson, startScriptedOrigin } from './scripted-origin.ts';

const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
// As an operator does it in a file of their own.
provider.register();

const cart = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';
const traceId = '0af7651916cd43dd8448eb211c80319c';

let gateway: GatewayOnSandbox;
beforeAll(async () => {
  gateway = await startGateway();
});
beforeEach(() => exporter.reset());
afterAll(async () => {
  await gateway.close();
  await provider.shutdown();
});

async function ask(query: string, headers: Record<string, string> = {}, url = gateway.url) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  await response.text();
  // The span of a request ends when its answer was handed over.
  await expect.poll(() => spans().some(({ name }) => name === 'graphql request')).toBe(true);
}

const spans = () => exporter.getFinishedSpans();

/** Each span with that of its parent: a trace as lines, in the order of their names. */
function tree(): string[] {
  const nameOf = (id: string | undefined) => spans().find((span) => span.spanContext().spanId === id)?.name;
  return spans()
    .map((span) => `${nameOf(span.parentSpanContext?.spanId) ?? ''} > ${span.name}`)
    .toSorted();
}

const spanOf = (name: string): ReadableSpan => {
  const span = spans().find((one) => one.name === name);
  if (!span) throw new Error(`There is no span ${name}.`);
  return span;
};

describe('a trace', () => {
  test('has a request, its operation, and each call to Ecwid, within that of its caller', async () => {
    const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
    const others = { baggage: 'user=ann@example.com', tracestate: 'a=b' };
    await ask(`query Two { cart(id: "${cart}") { total } store { name } }`, { traceparent, ...others });
    expect(tree()).toEqual([
      ' > graphql request',
      'graphql request > query',
      'query > GET /carts/{id}',
      'query > GET /profile',
    ]);
    for (const span of spans()) expect(span.spanContext().traceId).toBe(traceId);
    expect(spanOf('graphql request').attributes).toMatchObject({ 'http.response.status_code': 200 });
    expect(spanOf('query').attributes).toEqual({
      'graphql.operation.type': 'query',
      'graphql.operation.name': 'Two',
    });
    expect(spanOf('GET /carts/{id}').attributes).toEqual({
      'http.request.method': 'GET',
      'url.template': '/carts/{id}',
      'http.response.status_code': 200,
    });
  });

  test('has the steps of an order', async () => {
    await ask(`mutation { placeOrder(input: { cart_id: "${cart}" }) { order { total } } }`);
    expect(tree()).toEqual([
      ' > graphql request',
      'graphql request > mutation',
      'mutation > GET /orders/{id}',
      'mutation > order.look',
      'mutation > order.send',
      'order.look > GET /carts/{id}',
      'order.send > POST /carts/{id}/place',
    ]);
    expect(spanOf('order.send').attributes).toEqual({ 'order.outcome': 'made' });
  });

  test('is told to Ecwid, and tells of a failed call its code and no words', async () => {
    const heard: (string | undefined)[] = [];
    const carried: unknown[] = [];
    const origin = await startScriptedOrigin((request, response) => {
      heard.push(String(request.headers.traceparent));
      carried.push(request.headers.baggage, request.headers.tracestate);
      answerJson({ errorMessage: 'MARKED words' }, 503)(request, response);
    });
    const over = await startGatewayOver(origin.url);
    const others = { baggage: 'user=ann@example.com', tracestate: 'a=b' };
    await ask(`{ cart(id: "${cart}") { total } }`, others, over.url);
    expect(carried).toEqual([undefined, undefined]);
    const { spanId, traceId: own } = spanOf('GET /carts/{id}').spanContext();
    expect(heard).toEqual([`00-${own}-${spanId}-01`]);
    // What is made of an answer is no matter of the span that it came in.
    expect(spanOf('GET /carts/{id}')).toMatchObject({
      attributes: { 'http.response.status_code': 503 },
      status: { code: 0 },
    });
    origin.script = (_request, response) => void response.destroy();
    exporter.reset();
    await ask(`{ cart(id: "${cart}") { total } }`, {}, over.url);
    expect(spanOf('GET /carts/{id}')).toMatchObject({
      attributes: { 'error.type': 'UPSTREAM_UNAVAILABLE' },
      status: { code: 2 },
    });
    const told = JSON.stringify(
      spans().map(({ attributes, events, status }) => [attributes, events, status]),
    );
    for (const mark of ['MARKED', new URL(origin.url).host, cart]) expect(told).not.toContain(mark);
    await over.close();
    await origin.close();
  });
});

describe('docs/observability.md', () => {
  test('attaches an SDK by the very file that it shows', async () => {
    const docs = readFileSync(new URL('../docs/observability.md', import.meta.url), 'utf8');
    const [, code = ''] = /^```js\n([\s\S]*?)^```/m.exec(docs) ?? [];
    // Where Node finds the packages.
    const file = fileURLToPath(new URL('../node_modules/.cache/tracing-of-the-docs.mjs', import.meta.url));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, code);
    const program = run([], { NODE_OPTIONS: `--import ${file}` });
    const [, origin = ''] = await program.says(/(http:\/\/\S+)\/graphql/);
    await query(origin, `{ cart(id: "${cart}") { total } }`);
    await program.says(/name: 'GET \/carts\/\{id\}'/);
    await program.says(/name: 'graphql request'/);
  });

  test('lists every metric', async () => {
    const docs = readFileSync(new URL('../docs/observability.md', import.meta.url), 'utf8');
    const metrics = createMetrics();
    metrics.watch({ budget: { left: 1, waiting: 0 }, breaker: { isTripped: false } });
    const known = [...(await metrics.print()).matchAll(/^# TYPE (ecwid_graphql_\S+)/gm)].map(
      ([, name]) => name,
    );
    const listed = [...docs.matchAll(/^\| `(ecwid_graphql_\w+)`/gm)].map(([, name]) => name);
    expect(listed.toSorted()).toEqual(known.toSorted());
  });
});
