import { type Dispatcher, Pool } from 'undici';

export interface DispatcherOptions {
  /**
   * Sockets to Ecwid, and so the bound on requests in flight: more wait their turn. Default 20: at some 100 ms
   * an answer that is far above the 600 requests a minute which a token may make.
   */
  readonly connections?: number;
}

// A page of 100 carts with every field is about 1 MB; nothing that Ecwid documents comes near this.
const maxAnswerBytes = 16 * 1024 * 1024;

/** The sockets to one API address, kept open between requests. Redirects are not followed. Close it when done. */
export function createDispatcher(apiUrl: URL, { connections = 20 }: DispatcherOptions = {}): Dispatcher {
  return new Pool(apiUrl.origin, {
    connections,
    pipelining: 1,
    maxResponseSize: maxAnswerBytes,
    connect: { timeout: 5_000 },
  });
}
