/** What programs import: everything that this package promises to those who embed it. */
import type { GraphQLSchema } from 'graphql';
import { schema as ownSchema } from './schema/schema.ts';

export { ConfigurationError } from './config.ts';
export { createGateway, type Gateway, type GatewayOptions } from './create-gateway.ts';
export { createSandbox, type Sandbox, type SandboxOptions, type SandboxRequest } from './sandbox/sandbox.ts';
export { type Authenticate, AuthenticationError } from './server/authenticate.ts';
export type { Scope, Viewer } from './viewer.ts';

/** The schema, for whoever reads it or prints it. Named with its type, since that of its parts is nobody's concern. */
export const schema: GraphQLSchema = ownSchema;
