import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import { lastWords } from './last-words.ts';

export interface ConnectionsOptions {
  readonly limits: Pick<Limits, 'connections' | 'headers' | 'unsent'>;
  readonly log: Log;
}

/** What each connection of a server is owed, and when it ends. */
export interface Connections {
  open(socket: Socket): void;
  /** Whether this is to be answered. Where it is not, the connection ends after what it is owed besides. */
  accept(response: ServerResponse): boolean;
  /** To be called once an answer was handed over to this connection: others may have to make room for it. */
  makeRoomFor(socket: Socket): void;
  /** What comes on this connection cannot be read any more, or has not come in time. */
  fail(socket: Socket, failure: string | undefined): void;
  /** Nothing has moved on this connection for too long. */
  rest(socket: Socket): void;
  /** From now on answers are to be the last ones of their connections. */
  announceEnd(): void;
  /** Ends each connection as soon as it is owed nothing. */
  end(): void;
  /** Ends what is left, and tells how many requests have no answer. */
  cut(): number;
}

/** Requests of one connection without an answer. Whoever waits for one before the next request has one of them. */
const mostUnanswered = 16;

export function createConnections({ limits, log }: ConnectionsOptions): Connections {
  /**
   * Each with the answers that have not left as a whole, in the order in which it gets them. In lists that stay the
   * same: a set makes itself anew every few answers, and a dead old one keeps these from dying young.
   */
  const connections = new Map<Socket, ServerResponse[]>();
  /** Those of which no further request is read. */
  const broken = new WeakSet<Socket>();
  let isAnnounced = false;
  let isEnding = false;

  const answersOn = (socket: Socket): readonly ServerResponse[] => connections.get(socket) ?? [];

  /** Whatever comes after whole requests, these have been accepted. */
  const owesAnswer = (socket: Socket) => socket.writable && answersOn(socket).some(({ req }) => req.complete);

  // A kept-alive connection would otherwise wait for a next request that must not come. Of several answers that a
  // connection is owed the last one says so: what comes after that is not read. Where that one has been made already,
  // an earlier one must not say so in its place.
  const announceOn = (socket: Socket) => {
    const answers = answersOn(socket);
    const unsaid = answers.slice(answers.findLastIndex(({ headersSent }) => headersSent) + 1);
    for (const response of unsaid.slice(0, -1)) response.removeHeader('connection');
    unsaid.at(-1)?.setHeader('connection', 'close');
  };

  // Idle between requests, or in the midst of sending one: nothing of it was accepted yet. What has been written leaves
  // before the connection ends.
  const endIdle = (socket: Socket) => {
    if (!owesAnswer(socket)) socket.destroySoon();
  };

  const hangUp = (socket: Socket, failure: string | undefined) => {
    // An answer that has begun cannot be another one any more.
    const canAnswer = socket.writable && !answersOn(socket).some(({ headersSent }) => headersSent);
    if (!canAnswer) {
      socket.destroy();
      return;
    }
    const { httpStatus, text } = lastWords(failure, limits);
    // Whoever tells how these have ended.
    for (const response of answersOn(socket)) response.statusCode = httpStatus;
    socket.end(text, () => socket.destroy());
  };

  const stopReading = (socket: Socket) => {
    broken.add(socket);
    // Such as thousands of requests in one packet: none of those after it is even looked at.
    socket.removeAllListeners('data').on('data', () => {});
  };

  return {
    open(socket) {
      connections.set(socket, []);
      socket.once('close', () => connections.delete(socket));
    },
    accept(response) {
      const { socket } = response.req;
      const answers = connections.get(socket);
      if (!answers) return false;
      if (answers.length === mostUnanswered || answers.some(isSaidToBeLast)) stopReading(socket);
      if (broken.has(socket)) return false;
      answers.push(response);
      if (isAnnounced) announceOn(socket);
      response.once('close', () => {
        answers.splice(answers.indexOf(response), 1);
        if (isEnding || broken.has(socket)) endIdle(socket);
      });
      return true;
    },
    makeRoomFor(socket) {
      // Small answers cost no look at the others: an even share on each connection is not too much.
      if (unsentOf(answersOn(socket)) <= limits.unsent / limits.connections) return;
      const unread = [...connections]
        .map(([one, answers]) => ({ one, bytes: one.destroyed ? 0 : unsentOf(answers) }))
        .sort((a, b) => b.bytes - a.bytes);
      let unsent = unread.reduce((sum, { bytes }) => sum + bytes, 0);
      for (const { one, bytes } of unread) {
        if (unsent <= limits.unsent) return;
        log.warn({ code: 'OVERLOADED', unsent, bytes }, 'a caller who reads too slowly was hung up on');
        one.destroy();
        unsent -= bytes;
      }
    },
    fail(socket, failure) {
      if (owesAnswer(socket)) broken.add(socket);
      else hangUp(socket, failure);
    },
    rest(socket) {
      const [first] = answersOn(socket);
      // What is being made has deadlines of its own, and its caller the whole time again once it is written. A stream is
      // made for as long as it is followed, and nobody follows one whose beginning waits to be read.
      const isBeingMade = first?.req.complete && !first.writableEnded;
      if (isBeingMade && first.writableLength === 0) return;
      socket.destroy();
    },
    announceEnd() {
      isAnnounced = true;
      for (const socket of connections.keys()) announceOn(socket);
    },
    end() {
      isEnding = true;
      for (const socket of connections.keys()) endIdle(socket);
    },
    cut() {
      let requests = 0;
      let answers = 0;
      for (const [socket, all] of connections) {
        // A stream that would have ended, had somebody read it, is unread too.
        const unread = all.filter(({ writableEnded, writableLength }) => writableEnded || writableLength > 0);
        const unanswered = all.filter((response) => response.req.complete && !unread.includes(response));
        requests += unanswered.length;
        answers += unread.length;
        // Nobody is waited for any more, be it to read an earlier answer.
        if (unanswered.length > 0) hangUp(socket, 'SHUTTING_DOWN');
        else socket.destroy();
      }
      if (requests > 0) log.error({ requests }, 'requests were cut, since they outlasted the end');
      if (answers > 0) log.warn({ answers }, 'answers were cut, since they were not read before the end');
      return requests;
    },
  };
}

function isSaidToBeLast(response: ServerResponse): boolean {
  return response.headersSent && response.getHeader('connection') === 'close';
}

/** Bytes that wait for the other side to read. */
function unsentOf(answers: readonly ServerResponse[]): number {
  let bytes = 0;
  for (const { writableLength } of answers) bytes += writableLength;
  return bytes;
}
