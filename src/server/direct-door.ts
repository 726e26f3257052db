import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import type { Log } from '../log.ts';
import { isOfSubscription, type Policy } from './policy.ts';
import { presentError } from './present-errors.ts';
import type { Answers } from './subscriptions.ts';

export interface DirectDoorOptions {
  readonly endpoint: string;
  readonly policy: Policy;
  /** Whether pages of other origins may read some answers. */
  readonly hasCors: boolean;
  readonly log: Log;
}

/**
 * Answers what nearly every request is, a POST of JSON that takes JSON, as Yoga would. Undefined for whatever needs
 * more of HTTP than that.
 */
export type DirectDoor = (
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<Response | string> | undefined;

export function createDirectDoor({ endpoint, policy, hasCors, log }: DirectDoorOptions): DirectDoor {
  async function answer(request: IncomingMessage, response: ServerResponse, mediaType: string) {
    let result: ExecutionResult;
    try {
      const caller = await policy.admit(request);
      const asked = await policy.read(request, caller);
      const answered = await policy.run(asked, caller, response);
      if (isOfSubscription(answered)) {
        if (hasCors) response.setHeader('vary', 'origin');
        return await follow(answered);
      }
      result = answered;
    } catch (error) {
      result = { errors: [presentError(error, log)] };
    }
    if (hasCors) response.setHeader('vary', 'origin');
    if (result.errors) return toResponse(result, mediaType);
    response.setHeader('content-type', `${mediaType}; charset=utf-8`);
    return JSON.stringify(result);
  }

  return (request, response) => {
    const { method, url, headers } = request;
    if (method !== 'POST' || url !== endpoint) return undefined;
    // Whether a page may read the answer is told by Yoga.
    if (hasCors && headers.origin !== undefined) return undefined;
    const mediaType = mediaTypeFor(headers.accept);
    return mediaType === undefined ? undefined : answer(request, response, mediaType);
  };
}

async function follow(answers: Answers): Promise<Response> {
  const { toEventStream } = await import('./to-event-stream.ts');
  return toEventStream(answers);
}

/** Statuses and headers of errors are Yoga's to make. */
async function toResponse(result: ExecutionResult, mediaType: string): Promise<Response> {
  const { processRegularResult } = await import('graphql-yoga');
  return processRegularResult(result, globalThis as never, mediaType);
}

/** What a caller is answered in, where that is plain to see: the first that they name, of these two. */
function mediaTypeFor(accept: string | undefined): string | undefined {
  switch (accept) {
    case undefined:
    case '*/*':
    case 'application/json':
      return 'application/json';
  }
  return /^application\/graphql-response\+json *(?:,|$)/i.test(accept)
    ? 'application/graphql-response+json'
    : undefined;
}
