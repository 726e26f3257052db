import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { buildContenders } from './build-contenders.ts';
import { type Contender, contenders, signToken } from './contenders.ts';
import { printPickers } from './pickers.ts';
import { leaveCoreToGateways } from './pinning.ts';
import { createScenarios, type Scenario } from './scenarios.ts';
import { smallSchema } from './small-schema.ts';
import type { StartOptions } from './start-contender.ts';
import { type StandIn, startStandIn } from './upstream/start-stand-in.ts';

/** All that there is before the first contender is started. */
export interface Workplace {
  readonly scenarios: readonly Scenario[];
  readonly contenders: readonly Contender[];
  readonly standIn: StandIn;
  readonly start: StartOptions;
  readonly token: string;
  close(): void;
}

/** Starts the upstream, and writes what contenders read. Close it when done. */
export async function openWorkplace(): Promise<Workplace> {
  if (process.platform !== 'linux')
    throw new Error('What processes cost is read from /proc, which only Linux has.');
  const isPinned = leaveCoreToGateways();
  const directory = mkdtempSync(join(tmpdir(), 'ecwid-graphql-bench-'));
  process.once('exit', () => rmSync(directory, { recursive: true }));
  const sdl = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');
  const schema = buildSchema(sdl);
  const scenarios = createScenarios(schema);
  const small = smallSchema(sdl, schema, scenarios);
  const schemaPath = join(directory, 'schema.graphql');
  const pickersPath = join(directory, 'pickers.mjs');
  writeFileSync(schemaPath, small);
  writeFileSync(pickersPath, printPickers(small, scenarios));
  const built = await buildContenders(contenders, directory);
  const standIn = await startStandIn();
  return {
    scenarios,
    contenders: built,
    standIn,
    start: { directory, isPinned, upstreamPort: standIn.port, schemaPath, pickersPath },
    token: signToken(),
    close: () => standIn.close(),
  };
}
