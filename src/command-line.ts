import { parseArgs } from 'node:util';
import { runUntilStopped, type Start } from './run-until-stopped.ts';

const usage = `Usage: ecwid-graphql [command]

  start      the gateway, over the store in ECWID_STORE_ID or else over its embedded sandbox (default)
  sandbox    the sandbox alone: an emulator of the Ecwid REST API
  schema     prints the schema; with --subgraph the one for Apollo Federation
  doctor     looks at all that the gateway needs, and says how to mend what is not well
`;

interface Options {
  readonly subgraph?: boolean | undefined;
}

type Command = (options: Options) => Promise<void>;

// What a command does not need is not even read.
const startGateway: Start = async (...args) => {
  const { startGateway } = await import('./start-gateway.ts');
  return startGateway(...args);
};

const startSandbox: Start = async ({ host, port }, opened) => {
  const { createSandbox } = await import('./sandbox/sandbox.ts');
  const sandbox = await createSandbox({ host, port });
  opened.push(() => sandbox.close());
  return `The sandbox is ready: an emulator of the Ecwid REST API. Point a gateway at it by

  ECWID_API_URL=${sandbox.url} ECWID_STORE_ID=${sandbox.storeId} ECWID_TOKEN=${sandbox.secretToken}
`;
};

async function printSchema({ subgraph = false }: Options): Promise<void> {
  const { schema } = await import('./schema/schema.ts');
  const { printReadableSdl, printSubgraphSdl } = await import('./schema/print-sdl.ts');
  process.stdout.write(subgraph ? await printSubgraphSdl(schema) : printReadableSdl(schema));
}

async function consultDoctor(): Promise<void> {
  const { describeFindings, examine } = await import('./doctor.ts');
  const findings = await examine();
  process.stdout.write(describeFindings(findings));
  if (!findings.every(({ isWell }) => isWell)) process.exitCode = 1;
}

const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['start', () => runUntilStopped(startGateway, { defaultPort: 4000 })],
  // It has no rules of its own about who may call it.
  ['sandbox', () => runUntilStopped(startSandbox, { defaultPort: 4001, mayBeOpen: true })],
  ['schema', printSchema],
  ['doctor', consultDoctor],
]);

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' }, subgraph: { type: 'boolean' } },
  });
  const [name = 'start', ...others] = positionals;
  const command = commands.get(name);
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  if (!command || others.length > 0) throw new Error(`There is no such command.\n\n${usage}`);
  await command(values);
}

/** A sentence for a person: what is wrong, and no stack. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return 'Could not start.';
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
  // Who has read enough, as `head` has, has gone; what runs goes on.
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') process.exitCode = 1;
  });
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  }
}
