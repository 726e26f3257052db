import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { main, query, temporary } from './program.ts';

describe('ecwid-graphql, whose log nobody reads', () => {
  test.each([
    ['SIGTERM', 1, 0],
    ['SIGTERM twice', 2, 1],
  ])('answers all the same, and ends at %s', async (_how, signals, code) => {
    const child = spawn(process.execPath, [main], {
      env: { PATH: process.env.PATH, TMPDIR: temporary, PORT: '0', RATE_LIMIT: 'off' },
      // A pipe that is never read from is full after some 200 kB.
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stderr.pause();
    let said = '';
    for await (const chunk of child.stdout) {
      said += chunk;
      if (/graphql\n/.test(said)) break;
    }
    const [, origin = ''] = /(http:\/\/\S+)\/graphql/.exec(said) ?? [];
    for (let asked = 0; asked < 2_000; asked += 50) {
      const some = Array.from({ length: 50 }, () => query(origin, `query ${'N'.repeat(100)} { __typename }`));
      for (const answer of await Promise.all(some)) expect(answer).toEqual({ data: { __typename: 'Query' } });
    }
    const exited = once(child, 'exit');
    for (let sent = 0; sent < signals; sent += 1) {
      child.kill('SIGTERM');
      await new Promise((resolve) => {
        setTimeout(resolve, 300);
      });
    }
    expect((await exited)[0]).toBe(code);
  });
});
