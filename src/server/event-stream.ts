import { Readable } from 'node:stream';

export const eventStreamType = 'text/event-stream';

export function takesEventStream(accept: string | undefined): boolean {
  return /(^|,)\s*text\/event-stream\s*(;|,|$)/i.test(accept ?? '');
}

export function isEventStream({ headers }: Response): boolean {
  return (headers.get('content-type') ?? '').startsWith(eventStreamType);
}

/** Reads a body as it comes, and no faster than this is read. Of any class: Yoga has one of its own. */
export function readableOf(body: ReadableStream<Uint8Array>): Readable {
  const reader = body.getReader();
  return new Readable({
    highWaterMark: 0,
    read() {
      reader.read().then(
        ({ done, value }) => this.push(done ? null : value),
        (error) => this.destroy(error),
      );
    },
    destroy(error, callback) {
      reader.cancel().then(
        () => callback(error),
        () => callback(error),
      );
    },
  });
}
