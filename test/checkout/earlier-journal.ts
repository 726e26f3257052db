import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The carts that it knows of. */
export const earlierCarts = { attempted: '0001', placed: '0002' } as const;

const evidence = JSON.stringify({ email: null, customerId: null, total: null, items: [], created: [] });

/** Makes the file of a store's journal as it was before owners were written down: with an attempt and an outcome. */
export function makeEarlierJournal(directory: string, storeId: string): void {
  const db = new DatabaseSync(join(directory, `journal-${storeId}.sqlite`));
  db.exec(`
    CREATE TABLE attempts (
      key TEXT NOT NULL, id TEXT NOT NULL, sent_at INTEGER NOT NULL, is_denied INTEGER NOT NULL,
      evidence TEXT NOT NULL, request TEXT,
      PRIMARY KEY (key, id)
    ) STRICT;
    CREATE TABLE outcomes (
      key TEXT PRIMARY KEY, order_id TEXT, order_number TEXT, request TEXT, written TEXT NOT NULL
    ) STRICT;
    INSERT INTO attempts VALUES ('cart/${earlierCarts.attempted}', 'a', 1, 0, '${evidence}', NULL);
    INSERT INTO outcomes VALUES ('cart/${earlierCarts.placed}', 'AB1CD', NULL, NULL, '{"key":"AB1CD","known":{"id":"AB1CD"}}');
  `);
  db.close();
}
