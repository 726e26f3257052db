import type { Close } from './closing.ts';
import { type Config, ConfigurationError } from './config.ts';
import { openGateway } from './open-gateway.ts';
import { startHttpServer } from './server/http-server.ts';

/**
 * Starts the gateway on a port of its own, and says so in a text for people.
 * @param opened how to close each thing is put on this pile as soon as the thing is open
 * @param stopping aborts when the process is to end
 */
export async function startGateway(config: Config, opened: Close[], stopping: AbortSignal): Promise<string> {
  const metrics = config.metricsPort === undefined ? undefined : await openMetrics(config, opened);
  const draining = new AbortController();
  const { listener, serves, log } = await openGateway(config, opened, {
    metrics: metrics?.metrics,
    stopping,
    draining: draining.signal,
  });
  const server = await startHttpServer(listener, { ...config, onDrain: () => draining.abort(), log });
  // Nobody has been sent here who would have to be led elsewhere.
  const delaySeconds = stopping.aborted ? 0 : config.shutdownDelaySeconds;
  opened.push(async () => {
    // What has failed is not to be trusted with more.
    const cut = await server.close(process.exitCode === 1 ? 0 : delaySeconds * 1_000);
    if (cut > 0) process.exitCode = 1;
  });

  return `ecwid-graphql is ready.

  ${config.introspection === 'everyone' ? 'GraphiQL ' : 'GraphQL  '}  ${server.origin}/graphql
  Store      ${serves}
  Callers    ${describeCallers(config)}${metrics ? `\n  Metrics    ${metrics.url}` : ''}

A first query to paste:

  ${config.isOpen ? '{ carts(first: 3) { totalCount nodes { id email total } } }' : '{ store { name currency } }'}
`;
}

// Of no use to who does not look at them, and so not even read then.
async function openMetrics({ host, metricsPort: port = 0 }: Config, opened: Close[]) {
  const { createMetrics } = await import('./metrics/metrics.ts');
  const { startMetricsServer } = await import('./metrics/metrics-server.ts');
  const metrics = createMetrics();
  const { url, close } = await startMetricsServer(metrics, { host, port }).catch((error) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new ConfigurationError([
      'METRICS_PORT is taken by another program, or is that of the gateway itself',
    ]);
  });
  opened.push(close);
  return { metrics, url };
}

function describeCallers({ auth, isOpen, stores }: Config): string {
  if (stores) return 'guests, and whoever has a token for one of the stores';
  if (auth) return `guests, and whoever has a token of ${auth.issuer}`;
  return isOpen
    ? 'everybody is staff, but for those who say that they are not'
    : 'guests, since no tokens are configured';
}
