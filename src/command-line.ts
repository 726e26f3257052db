import { once } from 'node:events';
import { flushCompileCache } from 'node:module';
import { parseArgs } from 'node:util';
import { JournalError } from './checkout/journal.ts';
import { type Config, readConfig } from './config.ts';
import { createLog } from './log.ts';
import { describeUnexpected } from './server/describe-unexpected.ts';
import { TrustedDocumentsError } from './server/trusted-documents.ts';
import type { Close } from './start-gateway.ts';

/** Starts one thing, and puts how to close it on the pile as soon as it is open. */
type Start = (config: Config, opened: Close[], stopping: AbortSignal) => Promise<string>;

const usage = `Usage: ecwid-graphql [command]

  start      the gateway, over the store in ECWID_STORE_ID or else over its embedded sandbox (default)
  sandbox    the sandbox alone: an emulator of the Ecwid REST API
`;

// What a command does not need is not even read.
const startGateway: Start = async (...args) => {
  const { startGateway } = await import('./start-gateway.ts');
  return startGateway(...args);
};

async function startSandbox({ host, port }: Config, opened: Close[]): Promise<string> {
  const { createSandbox } = await import('./sandbox/sandbox.ts');
  const sandbox = await createSandbox({ host, port });
  opened.push(() => sandbox.close());
  return `The sandbox is ready: an emulator of the Ecwid REST API. Point a gateway at it by

  ECWID_API_URL=${sandbox.url} ECWID_STORE_ID=${sandbox.storeId} ECWID_TOKEN=${sandbox.secretToken}
`;
}

const commands: ReadonlyMap<string, { readonly start: Start; readonly defaultPort: number }> = new Map([
  ['start', { start: startGateway, defaultPort: 4000 }],
  ['sandbox', { start: startSandbox, defaultPort: 4001 }],
]);

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' } },
  });
  const [name = 'start', ...others] = positionals;
  const command = commands.get(name);
  if (values.help) return say(usage);
  if (!command || others.length > 0) throw new Error(`There is no such command.\n\n${usage}`);

  const opened: Close[] = [];
  const stopping = new AbortController();
  const stopped = once(stopping.signal, 'abort');
  const stop = () => {
    // Somebody is in a hurry.
    if (stopping.signal.aborted) process.exit(1);
    stopping.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);

  try {
    const { start, defaultPort } = command;
    const config = readConfig({ defaultPort, mayBeOpen: name === 'sandbox' });
    const log = createLog({ level: config.logLevel });
    // Rejections that nobody handles come here as well.
    process.on('uncaughtException', (error) => {
      // What fails while it ends is no news.
      if (process.exitCode === 1) return;
      process.exitCode = 1;
      log.fatal(describeUnexpected(error), 'an uncaught error ends the process');
      // What is left of it is not to be trusted for long.
      setTimeout(() => process.exit(), 1_000).unref();
      stopping.abort();
    });
    const greeting = await start(config, opened, stopping.signal);
    if (stopping.signal.aborted) return;
    say(greeting);
    // It is written at exit otherwise, which a process that is killed does not come to.
    flushCompileCache();
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

/** A sentence for a person: what is wrong, and no stack. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return 'Could not start.';
  if (error instanceof JournalError) {
    return 'DATA_DIR cannot be used: the journal of orders needs a directory that this user may write to, or may make.';
  }
  if (error instanceof TrustedDocumentsError) return `TRUSTED_DOCUMENTS ${error.message}`;
  if ('syscall' in error && error.syscall === 'mkdtemp') {
    return 'TMPDIR must be a directory that this user may write to: there is the journal of a sandbox.';
  }
  switch ('code' in error && error.code) {
    case 'EADDRINUSE':
      return 'The port is taken by another program. Set PORT to a free one.';
    case 'EACCES':
      return 'The port may not be used by this user. Set PORT to one above 1023.';
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'HOST is no address of this machine.';
    default:
      return error.message;
  }
}

/** Runs what the command line says, until the process is told to end. */
export async function runCommandLine(): Promise<void> {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  }
}
