#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { type Config, ConfigurationError, readConfig } from './config.ts';
import { createEcwidClient } from './ecwid/client.ts';
import { createDispatcher } from './ecwid/dispatcher.ts';
import { exampleOperations } from './example-operations.ts';
import { createLog } from './log.ts';
import { createSandbox, type Sandbox } from './sandbox/sandbox.ts';
import { createContextFactory } from './schema/context.ts';
import { schema } from './schema/schema.ts';
import { createGateway } from './server/gateway.ts';
import { startHttpServer } from './server/http-server.ts';

type Close = () => Promise<void>;

/** Starts one thing, and puts how to close it on the pile as soon as it is open. */
type Start = (config: Config, opened: Close[]) => Promise<string>;

const usage = `Usage: ecwid-graphql [command]

  start      the gateway, over the store in ECWID_STORE_ID or else over its embedded sandbox (default)
  sandbox    the sandbox alone: an emulator of the Ecwid REST API
`;

async function startGateway(config: Config, opened: Close[]): Promise<string> {
  let store = config.store;
  let sandbox: Sandbox | undefined;
  if (!store) {
    sandbox = await createSandbox();
    opened.push(() => sandbox?.close() ?? Promise.resolve());
    store = { storeId: sandbox.storeId, token: sandbox.secretToken, apiUrl: new URL(sandbox.url) };
  }

  const log = createLog({ level: config.logLevel, secrets: [store.token, store.apiUrl.host] });
  const dispatcher = createDispatcher(store.apiUrl);
  opened.push(() => dispatcher.close());

  const server = await startHttpServer(
    createGateway({
      schema,
      createContext: createContextFactory(createEcwidClient({ ...store, dispatcher }), log),
      log,
      // All but the first name carts of the sandbox.
      exampleOperations: sandbox ? exampleOperations : exampleOperations.slice(0, 1),
    }),
    config,
  );
  opened.push(() => server.close());

  return `ecwid-graphql is ready.

  GraphiQL   ${server.origin}/graphql
  Store      ${sandbox ? `the embedded sandbox (store ${store.storeId})` : `Ecwid store ${store.storeId}`}

A first query to paste:

  { carts(first: 3) { totalCount nodes { id email total } } }
`;
}

async function startSandbox({ host, port }: Config, opened: Close[]): Promise<string> {
  const sandbox = await createSandbox({ host, port });
  opened.push(() => sandbox.close());
  return `The sandbox is ready: an emulator of the Ecwid REST API. Point a gateway at it by

  ECWID_API_URL=${sandbox.url} ECWID_STORE_ID=${sandbox.storeId} ECWID_TOKEN=${sandbox.secretToken}
`;
}

const commands: Readonly<Record<string, { readonly start: Start; readonly defaultPort: number }>> = {
  start: { start: startGateway, defaultPort: 4000 },
  sandbox: { start: startSandbox, defaultPort: 4001 },
};

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' } },
  });
  const command = commands[positionals[0] ?? 'start'];
  if (values.help) return say(usage);
  if (!command || positionals.length > 1) throw new ConfigurationError([`Unknown command.\n\n${usage}`]);

  const opened: Close[] = [];
  const signals = new Set<NodeJS.Signals>();
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        // Somebody is in a hurry.
        if (signals.size > 0) process.exit(1);
        signals.add(signal);
        resolve();
      });
    }
  });

  try {
    say(await command.start(readConfig(command), opened));
    await stopped;
  } finally {
    await closeInReverse(opened);
  }
}

async function closeInReverse(opened: readonly Close[]): Promise<void> {
  const failures: unknown[] = [];
  for (const close of opened.toReversed()) {
    await close().catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be closed.');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** One line for a person: what is wrong, and no stack. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return 'Could not start.';
  if ('code' in error && error.code === 'EADDRINUSE') {
    return 'The port is taken by another program. Set PORT to a free one.';
  }
  return error.message;
}

try {
  await main();
  process.exitCode = 0;
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
