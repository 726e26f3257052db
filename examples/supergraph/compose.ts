import { readFileSync } from 'node:fs';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';

export interface Subgraph {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

/** What this project tells of itself, as it is committed: a service need not run to be composed. */
export const ecwidSdl = readFileSync(new URL('../../subgraph.graphql', import.meta.url), 'utf8');

/**
 * The graph of all of them, for any gateway of Apollo Federation 2.
 * @throws Error with what does not fit together
 */
export function compose(subgraphs: readonly Subgraph[]): string {
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })),
  );
  if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}
