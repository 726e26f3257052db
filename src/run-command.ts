import { readFileSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { consultDoctor, printSchema, start, startSandbox } from './commands.ts';

const exitCodes = `
Configured by the environment: ECWID_STORE_ID, ECWID_TOKEN and others.

Exit codes:
  0  it is done
  1  it could not be done, or doctor has found what is not well
  2  there is no such command or option`;

/**
 * Runs the command that these arguments name. Where they name none that there is, says so, and what there is.
 * @throws whatever the command throws
 */
export async function runCommand(args: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // It has said so itself; of what was only asked for the code is 0.
    if (error.exitCode !== 0) process.exitCode = 2;
  }
}

function createProgram(): Command {
  const program = new Command('ecwid-graphql')
    .description('A GraphQL gateway over the Ecwid REST API. Without a command it starts.')
    .version(readVersion(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this, or what a command takes')
    .helpCommand(false)
    .addHelpText('after', exitCodes)
    .showHelpAfterError()
    .exitOverride();
  program
    .command('start')
    .description('the gateway, over the store in ECWID_STORE_ID or else over its embedded sandbox (default)')
    .action(start);
  program
    .command('sandbox')
    .description('the sandbox alone: an emulator of the Ecwid REST API')
    .option(
      '--webhooks <url>',
      'tell that address of carts and orders that change, signed with client_secret_of_the_sandbox',
      parseAddress,
    )
    .action(startSandbox);
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

function parseAddress(text: string): string {
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text;
  throw new InvalidArgumentError('It must be an http or https URL.');
}

// By its own name the package finds itself, from its sources as well as from what is made of them.
function readVersion(): string {
  return JSON.parse(readFileSync(new URL(import.meta.resolve('ecwid-graphql/package.json')), 'utf8')).version;
}
