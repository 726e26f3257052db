import type { Dispatcher } from 'undici';
import type { Config } from '../config.ts';
import { readAnswer, readRetryAfter, statusError } from '../ecwid/answer.ts';
import { dispatch, type HttpAnswer } from '../ecwid/dispatch.ts';
import { EcwidStatusError, EcwidTimeoutError } from '../ecwid/errors.ts';
import { type EcwidRequest, targetOf } from '../ecwid/request.ts';
import { type Ailment, patienceMs } from './finding.ts';
import { codeOf, whyUnreachable } from './why-unreachable.ts';

export type Store = NonNullable<Config['store']>;

/** What a call has come to. `forbidden` tells neither of the token nor of its scopes. */
export type Reply =
  | { readonly kind: 'granted'; readonly body: object }
  | { readonly kind: 'token-refused' | 'scope-missing' | 'forbidden' | 'store-unknown' }
  | ({ readonly kind: 'trouble' } & Ailment);

export interface Asked {
  readonly reply: Reply;
  /** How far this machine's clock is ahead of the server's; absent where that has told no time. */
  readonly aheadMs?: number;
}

/** Sends a request once; nothing that comes of it is thrown. */
export async function askEcwid(
  dispatcher: Dispatcher,
  { apiUrl, storeId, token }: Store,
  request: Pick<EcwidRequest, 'path' | 'query' | 'fields'>,
): Promise<Asked> {
  const sentAt = Date.now();
  let answer: HttpAnswer;
  try {
    answer = await dispatch(
      dispatcher,
      {
        origin: apiUrl.origin,
        path: `${apiUrl.pathname.replace(/\/$/, '')}/${storeId}${targetOf(request)}`,
        method: 'GET',
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          'accept-encoding': 'identity',
          'user-agent': 'ecwid-graphql',
        },
      },
      { ms: patienceMs },
    );
  } catch (error) {
    const code = error instanceof EcwidTimeoutError ? 'ETIMEDOUT' : codeOf(error);
    return { reply: { kind: 'trouble', ...whyUnreachable(code, 'ECWID_API_URL') } };
  }
  const toldAt = Date.parse(String(answer.headers.date));
  if (Number.isNaN(toldAt)) return { reply: readReply(answer) };
  // It was told between sending and receiving, in whole seconds.
  const [leastMs, mostMs] = [sentAt - toldAt - 1_000, Date.now() - toldAt];
  return { reply: readReply(answer), aheadMs: Math.max(leastMs, 0) + Math.min(mostMs, 0) };
}

const somethingElse: Ailment = {
  found: 'what answers is not the Ecwid API',
  mend: 'Leave ECWID_API_URL unset, unless it leads to a proxy or a sandbox; it ends in /api/v3, without the store.',
};

function readReply({ status, headers, text }: HttpAnswer): Reply {
  if (status >= 300 && status < 400) {
    return {
      kind: 'trouble',
      found: `the answer is a redirect (${status}), and none is followed`,
      mend: 'Set ECWID_API_URL to where the API itself is, with https.',
    };
  }
  if (status !== 200) return readRefusal(status, text, headers);
  try {
    return { kind: 'granted', body: readAnswer(text) };
  } catch {
    return notEcwid;
  }
}

/** A success that Ecwid would not answer with. */
export const notEcwid: Reply = { kind: 'trouble', ...somethingElse };

function readRefusal(status: number, text: string, headers: HttpAnswer['headers']): Reply {
  const error = statusError(status, text, readRetryAfter(headers['retry-after'], Date.now()));
  if (!(error instanceof EcwidStatusError)) return notEcwid;
  const { errorCode, retryAfterMs } = error;
  if (status === 401 || errorCode === 'INVALID_API_TOKEN') return { kind: 'token-refused' };
  if (status === 403) return { kind: errorCode === 'INSUFFICIENT_APP_SCOPE' ? 'scope-missing' : 'forbidden' };
  if (errorCode === 'STORE_NOT_FOUND' || errorCode === 'PROFILE_NOT_FOUND') return { kind: 'store-unknown' };
  if (status === 402) {
    return {
      kind: 'trouble',
      found:
        errorCode === 'STORE_IS_SUSPENDED'
          ? 'the store is suspended'
          : "the store's plan does not include the API",
      mend: "Look at the store's plan and bills in its control panel.",
    };
  }
  if (status === 429) {
    const seconds = Math.max(1, Math.ceil((retryAfterMs ?? 60_000) / 1_000));
    return {
      kind: 'trouble',
      found: 'the token has no calls left for the moment (429)',
      mend: `Try again in ${seconds} s. Set ECWID_RATE_LIMIT to this gateway's share, if others use the token too.`,
    };
  }
  if (status >= 500) {
    return {
      kind: 'trouble',
      found: `the API is out of order (${status})`,
      mend: 'Try again later; if it lasts, look at whatever stands before it.',
    };
  }
  if (status === 404) {
    return {
      kind: 'trouble',
      found: 'there is nothing at its address (404)',
      mend: `${somethingElse.mend} Look at ECWID_STORE_ID too.`,
    };
  }
  return { kind: 'trouble', found: `${somethingElse.found} (${status})`, mend: somethingElse.mend };
}
