import { type Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';

/** Gets what there is at an address, over a connection of this agent's. */
export function readOver(url: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (message: IncomingMessage) => {
      message.toArray().then((chunks) => resolve(Buffer.concat(chunks).toString()), reject);
    }).on('error', reject);
  });
}

/** Sends a text as it is, and reads until the other side hangs up. */
export function converse(origin: string, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(new URL(origin).port), '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
}
