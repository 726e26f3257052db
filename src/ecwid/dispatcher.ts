import { type Dispatcher, Pool } from 'undici';

/** At some 100 ms an answer they carry far more than the 600 requests a minute which a token may make. */
export const defaultConnections = 20;

export interface DispatcherOptions {
  /** Sockets to Ecwid, and so the bound on requests in flight: more wait their turn. Default `defaultConnections`. */
  readonly connections?: number;
  /**
   * For making one, up to half a second more. Default 2,500: less than a third of what a caller waits, so that there
   * is time for another attempt.
   */
  readonly connectMs?: number;
}

// A page of 100 carts with every field is about 1 MB.
const maxAnswerBytes = 5 * 1024 * 1024;

/** The sockets to one API address, kept open between requests. Redirects are not followed. Close it when done. */
export function createDispatcher(
  apiUrl: URL,
  { connections = defaultConnections, connectMs = 2_500 }: DispatcherOptions = {},
): Dispatcher {
  return new Pool(apiUrl.origin, {
    connections,
    pipelining: 1,
    // A socket of HTTP/2 would carry a hundred requests at once, and the bound be none.
    allowH2: false,
    maxResponseSize: maxAnswerBytes,
    connect: { timeout: connectMs },
  });
}
