import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { start } from './program.ts';

export interface SilentPort {
  readonly url: string;
  /** Has it answer, each request with a total of 5. */
  speak(): void;
}

/** A port that says nothing to who would connect, be it that it refuses. */
export async function openSilentPort(): Promise<SilentPort> {
  const { child, says } = start(process.execPath, [
    '--eval',
    `const server = require('node:http').createServer((_request, response) => response.end('{ "total": 5 }'));
     server.listen({ host: '127.0.0.1', port: 0, backlog: 1 }, () => console.log('port ' + server.address().port + '.'));`,
  ]);
  const [, port = ''] = await says(/port (\d+)\./);
  // Stopped, it takes as many connections as its queue holds, and drops what knocks after that.
  child.kill('SIGSTOP');
  const queue = Array.from({ length: 8 }, () => connect(Number(port), '127.0.0.1').on('error', () => {}));
  await expect.poll(() => queue.filter(({ connecting }) => !connecting).length).toBeGreaterThan(0);
  await sleep(100);
  expect(queue.some(({ connecting }) => connecting)).toBe(true);
  return {
    url: `http://127.0.0.1:${port}/api/v3`,
    speak() {
      for (const socket of queue) socket.destroy();
      child.kill('SIGCONT');
    },
  };
}
