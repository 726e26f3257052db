import type { EcwidClient, EcwidRequest } from './client.ts';

/** A call under way, and how many are waiting for it. */
interface SharedRead {
  readonly answer: Promise<object>;
  readonly end: AbortController;
  waiting: number;
  isDone: boolean;
}

/**
 * The same client, whose equal reads at one moment are one call: whoever asks while it is under way gets its answer,
 * and it ends early when all of them have left. An answer may so be as old as the call; who has to see what was just
 * written asks the client itself.
 */
export function sharingReads(ecwid: EcwidClient): EcwidClient {
  const underWay = new Map<string, SharedRead>();

  return {
    storeId: ecwid.storeId,
    async send<Answer extends object>(request: EcwidRequest): Promise<Answer> {
      const { method = 'GET', path, query, deadlineMs, signal } = request;
      if (method !== 'GET') return ecwid.send<Answer>(request);
      signal?.throwIfAborted();
      const key = JSON.stringify([path, query, deadlineMs]);
      const read = underWay.get(key) ?? begin(key, request);
      return (await wait(read, key, signal)) as Answer;
    },
  };

  function begin(key: string, request: EcwidRequest): SharedRead {
    const end = new AbortController();
    const answer = ecwid.send<object>({ ...request, signal: end.signal });
    const read: SharedRead = { answer, end, waiting: 0, isDone: false };
    const done = () => {
      read.isDone = true;
      if (underWay.get(key) === read) underWay.delete(key);
    };
    // Also where nobody waits for it any more.
    answer.then(done, done);
    underWay.set(key, read);
    return read;
  }

  async function wait(read: SharedRead, key: string, signal: AbortSignal | undefined): Promise<object> {
    const left = Promise.withResolvers<never>();
    const leave = () => left.reject(signal?.reason);
    signal?.addEventListener('abort', leave, { once: true });
    read.waiting += 1;
    try {
      return await Promise.race([read.answer, left.promise]);
    } finally {
      signal?.removeEventListener('abort', leave);
      read.waiting -= 1;
      if (read.waiting === 0 && !read.isDone) {
        underWay.delete(key);
        read.end.abort(signal?.reason);
      }
    }
  }
}
