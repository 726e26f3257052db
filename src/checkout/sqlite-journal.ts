import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WrittenOrder } from '../ecwid/tolerant.ts';
import type { Owner } from '../viewer.ts';
import { type Attempt, type Entry, type Journal, JournalError, type Outcome } from './journal.ts';
import { type Clock, systemClock } from './timing.ts';

export interface SqliteJournalOptions {
  /** Made where it is missing. Processes on one machine may share it; network file systems do not lock well. */
  readonly directory: string;
  /** Each store has a file of its own. */
  readonly storeId: string;
  readonly clock?: Pick<Clock, 'now'>;
}

const schema = `
  CREATE TABLE IF NOT EXISTS claims (key TEXT PRIMARY KEY, holder TEXT NOT NULL, until INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS attempts (
    key TEXT NOT NULL, id TEXT NOT NULL, sent_at INTEGER NOT NULL, is_denied INTEGER NOT NULL, evidence TEXT NOT NULL,
    request TEXT, owner TEXT,
    PRIMARY KEY (key, id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS outcomes (
    key TEXT PRIMARY KEY, order_id TEXT, order_number TEXT, request TEXT, written TEXT NOT NULL, owner TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS learnt (cart_id TEXT PRIMARY KEY, written TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS learnt_at ON learnt (at);
  CREATE INDEX IF NOT EXISTS outcomes_by_id ON outcomes (order_id);
  CREATE INDEX IF NOT EXISTS outcomes_by_number ON outcomes (order_number);
`;

/** Webhooks tell of every cart there is, and few of them are placed: what is older than this is forgotten. */
const learntMs = 30 * 24 * 3_600_000;

/** Of a transaction: one that writes, or one that only reads. */
type Kind = 'IMMEDIATE' | 'DEFERRED';

/**
 * A journal in a file, for any number of processes on one machine.
 * @throws JournalError where the directory or the file cannot be used
 */
