import type { IncomingMessage } from 'node:http';
import { defineConfig } from '@graphql-hive/gateway';
import { forwardedHeaders } from '../../examples/supergraph/forwarded-headers.ts';

export const gatewayConfig = defineConfig<{ req: IncomingMessage }>({
  propagateHeaders: {
    fromClientToSubgraphs: ({ context }) => context.req && forwardedHeaders(context.req),
  },
});
