import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { makeEarlierJournal } from './earlier-journal.ts';

const openers = 3;
const rounds = 40;

// Opening blocks its thread, so each has one of its own. In each round they meet, and then open the same file.
const opener = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { module, directory, meeting, openers, rounds } = workerData;
  import(module).then(async ({ createSqliteJournal }) => {
    for (let round = 1; round <= rounds; round++) {
      Atomics.add(meeting, 0, 1);
      while (Atomics.load(meeting, 0) < round * openers);
      try {
        await createSqliteJournal({ directory, storeId: String(round) }).close();
      } catch (error) {
        parentPort.postMessage(String(error.cause));
      }
    }
  });
`;

test.each<[string, typeof makeEarlierJournal]>([
  ['a new journal', () => {}],
  ['a journal of an earlier version', makeEarlierJournal],
])('%s can be opened by many at the same moment', async (_which, make) => {
  const directory = await mkdtemp(join(tmpdir(), 'ecwid-graphql-journal-'));
  for (let round = 1; round <= rounds; round++) make(directory, String(round));
  const module = new URL('../../src/checkout/sqlite-journal.ts', import.meta.url).href;
  const meeting = new Int32Array(new SharedArrayBuffer(4));
  const failures: unknown[] = [];
  const workers = Array.from({ length: openers }, () => {
    const workerData = { module, directory, meeting, openers, rounds };
    return new Worker(opener, { eval: true, workerData }).on('message', (failure) => failures.push(failure));
  });
  await Promise.all(workers.map((worker) => once(worker, 'exit')));
  expect(failures).toEqual([]);
  expect(meeting[0]).toBe(openers * rounds);
  await rm(directory, { recursive: true });
});
