import { parseArgs } from 'node:util';
import { runUntilStopped, type Start } from './run-until-stopped.ts';
import { listeningRefusal, type StartRefusal } from './start-refusals.ts';

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
  const { examine } = await import('./doctor/examine.ts');
  const { printFindings } = await import('./doctor/print-findings.ts');
  const findings = await examine({ defaultPort: 4000 });
  process.stdout.write(printFindings(findings));
  if (findings.some(({ verdict }) => verdict === 'ill')) process.exitCode = 1;
  // A name that is still looked up cannot be given up.
  setTimeout(() => process.exit(), 200).unref();
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

function toText({ found, mend }: StartRefusal): string {
  return `${found.charAt(0).toUpperCase()}${found.slice(1)}. ${mend}`;
}

/** For a person: what is wrong and what to do about it, and no stack. */
function explain(error: unknown): string {
  const refusal = listeningRefusal(error);
  if (refusal) return toText(refusal);
  return error instanceof Error ? error.message : 'Could not start.';
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
