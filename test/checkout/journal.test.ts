import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { createSqliteJournal } from '../../src/checkout/sqlite-journal.ts';
import { describeJournal } from './journal-cases.ts';
import { createMemoryJournal, type JournalRecord } from './memory-journal.ts';

const clock = { at: 0, now: () => clock.at };
const pass = (ms: number) => {
  clock.at += ms;
};

let directory: string;
let records: Map<string, JournalRecord>;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'journal-'));
  records = new Map();
  clock.at = 1_700_000_000_000;
});
afterEach(() => rmSync(directory, { recursive: true }));

describeJournal('a SQLite file', {
  openAgain: () => createSqliteJournal({ directory, storeId: '1', clock }),
  pass,
  momentMs: 1,
});
describeJournal('memory', {
  openAgain: () => createMemoryJournal({ records, clock }),
  pass,
  momentMs: 1,
});
