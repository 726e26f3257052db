import type { RequestListener } from 'node:http';
import type { Viewer } from '../viewer.ts';
import { createDirectDoor } from './direct-door.ts';
import { createHealth } from './health.ts';
import { mostLagMs } from './load-limit.ts';
import { createPolicy, type PolicyOptions } from './policy.ts';
import { createRequestListener } from './request-listener.ts';
import type { YogaDoor } from './yoga-door.ts';

export interface GatewayOptions extends Omit<PolicyOptions, 'mayExplore'> {
  /** Who gets GraphiQL, introspection, and suggestions in errors. */
  readonly introspection: 'everyone' | 'staff' | 'nobody';
  /** What GraphiQL opens with, an operation a tab. */
  readonly exampleOperations: readonly string[];
  /** Origins whose pages may read answers, `*` for any. Default none. */
  readonly corsOrigins?: readonly string[];
  /** Whether callers may be sent here, such as not while it ends. Default always. */
  readonly isReady?: () => boolean;
}

const endpoint = '/graphql';

/**
 * `/graphql` over HTTP, with GraphiQL for browsers at the same address, and `/health/live` and `/health/ready`. There
 * is one policy, and it has two doors: one for what nearly every request is, which costs little, and one for all that
 * HTTP knows besides.
 */
export function createGateway(options: GatewayOptions): RequestListener {
  const { log, introspection, exampleOperations, corsOrigins = [] } = options;
  const { isReady = () => true, lagMs = () => 0 } = options;
  const mayExplore = ({ kind }: Viewer) =>
    introspection === 'everyone' || (introspection === 'staff' && kind === 'staff');
  const policy = createPolicy({ ...options, mayExplore });

  // Read when it is first needed, so that starting stays quick.
  let yogaDoor: Promise<YogaDoor> | undefined;
  const openYogaDoor = async () => {
    const { createYogaDoor } = await import('./yoga-door.ts');
    return createYogaDoor({ endpoint, exampleOperations, mayExplore, policy, corsOrigins, log });
  };

  return createRequestListener({
    answerProbe: createHealth(() => isReady() && lagMs() <= mostLagMs, log),
    answerDirectly: createDirectDoor({ endpoint, policy, hasCors: corsOrigins.length > 0, log }),
    async answer(...request) {
      yogaDoor ??= openYogaDoor();
      return (await yogaDoor)(...request);
    },
    log,
  });
}
