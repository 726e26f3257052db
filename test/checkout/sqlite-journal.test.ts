import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Journal, JournalError } from '../../src/checkout/journal.ts';
import { createSqliteJournal } from '../../src/checkout/sqlite-journal.ts';
import { makeEarlierJournal } from './earlier-journal.ts';

const key = 'cart/0001';
const attempt = { id: 'a', sentAt: 1, evidence: {} };

let directory: string;
let opened: Journal[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'journal-'));
});
afterEach(async () => {
  await Promise.all(opened.map((journal) => journal.close()));
  opened = [];
  rmSync(directory, { recursive: true });
});

describe('a journal in a SQLite file', () => {
  test('makes its directory, which nobody else may look into', () => {
    const inside = join(directory, 'inside');
    opened.push(createSqliteJournal({ directory: inside, storeId: '1' }));
    expect(statSync(inside).mode & 0o777).toBe(0o700);
    expect(readdirSync(inside)).toContain('journal-1.sqlite');
  });

  test('is readable to nobody else in a directory that is', async () => {
    chmodSync(directory, 0o755);
    const journal = createSqliteJournal({ directory, storeId: '1' });
    opened.push(journal);
    await journal.intend(key, attempt, []);
    for (const name of readdirSync(directory)) {
      expect(statSync(join(directory, name)).mode & 0o777, name).toBe(0o600);
    }
  });

  test('lets everything else go on while it waits for another process, and gives up in the end', async () => {
    const journal = createSqliteJournal({ directory, storeId: '1' });
    opened.push(journal);
    const other = new DatabaseSync(join(directory, 'journal-1.sqlite'));
    other.exec('BEGIN IMMEDIATE');
    let turns = 0;
    const ticking = setInterval(() => {
      turns += 1;
    }, 5);
    await expect(journal.intend(key, attempt, [])).rejects.toThrow(JournalError);
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(10);
    other.exec('ROLLBACK');
    other.close();
    expect(await journal.intend(key, attempt, [])).toBe(true);
  });

  test('goes on with a file of an earlier version, of whose entries the owner is not known', async () => {
    makeEarlierJournal(directory, '1');
    const order = { key: 'AB1CD', known: { id: 'AB1CD' } };
    for (const _time of ['first', 'second']) {
      const journal = createSqliteJournal({ directory, storeId: '1' });
      opened.push(journal);
      const { attempts } = await journal.read(key);
      expect(attempts).toMatchObject([{ id: 'a', sentAt: 1, isDenied: false }]);
      expect(attempts[0]).not.toHaveProperty('owner');
      expect((await journal.read('cart/0002')).outcome).toEqual({ order });
    }
    const [journal] = opened;
    await journal?.intend(key, { ...attempt, owner: 'guest' }, ['a']);
    await journal?.settle('cart/0003', { order, owner: 'customer/5' });
    expect((await journal?.read(key))?.attempts).toMatchObject([{ owner: 'guest' }]);
    expect((await journal?.read('cart/0003'))?.outcome).toEqual({ order, owner: 'customer/5' });
  });

  test('is a file of its own for each store', async () => {
    const [one, two] = ['1', '2'].map((storeId) => createSqliteJournal({ directory, storeId }));
    opened.push(one as Journal, two as Journal);
    await one?.settle(key, { order: { key: 'AB1CD', known: {} } });
    expect((await two?.read(key))?.outcome).toBeNull();
  });

  test('waits while another process writes to it', async () => {
    const journal = createSqliteJournal({ directory, storeId: '1' });
    opened.push(journal);
    const writer = new Worker(
      `const { DatabaseSync } = require('node:sqlite');
      const { parentPort, workerData } = require('node:worker_threads');
      const db = new DatabaseSync(workerData);
      db.exec('BEGIN IMMEDIATE');
      parentPort.postMessage('writing');
      setTimeout(() => { db.exec('COMMIT'); db.close(); }, 200);`,
      { eval: true, workerData: join(directory, 'journal-1.sqlite') },
    );
    const exited = once(writer, 'exit');
    await once(writer, 'message');
    await journal.intend(key, attempt, []);
    expect((await journal.read(key)).attempts).toHaveLength(1);
    await exited;
  });

  test.each([
    ['a directory that cannot be made', () => join(directory, 'file', 'inside')],
    ['a directory of a file system that makes none', () => '/proc/journal'],
    ['a directory that is a file', () => join(directory, 'file')],
    ['a file that is none of its own', () => directory],
  ])('says of %s that it cannot be kept', (_what, place) => {
    writeFileSync(join(directory, 'file'), '');
    writeFileSync(join(directory, 'journal-1.sqlite'), 'This is no database.'.repeat(100));
    expect(() => createSqliteJournal({ directory: place(), storeId: '1' })).toThrow(JournalError);
  });
});
