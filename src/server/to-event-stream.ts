import { getSSEProcessor } from 'graphql-yoga';
import { eventStreamType } from './event-stream.ts';
import type { Answers } from './subscriptions.ts';

/** Answers as GraphQL over SSE has them, a connection for each operation, with a comment every 12 s in between. */
export async function toEventStream(answers: Answers): Promise<Response> {
  const response = await getSSEProcessor()(answers as never, globalThis as never, eventStreamType);
  // Of connections HTTP itself takes care, and there is no encoding of this name.
  response.headers.delete('connection');
  response.headers.delete('content-encoding');
  // Nginx may gather them otherwise.
  response.headers.set('x-accel-buffering', 'no');
  return response;
}
