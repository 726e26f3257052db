import { type Config, ConfigurationError, readConfig } from '../config.ts';
import { examineAddress, examineNode } from './examine-machine.ts';
import { type Finding, ill, open, well } from './finding.ts';

/** Looks at all that a gateway with the configuration of the environment needs, and changes nothing. */
export async function examine(port: Parameters<typeof readConfig>[0]): Promise<readonly Finding[]> {
  const node = examineNode(process.versions.node);
  // An older one may not even read the rest.
  if (node.verdict === 'ill') return [node, open('The rest', 'needs a newer Node to be looked at')];
  let config: Config;
  try {
    config = readConfig(port);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const mend = 'The table of variables in README.md has what each may be.';
    const problems = error.problems.map((found) => ill('Configuration', { found, mend }));
    return [node, ...problems, open('The rest', 'needs a configuration to be looked at')];
  }
  return [node, well('Configuration', 'each variable can be read'), ...(await examineAll(config))];
}

async function examineAll(config: Config): Promise<readonly Finding[]> {
  const { stores, redis, host, port, metricsPort } = config;
  const rooms = await Promise.all([
    look('Address', () => examineAddress('Address', { host, port, variable: 'PORT' })),
    look('Metrics', async () => {
      if (metricsPort === undefined) return open('Metrics', 'METRICS_PORT is not configured');
      return examineAddress('Metrics', { host, port: metricsPort, variable: 'METRICS_PORT' });
    }),
    look('Redis', async () => {
      // Most have none, and need none.
      if (!redis) return [];
      return (await import('./examine-redis.ts')).examineRedis(redis);
    }),
    ...(stores
      ? [
          look('Stores', async () => (await import('./examine-stores.ts')).examineStores(stores, config)),
          lookAtDocuments(config),
        ]
      : examineOne(config)),
  ]);
  return rooms.flat();
}

/** What is looked at of the single store. */
function examineOne(config: Config): readonly ReturnType<typeof look>[] {
  const { store, redis, dataDir } = config;
  return [
    look('Journal', async () => {
      if (redis) return open('Journal', 'is in Redis');
      const { examineJournal, examineTemporaryDirectory } = await import('./examine-journal.ts');
      return store ? examineJournal(dataDir, store.storeId) : examineTemporaryDirectory();
    }),
    lookAtDocuments(config),
    look('Callers', async () => (await import('./examine-callers.ts')).examineCallers(config)),
    look('Webhooks', async () => (store ? examineWebhooks(store) : [])),
    look('Ecwid', async () => {
      if (!store) return open('Ecwid', 'no store is configured: the embedded sandbox would be served');
      return (await import('./examine-store.ts')).examineStore(store);
    }),
  ];
}

function lookAtDocuments({ trustedDocuments }: Config) {
  return look('Documents', async () => {
    if (trustedDocuments === undefined) return open('Documents', 'TRUSTED_DOCUMENTS is not configured');
    return (await import('./examine-documents.ts')).examineDocuments(trustedDocuments);
  });
}

function examineWebhooks({ clientSecret }: NonNullable<Config['store']>): Finding {
  return clientSecret === undefined
    ? open('Webhooks', 'ECWID_CLIENT_SECRET is not configured: none are taken')
    : well('Webhooks', 'taken at /webhooks/ecwid: give Ecwid that path of your public address');
}

/** What is not foreseen is one more thing that is not well, and keeps nothing else from being looked at. */
async function look(
  subject: string,
  examination: () => Promise<Finding | readonly Finding[]>,
): Promise<Finding | readonly Finding[]> {
  try {
    return await examination();
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    return ill(subject, {
      found: `it cannot be told (${name})`,
      mend: 'Report it: this is a fault of the doctor.',
    });
  }
}