export function createSqliteJournal({
  directory,
  storeId,
  clock = systemClock,
}: SqliteJournalOptions): Journal {
  const db = open(directory, storeId);
  const run = (sql: string, ...values: SQLInputValue[]) => db.prepare(sql).run(...values);
  const rows = (sql: string, ...values: SQLInputValue[]) => db.prepare(sql).all(...values);

  // A writer takes its turn before it reads, so what it read still holds when it writes. A reader sees one moment.
  const transact = <Value>(kind: Kind, work: () => Value): Value => {
    db.exec(`BEGIN ${kind}`);
    try {
      const value = work();
      db.exec('COMMIT');
      return value;
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  };
  const atomically = async <Value>(work: () => Value, kind: Kind = 'IMMEDIATE'): Promise<Value> => {
    for (let refusals = 0; ; refusals += 1) {
      try {
        return transact(kind, work);
      } catch (error) {
        if (!isBusy(error) || refusals === 50) throw new JournalError({ cause: error });
      }
      await sleep(20);
    }
  };

  const readOutcome = (key: string): Outcome | null => {
    const [row] = rows('SELECT written, request, owner FROM outcomes WHERE key = ?', key);
    return row ? { order: JSON.parse(String(row.written)) as WrittenOrder, ...requestAndOwner(row) } : null;
  };
  const readEntry = (key: string): Entry => ({
    outcome: readOutcome(key),
    attempts: rows('SELECT * FROM attempts WHERE key = ? ORDER BY sent_at, id', key).map(
      ({ id, sent_at, is_denied, evidence, ...row }): Attempt => ({
        id: String(id),
        sentAt: Number(sent_at),
        evidence: JSON.parse(String(evidence)),
        isDenied: is_denied === 1,
        ...requestAndOwner(row),
      }),
    ),
  });

  return {
    read: (key) => atomically(() => readEntry(key), 'DEFERRED'),

    claim: (key, holder, leaseMs) =>
      atomically(() => {
        const entry = readEntry(key);
        const now = clock.now();
        const [claim] = rows('SELECT holder, until FROM claims WHERE key = ?', key);
        const until = Number(claim?.until ?? 0);
        // One that lasts longer than a lease was made by a clock that was wrong.
        const isFree = !claim || claim.holder === holder || until <= now || until > now + leaseMs;
        if (isFree && !entry.outcome) {
          run('INSERT OR REPLACE INTO claims VALUES (?, ?, ?)', key, holder, now + leaseMs);
        }
        return { ...entry, isHeld: isFree && !entry.outcome };
      }),

    release: (key, holder) =>
      atomically(() => void run('DELETE FROM claims WHERE key = ? AND holder = ?', key, holder)),

    intend: (key, { id, sentAt, evidence, request = null, owner = null }, knownIds) =>
      atomically(() => {
        const { outcome, attempts } = readEntry(key);
        if (outcome || attempts.some((attempt) => !knownIds.includes(attempt.id))) return false;
        const values = [key, id, sentAt, JSON.stringify(evidence), request, owner];
        run('INSERT OR REPLACE INTO attempts VALUES (?, ?, ?, 0, ?, ?, ?)', ...values);
        return true;
      }),

    deny: (key, attemptId) =>
      atomically(
        () => void run('UPDATE attempts SET is_denied = 1 WHERE key = ? AND id = ?', key, attemptId),
      ),

    withdraw: (key, attemptIds) =>
      atomically(() => {
        for (const id of attemptIds) run('DELETE FROM attempts WHERE key = ? AND id = ?', key, id);
      }),

    settle: (key, outcome) =>
      atomically(() => {
        const { id, orderNumber } = outcome.order.known;
        const names = [textOf(id), textOf(orderNumber)];
        const { order, request = null, owner = null } = outcome;
        const values = [key, ...names, request, JSON.stringify(order), owner];
        run('INSERT OR IGNORE INTO outcomes VALUES (?, ?, ?, ?, ?, ?)', ...values);
        run('DELETE FROM attempts WHERE key = ?', key);
        return readOutcome(key) ?? outcome;
      }),

    keyOf: ({ known: { id, orderNumber } }) =>
      atomically(() => {
        const sql = 'SELECT key FROM outcomes WHERE order_id = ? OR order_number = ?';
        const [row] = rows(sql, textOf(id), textOf(orderNumber));
        return row ? String(row.key) : null;
      }, 'DEFERRED'),

    learn: (cartId, order) =>
      atomically(() => {
        const now = clock.now();
        run('DELETE FROM learnt WHERE at < ?', now - learntMs);
        run('INSERT OR REPLACE INTO learnt VALUES (?, ?, ?)', cartId, JSON.stringify(order), now);
      }),

    learnt: (cartId) =>
      atomically(() => {
        const [row] = rows('SELECT written FROM learnt WHERE cart_id = ?', cartId);
        return row ? (JSON.parse(String(row.written)) as WrittenOrder) : null;
      }, 'DEFERRED'),

    close: async () => db.close(),
  };
}

/** Where in its directory the journal of a store is. */
export function journalFile(directory: string, storeId: string): string {
  return join(directory, `journal-${storeId}.sqlite`);
}

function open(directory: string, storeId: string): DatabaseSync {
  const file = journalFile(directory, storeId);
  try {
    makeDirectory(directory);
    // Readable to nobody else, in whatever directory: what identifies a cart's order may be an e-mail address.
    closeSync(openSync(file, 'a', 0o600));
    const db = new DatabaseSync(file, { timeout: 5_000 });
    writeAhead(db);
    db.exec(schema);
    addOwners(db);
    // FULL: what is written is on the disk before a request leaves. From here on a lock is waited for elsewhere,
    // since SQLite's own waiting would stop this whole process.
    db.exec('PRAGMA synchronous = FULL; PRAGMA busy_timeout = 0;');
    return db;
  } catch (error) {
    throw new JournalError({ cause: error });
  }
}

// Files of earlier versions know of no owners. Their entries stay without one.
function addOwners(db: DatabaseSync): void {
  // Others may open the file at this moment: of them only one finds the columns missing.
  db.exec('BEGIN IMMEDIATE');
  for (const table of ['attempts', 'outcomes']) {
    const columns = db.prepare(`PRAGMA table_info(${table})`).all();
    if (!columns.some(({ name }) => name === 'owner')) db.exec(`ALTER TABLE ${table} ADD COLUMN owner TEXT`);
  }
  db.exec('COMMIT');
}

// Not its parents: making all of a path does not come to an end in every file system.
function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

// Going over to write-ahead does not wait its turn as statements do: of two processes that open a new file at
// the same moment, SQLite refuses one at once.
function writeAhead(db: DatabaseSync): void {
  for (let refusals = 0; ; refusals += 1) {
    try {
      db.exec('PRAGMA journal_mode = WAL;');
      return;
    } catch (error) {
      if (!isBusy(error) || refusals === 100) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    }
  }
}

function isBusy(error: unknown): boolean {
  // The lower byte of SQLite's extended codes: SQLITE_BUSY.
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5;
}

function requestAndOwner({ request, owner }: Record<string, unknown>): Pick<Outcome, 'request' | 'owner'> {
  return {
    ...(request === null ? {} : { request: String(request) }),
    ...(owner === null ? {} : { owner: String(owner) as Owner }),
  };
}

function textOf(name: unknown): string | null {
  return name === undefined || name === null ? null : String(name);
}
