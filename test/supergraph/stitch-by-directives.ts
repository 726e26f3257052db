import { buildHTTPExecutor } from '@graphql-tools/executor-http';
import { stitchSchemas } from '@graphql-tools/stitch';
import { stitchingDirectives } from '@graphql-tools/stitching-directives';
import { schemaFromExecutor } from '@graphql-tools/wrap';
import { buildSchema, type ExecutionResult, parse } from 'graphql';
import { forwardedHeaders } from '../../examples/supergraph/forwarded-headers.ts';

const { stitchingDirectivesTransformer } = stitchingDirectives();

/** Asks a service in the name of whoever asks the gateway; while it starts, nobody does. */
function executorFor(endpoint: string) {
  return buildHTTPExecutor({
    endpoint,
    headers: (request) => (request?.context ? forwardedHeaders(request.context.req) : {}),
  });
}

/** How carts and orders are merged is told by `_sdl`; how customers are, by their configuration here. */
export async function stitchByDirectives(ecwidUrl: string, customersUrl: string) {
  const ecwid = executorFor(ecwidUrl);
  const { data, errors } = (await ecwid({ document: parse('{ _sdl }') })) as ExecutionResult<{
    _sdl: string;
  }>;
  if (!data) throw new Error(errors?.[0]?.message);
  const customers = executorFor(customersUrl);
  return stitchSchemas({
    subschemaConfigTransforms: [stitchingDirectivesTransformer],
    subschemas: [
      { schema: buildSchema(data._sdl), executor: ecwid, batch: true },
      {
        schema: await schemaFromExecutor(customers),
        executor: customers,
        batch: true,
        merge: {
          Customer: {
            selectionSet: '{ id }',
            fieldName: 'customersByIds',
            key: ({ id }) => id,
            argsFromKeys: (ids) => ({ ids }),
          },
        },
      },
    ],
  });
}
