import type { Log } from '../log.ts';
import type { Incoming } from './incoming.ts';

/**
 * Answers probes: whether this process is there, and whether callers may be sent to it. Strangers ask too, so no
 * reason is told; whoever says no has one in the log.
 */
export function createHealth(
  isReady: () => boolean,
  log: Log,
): (request: Pick<Incoming, 'method' | 'url'>) => Response | undefined {
  let wasReady = true;
  return ({ method, url }) => {
    if (method !== 'GET' && method !== 'HEAD') return undefined;
    if (url === '/health/live') return answer(200, 'live');
    if (url !== '/health/ready') return undefined;
    const ready = isReady();
    if (ready !== wasReady) log.info({ ready }, ready ? 'ready again' : 'not ready any more');
    wasReady = ready;
    return ready ? answer(200, 'ready') : answer(503, 'not ready');
  };
}

function answer(httpStatus: number, status: string): Response {
  return Response.json({ status }, { status: httpStatus, headers: { 'cache-control': 'no-store' } });
}
