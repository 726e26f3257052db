import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { query, run } from '../program.ts';

const cart = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';

/** Each sample of a text as Prometheus reads it: name and labels, and its value. */
function samplesOf(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

describe('metrics', () => {
  async function startMeasured() {
    const program = run([], { METRICS_PORT: '0' });
    const [, metricsUrl = ''] = await program.says(/Metrics +(http:\S+)/);
    const [, origin = ''] = await program.says(/(http:\/\/\S+)\/graphql/);
    return { origin, metricsUrl };
  }

  test('count requests by type and outcome, calls by route, and orders by how they ended, with nothing of a caller’s choosing', async () => {
    const { origin, metricsUrl } = await startMeasured();
    const print = async () => (await fetch(metricsUrl)).text();
    const read = async () => samplesOf(await print());
    await query(origin, `query Chosen_MARKED { chosen_MARKED: cart(id: "${cart}") { total } }`);
    await query(origin, '{ orders(first: 0) { totalCount } }');
    await query(origin, '{ unheardOf_MARKED }');
    const placing = `mutation { placeOrder(input: { cart_id: "${cart}" }) { order { id } } }`;
    await query(origin, placing);
    await query(origin, placing);
    await query(origin, 'mutation { placeOrder(input: { cart_id: "MARKED" }) { errors { code } } }');
    await expect
      .poll(async () => Object.fromEntries(await read()))
      .toMatchObject({
        'ecwid_graphql_requests_total{type="query",outcome="OK"}': 1,
        'ecwid_graphql_requests_total{type="query",outcome="BAD_USER_INPUT"}': 1,
        'ecwid_graphql_requests_total{type="query",outcome="GRAPHQL_VALIDATION_FAILED"}': 1,
        'ecwid_graphql_requests_total{type="mutation",outcome="OK"}': 3,
        'ecwid_graphql_request_duration_seconds_count{type="query"}': 3,
        'ecwid_graphql_upstream_calls_total{method="POST",route="/carts/{id}/place",outcome="200"}': 1,
        'ecwid_graphql_orders_total{mutation="placeOrder",outcome="MADE"}': 2,
        'ecwid_graphql_orders_total{mutation="placeOrder",outcome="CART_NOT_FOUND"}': 1,
        ecwid_graphql_breaker_open: 0,
        ecwid_graphql_budget_waiting: 0,
      });
    const samples = await read();
    expect(samples.get('ecwid_graphql_budget_left')).toBeLessThan(60);
    expect(samples.get('nodejs_eventloop_lag_seconds')).toBeGreaterThanOrEqual(0);
    expect(samples.get('nodejs_heap_size_used_bytes')).toBeGreaterThan(1_000_000);
    const text = await print();
    for (const mark of ['MARKED', cart, '127.0.0.1', 'secret_']) expect(text).not.toContain(mark);
  });

  test('are on a port of their own, and nothing else is there', async () => {
    const { origin, metricsUrl } = await startMeasured();
    const { origin: own } = new URL(metricsUrl);
    expect(own).not.toBe(origin);
    expect((await fetch(`${origin}/metrics`)).status).toBe(404);
    for (const [path, init] of [
      ['/', {}],
      ['/graphql', {}],
      ['/metrics', { method: 'POST' }],
    ] as const) {
      expect((await fetch(own + path, init)).status).toBe(404);
    }
    await fetch(`${origin}/elsewhere`);
    await expect
      .poll(async () =>
        samplesOf(await (await fetch(`${own}/metrics?all=1`)).text()).has(
          'ecwid_graphql_requests_total{type="none",outcome="HTTP_404"}',
        ),
      )
      .toBe(true);
  });

  test('have the process end where their port is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => {
      taken.listen(0, '127.0.0.1', resolve);
    });
    const { port } = taken.address() as { port: number };
    const second = run([], { METRICS_PORT: String(port) });
    expect(await second.exited).toBe(1);
    expect(second.said()).toMatch(/METRICS_PORT is taken by another program/);
    const both = run([], { PORT: '4999', METRICS_PORT: '4999' });
    expect(await both.exited).toBe(1);
    expect(both.said()).toMatch(/METRICS_PORT must be another port than PORT/);
    taken.close();
  });
});

describe.each(['grafana-dashboard.json', 'alerts.yaml'])('docs/%s', (name) => {
  test('asks for metrics that there are', async () => {
    const metrics = createMetrics();
    metrics.watch({ budget: { left: 1, waiting: 0 }, breaker: { isTripped: false } });
    const printed = await metrics.print();
    const known = [...printed.matchAll(/^# TYPE (\S+) (\w+)/gm)].flatMap(([, metric = '', type]) =>
      type === 'histogram' ? [`${metric}_bucket`, `${metric}_count`, `${metric}_sum`] : [metric],
    );
    const text = readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
    const asked = [...text.matchAll(/\b(?:ecwid_graphql|nodejs|process)_[a-z0-9_]+/g)].map(
      ([metric]) => metric,
    );
    expect(asked.length).toBeGreaterThan(2);
    for (const metric of asked) expect(known).toContain(metric);
  });
});
