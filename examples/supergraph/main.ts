import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { compose, ecwidSdl } from './compose.ts';
import { customersSdl, startCustomers } from './customers.ts';
import { startApolloGateway } from './gateway.ts';
import { people } from './people.ts';

const { PORT = '4100', LOG_LEVEL = 'warn' } = process.env;

const stopped = Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));

const ecwid = spawn(process.execPath, [fileURLToPath(new URL('../../src/main.ts', import.meta.url))], {
  env: { ...process.env, HOST: '127.0.0.1', PORT: '0', TRUST_PROXY: '1', LOG_LEVEL },
  stdio: ['ignore', 'pipe', 'inherit'],
  // Ctrl-C is for this process, which then ends that one.
  detached: true,
});
const ended = once(ecwid, 'exit');
try {
  const ecwidUrl = await Promise.race([addressOf(ecwid.stdout), ended.then(() => undefined)]);
  if (!ecwidUrl) throw new Error('ecwid-graphql has ended.');
  const customers = await startCustomers(people);
  const supergraph = compose([
    { name: 'ecwid', url: ecwidUrl, sdl: ecwidSdl },
    { name: 'customers', url: customers.url, sdl: customersSdl },
  ]);
  const gateway = await startApolloGateway(supergraph, Number(PORT));
  process.stdout.write(
    `The supergraph is at ${gateway.url} and asks\n\n  ecwid      ${ecwidUrl}\n  customers  ${customers.url}\n`,
  );
  await Promise.race([stopped, ended]);
  await gateway.close();
  await customers.close();
} finally {
  ecwid.kill();
  await ended;
}

/** Undefined where nothing is told any more. */
async function addressOf(output: NodeJS.ReadableStream): Promise<string | undefined> {
  for await (const line of createInterface({ input: output })) {
    const [address] = /http:\S+\/graphql/.exec(line) ?? [];
    if (address) return address;
  }
  return undefined;
}
