import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What there is to count. Whatever a label takes is one of few values, and none of a caller's choosing. */
export interface Metrics {
  countRequest(request: {
    readonly operation?: { readonly type: string } | undefined;
    readonly codes: ReadonlySet<string>;
    readonly status: number;
    readonly durationMs: number;
  }): void;
  countCall(call: {
    readonly method: string;
    readonly route: string;
    readonly outcome: string;
    readonly isRetry: boolean;
    readonly ms: number;
    readonly bytes: number;
  }): void;
  /** A read of Ecwid that needed no call of its own. */
  countSharedRead(): void;
  countEnding(mutation: string, outcome: string): void;
  countSubscription(happening: 'opened' | 'told' | 'ended'): void;
  countWebhook(event: string, outcome: string): void;
  /** What is looked at when somebody asks, until what it returns is called. */
  watch(state: Watched): () => void;
  /** The same, of one store of many: each of its samples has the label `store`. */
  ofStore(storeId: string): Metrics;
  /** All of it, as Prometheus reads it. */
  print(): Promise<string>;
  readonly contentType: string;
}

interface Watched {
  readonly budget: { readonly left: number; readonly waiting: number };
  readonly breaker: { readonly isTripped: boolean };
}

const prefix = 'ecwid_graphql_';
const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Of an answer without errors of GraphQL, such as for an address that there is not. */
function byStatus(status: number): string {
  return status < 400 ? 'OK' : `HTTP_${status}`;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  // Memory, the event loop, sockets and collections of garbage, as every Node program tells them.
  collectDefaultMetrics({ register: registry });
  const registers = [registry];

  const requests = new Counter({
    name: `${prefix}requests_total`,
    help: 'GraphQL requests that have ended, by the type of their operation and the first code of their errors.',
    labelNames: ['store', 'type', 'outcome'],
    registers,
  });
  const requestSeconds = new Histogram({
    name: `${prefix}request_duration_seconds`,
    help: 'From the headers of a request to the last byte of its answer.',
    labelNames: ['store', 'type'],
    buckets: seconds,
    registers,
  });
  const calls = new Counter({
    name: `${prefix}upstream_calls_total`,
    help: 'Calls to Ecwid, by method, route, and the status of the answer or the code of its failure.',
    labelNames: ['store', 'method', 'route', 'outcome'],
    registers,
  });
  const callSeconds = new Histogram({
    name: `${prefix}upstream_call_duration_seconds`,
    help: 'From sending a call to Ecwid to the last byte of its answer.',
    labelNames: ['store', 'route'],
    buckets: seconds,
    registers,
  });
  const callBytes = new Counter({
    name: `${prefix}upstream_bytes_total`,
    help: 'Bytes of the bodies that Ecwid has answered with.',
    labelNames: ['store', 'route'],
    registers,
  });
  const retries = new Counter({
    name: `${prefix}upstream_retries_total`,
    help: 'Calls to Ecwid that were sent because one before had failed.',
    labelNames: ['store', 'route'],
    registers,
  });
  const sharedReads = new Counter({
    name: `${prefix}shared_reads_total`,
    help: 'Reads of Ecwid that needed no call of their own, as an equal one was under way or remembered.',
    labelNames: ['store'],
    registers,
  });
  const endings = new Counter({
    name: `${prefix}orders_total`,
    help: 'Calls of placeOrder and createOrder, by how they ended: MADE, or each code that was told.',
    labelNames: ['store', 'mutation', 'outcome'],
    registers,
  });

  const subscriptions = new Gauge({
    name: `${prefix}subscriptions`,
    help: 'Subscriptions that are open.',
    labelNames: ['store'],
    registers,
  });
  const events = new Counter({
    name: `${prefix}subscription_events_total`,
    help: 'Changes that subscribers were told of.',
    labelNames: ['store'],
    registers,
  });

  const webhooks = new Counter({
    name: `${prefix}webhooks_total`,
    help: 'Webhooks that have arrived, by what they tell and what came of them.',
    labelNames: ['store', 'event', 'outcome'],
    registers,
  });

  const watched = new Map<Watched, Labels>();
  const watch = (state: Watched, labels: Labels) => {
    if (watched.size === 0 && registry.getSingleMetric(`${prefix}budget_left`) === undefined) addGauges();
    watched.set(state, labels);
    return () => void watched.delete(state);
  };
  const addGauges = () => {
    const gauges: [name: string, help: string, read: (state: Watched) => number][] = [
      ['budget_left', 'Calls to Ecwid that could be sent at this moment.', ({ budget }) => budget.left],
      ['budget_waiting', 'Calls to Ecwid that wait for their turn.', ({ budget }) => budget.waiting],
      [
        'breaker_open',
        '1 while Ecwid is out of order, and nothing is sent but a probe now and then.',
        ({ breaker }) => Number(breaker.isTripped),
      ],
    ];
    for (const [name, help, read] of gauges) {
      new Gauge({
        name: prefix + name,
        help,
        labelNames: ['store'],
        registers,
        collect() {
          this.reset();
          for (const [state, labels] of watched) this.set(labels, read(state));
        },
      });
    }
  };

  const withLabels = (labels: Labels): Metrics => ({
    countRequest({ operation, codes, status, durationMs }) {
      const type = operation?.type ?? 'none';
      const [code] = codes;
      requests.inc({
        ...labels,
        type,
        outcome: status === 499 ? 'CALLER_LEFT' : (code ?? byStatus(status)),
      });
      requestSeconds.observe({ ...labels, type }, durationMs / 1_000);
    },
    countCall({ method, route, outcome, isRetry, ms, bytes }) {
      calls.inc({ ...labels, method, route, outcome });
      callSeconds.observe({ ...labels, route }, ms / 1_000);
      callBytes.inc({ ...labels, route }, bytes);
      if (isRetry) retries.inc({ ...labels, route });
    },
    countSharedRead: () => sharedReads.inc(labels),
    countEnding: (mutation, outcome) => endings.inc({ ...labels, mutation, outcome }),
    countSubscription(happening) {
      if (happening === 'opened') subscriptions.inc(labels);
      else if (happening === 'ended') subscriptions.dec(labels);
      else events.inc(labels);
    },
    countWebhook: (event, outcome) => webhooks.inc({ ...labels, event, outcome }),
    watch: (state) => watch(state, labels),
    ofStore: (storeId) => withLabels({ store: storeId }),
    print: () => registry.metrics(),
    contentType: registry.contentType,
  });
  return withLabels({});
}

/** None where there is one store. */
type Labels = { readonly store?: string };
