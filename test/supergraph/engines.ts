import { fileURLToPath } from 'node:url';
import type { GraphQLSchema } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { compose, ecwidSdl } from '../../examples/supergraph/compose.ts';
import { customersSdl } from '../../examples/supergraph/customers.ts';
import { startApolloGateway } from '../../examples/supergraph/gateway.ts';
import { type Addresses, startHiveGateway } from './hive-gateway.ts';
import { type Listening, listen } from './listen.ts';
import { stitchByConfiguration } from './stitch-by-configuration.ts';
import { stitchByDirectives } from './stitch-by-directives.ts';

/** What makes one graph of several services. */
export interface Engine {
  readonly name: string;
  start(addresses: Addresses): Promise<Listening>;
  /** How it asks for entities. */
  readonly lookup: RegExp;
  /** Whether it asks for an entity as often as it has a place. */
  readonly repeats: boolean;
  /** Whether it complains where an entity is not there, and a field of it cannot be null. */
  readonly missesEntities: boolean;
  /** Whether the path of an error in an entity says which entity of a list; else its field is told in its place. */
  readonly countsInPaths: boolean;
}

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));

async function serve(schema: GraphQLSchema): Promise<Listening> {
  const yoga = createYoga({ schema, logging: false });
  return listen((request, response) => void yoga(request, response));
}

export const apollo: Engine = {
  name: '@apollo/gateway',
  start({ ecwid, customers }) {
    const supergraph = compose([
      { name: 'ecwid', url: ecwid, sdl: ecwidSdl },
      { name: 'customers', url: customers, sdl: customersSdl },
    ]);
    return startApolloGateway(supergraph, 0);
  },
  lookup: /_entities\(/,
  repeats: true,
  missesEntities: false,
  countsInPaths: true,
};

export const hive: Engine = {
  name: 'Hive Gateway',
  start: startHiveGateway,
  lookup: /_entities\(/,
  repeats: false,
  missesEntities: true,
  countsInPaths: false,
};

export const byDirectives: Engine = {
  name: 'stitching by directives',
  start: async ({ ecwid, customers }) => serve(await stitchByDirectives(ecwid, customers)),
  lookup: /(carts|orders)ByIds\(/,
  repeats: false,
  missesEntities: true,
  countsInPaths: false,
};

export const byConfiguration: Engine = {
  name: 'stitching by configuration',
  start: ({ ecwid, customers }) =>
    serve(
      stitchByConfiguration(
        { url: ecwid, schemaFile: pathOf('../../schema.graphql') },
        { url: customers, schemaFile: pathOf('../../examples/supergraph/customers.graphql') },
      ),
    ),
  lookup: /(carts|orders)ByIds\(/,
  repeats: false,
  missesEntities: true,
  countsInPaths: false,
};
