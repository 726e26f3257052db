import { start } from './commands.ts';
import { listeningRefusal, toSentences } from './start-refusals.ts';

/** For a person: what is wrong and what to do about it, and no stack. */
function explain(error: unknown): string {
  const refusal = listeningRefusal(error);
  if (refusal) return toSentences(refusal);
  return error instanceof Error ? error.message : 'Could not start.';
}

/** Runs what the command line says, until the process is told to end. */
export async function runCommandLine(): Promise<void> {
  // Who has read enough, as `head` has, has gone; what runs goes on.
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') process.exitCode = 1;
  });
  const args = process.argv.slice(2);
  try {
    // Who only starts it does not wait until it is known what else it could do.
    if (args.length === 0 || (args.length === 1 && args[0] === 'start')) return await start();
    const { runCommand } = await import('./run-command.ts');
    await runCommand(args);
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  }
}
