import { connect } from 'node:net';

export interface Answer {
  readonly status: number;
  /** Of the body. */
  readonly bytes: number;
  readonly body: readonly Buffer[];
}

export interface Connection {
  /** Not before the answer to the last one. */
  send(request: string): void;
  close(): void;
}

/**
 * A connection that reads no more of HTTP than these servers write: status, content-length, body. A whole client
 * would take more of the core that it shares with the upstream than the leanest gateway takes of its own.
 */
export function openConnection(
  port: number,
  onAnswer: (answer: Answer) => void,
  onFailure: (error: Error) => void,
): Connection {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let pending: Buffer | undefined;
  let body: Buffer[] = [];
  let status = 0;
  let length = 0;
  let missing = 0;
  let isInBody = false;

  socket.on('data', (chunk: Buffer) => {
    const rest = isInBody ? chunk : readHead(chunk);
    if (!rest) return;
    body.push(rest);
    missing -= rest.byteLength;
    if (missing > 0) return;
    const answer = { status, bytes: length, body };
    isInBody = false;
    body = [];
    onAnswer(answer);
  });
  socket.on('error', onFailure);

  /** What follows the head, once there is all of it. */
  function readHead(chunk: Buffer): Buffer | undefined {
    const head = pending ? Buffer.concat([pending, chunk]) : chunk;
    const end = head.indexOf('\r\n\r\n');
    pending = end < 0 ? head : undefined;
    if (end < 0) return undefined;
    const text = head.toString('latin1', 0, end);
    const given = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
    if (given === undefined) {
      socket.destroy(new Error(`An answer has no content-length:\n${text}`));
      return undefined;
    }
    status = Number(text.slice(9, 12));
    length = Number(given);
    missing = length;
    isInBody = true;
    return head.subarray(end + 4);
  }

  return {
    send: (request) => socket.write(request),
    close: () => socket.destroy(),
  };
}

/** One request, on a connection of its own. */
export function exchange(port: number, request: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const connection = openConnection(
      port,
      (answer) => {
        connection.close();
        resolve(answer);
      },
      reject,
    );
    connection.send(request);
  });
}
