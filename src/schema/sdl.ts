import type { GraphQLSchema } from 'graphql';
import { builder } from './builder.ts';
import { printStitchingSdl, printSubgraphSdl } from './print-sdl.ts';

interface Service {
  readonly sdl: string;
}

const Service = builder.objectRef<Service>('_Service').implement({
  description: 'What a larger graph is told of this service (Apollo Federation).',
  fields: (t) => ({
    sdl: t.exposeString('sdl', {
      nullable: false,
      description: 'The schema as a subgraph of Apollo Federation 2: with @key, @shareable and @link.',
    }),
  }),
});

const subgraphSdl = once(printSubgraphSdl);
const stitchingSdl = once(printStitchingSdl);

/** It is the same for whoever asks. */
function once(print: (schema: GraphQLSchema) => Promise<string>): typeof print {
  let printed: Promise<string> | undefined;
  return (schema) => {
    printed ??= print(schema);
    return printed;
  };
}

builder.queryFields((t) => ({
  _service: t.field({
    type: Service,
    nullable: false,
    description:
      'The schema for Apollo Federation, to whoever may introspect it; people read `schema.graphql` instead.',
    resolve: async (_root, _args, _context, { schema }) => ({ sdl: await subgraphSdl(schema) }),
  }),
  _sdl: t.string({
    nullable: false,
    description:
      'The schema for gateways that stitch, with @key and @merge, to whoever may introspect it: merging types needs ' +
      'no other configuration then.',
    resolve: (_root, _args, _context, { schema }) => stitchingSdl(schema),
  }),
}));
