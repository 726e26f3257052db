import { GraphQLError } from 'graphql';
import type { Limits } from '../limits.ts';
import { badRequest } from './bad-request.ts';
import type { Incoming } from './incoming.ts';
import { overloaded } from './overloaded.ts';
import { readObject } from './read-request.ts';

/** What somebody else's server tells this one. */
export interface WebhookReceiver {
  /** Such as `/webhooks/ecwid`. */
  readonly path: string;
  /** Of the header that holds the signature, in lower case. */
  readonly signatureHeader: string;
  /** Says what becomes of it, and does the rest later. */
  receive(
    body: Readonly<Record<string, unknown>>,
    signature: string | readonly string[] | undefined,
  ): Promise<string>;
}

/** Answers webhooks at their address; undefined for what is sent to any other. */
export type WebhookDoor = (request: Incoming) => Promise<Response> | undefined;

/** Far more than an event has. */
const mostBytes = 65_536;

export function createWebhookDoor(
  { path, signatureHeader, receive }: WebhookReceiver,
  limits: Pick<Limits, 'body' | 'jsonDepth'>,
  /** Whether there is room for anything. */
  checkLoad: () => void,
): WebhookDoor {
  const ownLimits = { ...limits, body: Math.min(limits.body, mostBytes) };

  async function answer(request: Incoming): Promise<Response> {
    if (request.method !== 'POST') throw notAllowed();
    checkLoad();
    const signature = request.headers[signatureHeader];
    // Of whatever media type: who sends it is told by the signature, and no browser can make that. What cannot be one
    // is refused for that, unread.
    const body = couldBeSignature(signature) ? await readObject(request, ownLimits) : {};
    const refusal = refusals[await receive(body, signature)];
    if (refusal) throw refusal();
    return new Response(null, { status: 200, headers: { 'cache-control': 'no-store' } });
  }

  return (request) => {
    const { url = '' } = request;
    const isHere = url.startsWith(path) && (url.length === path.length || url[path.length] === '?');
    return isHere ? answer(request) : undefined;
  };
}

/** Base64 of 32 bytes. */
function couldBeSignature(given: string | readonly string[] | undefined): boolean {
  return typeof given === 'string' && /^[A-Za-z0-9+/]{43}=$/.test(given);
}

/** By what has become of it; of anything else the sender need not know more than that it has arrived. */
const refusals: Readonly<Record<string, () => GraphQLError>> = {
  unsigned: () =>
    new GraphQLError('The signature of the event is missing, or is not of the client secret.', {
      extensions: { code: 'SIGNATURE_INVALID', http: { status: 401 } },
    }),
  early: () => badRequest('The event is of a time that has not come yet: a clock is wrong.'),
  refused: overloaded,
};

function notAllowed(): GraphQLError {
  return new GraphQLError('Webhooks are sent by POST.', {
    extensions: { code: 'BAD_REQUEST', http: { status: 405, headers: { allow: 'POST' } } },
  });
}
