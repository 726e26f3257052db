import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import type { runUntilStopped, Start } from './run-until-stopped.ts';
import { listeningRefusal, nodeRefusal, type StartRefusal } from './start-refusals.ts';

const gatewayPort = 4000;

const exitCodes = `
Configured by the environment: ECWID_STORE_ID, ECWID_TOKEN and others.

Exit codes:
  0  it is done
  1  it could not be done, or doctor has found what is not well
  2  there is no such command or option`;

// What a command does not need is not even read; nor could a Node that is too old read all of it.
async function run(start: Start, port: Parameters<typeof runUntilStopped>[1]): Promise<void> {
  const { runUntilStopped } = await import('./run-until-stopped.ts');
  await runUntilStopped(start, port);
}

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

async function printSchema({ subgraph = false }: { readonly subgraph?: boolean }): Promise<void> {
  const { schema } = await import('./schema/schema.ts');
  const { printReadableSdl, printSubgraphSdl } = await import('./schema/print-sdl.ts');
  process.stdout.write(subgraph ? await printSubgraphSdl(schema) : printReadableSdl(schema));
}

async function consultDoctor(): Promise<void> {
  const { examine } = await import('./doctor/examine.ts');
  const { printFindings } = await import('./doctor/print-findings.ts');
  const findings = await examine({ defaultPort: gatewayPort });
  process.stdout.write(printFindings(findings));
  if (findings.some(({ verdict }) => verdict === 'ill')) process.exitCode = 1;
  // A name that is still looked up cannot be given up.
  setTimeout(() => process.exit(), 200).unref();
}

function createCommandLine(): Command {
  const program = new Command('ecwid-graphql')
    .description('A GraphQL gateway over the Ecwid REST API. Without a command it starts.')
    .version(readVersion(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this, or what a command takes')
    .helpCommand(false)
    .addHelpText('after', exitCodes)
    .showHelpAfterError()
    .exitOverride()
    .hook('preAction', (_program, command) => {
      const refusal = nodeRefusal(process.versions.node);
      // The doctor says so itself.
      if (refusal && command.name() !== 'doctor') throw new Error(toText(refusal));
    });
  program
    .command('start')
    .description('the gateway, over the store in ECWID_STORE_ID or else over its embedded sandbox (default)')
    .action(() => run(startGateway, { defaultPort: gatewayPort }));
  program
    .command('sandbox')
    .description('the sandbox alone: an emulator of the Ecwid REST API')
    // It has no rules of its own about who may call it.
    .action(() => run(startSandbox, { defaultPort: 4001, mayBeOpen: true }));
  program
    .command('schema')
    .description('print the schema')
    .option('--subgraph', 'the one for Apollo Federation')
    .action(printSchema);
  program
    .command('doctor')
    .description('look at all that the gateway needs, and say how to mend what is not well')
    .action(consultDoctor);
  return program;
}

// By its own name the package finds itself, from its sources as well as from what is made of them.
function readVersion(): string {
  return JSON.parse(readFileSync(new URL(import.meta.resolve('ecwid-graphql/package.json')), 'utf8')).version;
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
  const [command = 'start', ...options] = process.argv.slice(2);
  try {
    await createCommandLine().parseAsync([command, ...options], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // It has said so itself; of what was only asked for the code is 0.
      if (error.exitCode !== 0) process.exitCode = 2;
      return;
    }
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  }
}
