import { readFileSync } from 'node:fs';
import { buildHTTPExecutor } from '@graphql-tools/executor-http';
import { stitchSchemas } from '@graphql-tools/stitch';
import { buildSchema } from 'graphql';
import { forwardedHeaders } from '../../examples/supergraph/forwarded-headers.ts';

interface Service {
  readonly url: string;
  /** Where its schema is: a service is not asked before somebody asks the gateway. */
  readonly schemaFile: string;
}

function remoteSchema({ url, schemaFile }: Service) {
  return {
    // In a subgraph's file there are directives that mean nothing here.
    schema: buildSchema(readFileSync(schemaFile, 'utf8'), { assumeValidSDL: true }),
    executor: buildHTTPExecutor({
      endpoint: url,
      headers: (request) => (request ? forwardedHeaders(request.context.req) : {}),
    }),
    batch: true,
  };
}

/** Objects of the same `id` are one; the field finds a hundred of them at a time. */
function mergeBy(fieldName: string) {
  return {
    selectionSet: '{ id }',
    fieldName,
    key: ({ id }: { id: string }) => id,
    argsFromKeys: (ids: readonly string[]) => ({ ids }),
    dataLoaderOptions: { maxBatchSize: 100 },
  };
}

export function stitchByConfiguration(ecwid: Service, customers: Service) {
  return stitchSchemas({
    subschemas: [
      { ...remoteSchema(ecwid), merge: { Cart: mergeBy('cartsByIds'), Order: mergeBy('ordersByIds') } },
      { ...remoteSchema(customers), merge: { Customer: mergeBy('customersByIds') } },
    ],
  });
}
