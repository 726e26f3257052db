import type { IncomingMessage } from 'node:http';

/** What a service is told of a request to the gateway in front of it. All else is between the caller and that gateway. */
export function forwardedHeaders({ headers, socket }: IncomingMessage): Record<string, string> {
  const { authorization, 'x-request-id': requestId, 'x-forwarded-for': before } = headers;
  return {
    // Who asks: the service itself decides what they may see.
    ...(authorization && { authorization }),
    ...(requestId && { 'x-request-id': String(requestId) }),
    // Where from: guests have a budget of calls by their address (TRUST_PROXY=1).
    'x-forwarded-for': [before, socket.remoteAddress].filter(Boolean).join(', '),
  };
}
