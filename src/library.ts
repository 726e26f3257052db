/** What programs import: everything that this package promises to those who embed it. */
export { ConfigurationError } from './config.ts';
export { createGateway, type Gateway, type GatewayOptions } from './create-gateway.ts';
export { createSandbox, type Sandbox, type SandboxOptions, type SandboxRequest } from './sandbox/sandbox.ts';
export { schema } from './schema/schema.ts';
export { type Authenticate, AuthenticationError } from './server/authenticate.ts';
export type { Scope, Viewer } from './viewer.ts';
