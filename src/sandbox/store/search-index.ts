import type { OrderRecord } from './records.ts';

/** What searches see: Ecwid's come to know of a write some time after it, reading by id knows at once. */
export interface SearchIndex {
  /** Null for a record that was deleted. */
  write(orderNumber: number, record: OrderRecord | null): void;
  all(): OrderRecord[];
  /** Begins anew with records that have always been there. */
  reset(records: readonly OrderRecord[]): void;
}

interface Version {
  /** From this time on it is found, in milliseconds. */
  readonly since: number;
  readonly record: OrderRecord | null;
}

export function createSearchIndex(now: () => Date, lagMs: number): SearchIndex {
  const versions = new Map<number, readonly Version[]>();

  const versionsOf = (orderNumber: number, time: number): readonly Version[] => {
    const known = versions.get(orderNumber) ?? [];
    const current = known.findLastIndex(({ since }) => since <= time);
    // What came before the one that is found now will not be found again.
    return current > 0 ? known.slice(current) : known;
  };

  return {
    write(orderNumber, record) {
      const time = now().getTime();
      versions.set(orderNumber, [...versionsOf(orderNumber, time), { since: time + lagMs, record }]);
    },
    all() {
      const time = now().getTime();
      return [...versions.keys()].flatMap((orderNumber) => {
        const known = versionsOf(orderNumber, time);
        versions.set(orderNumber, known);
        const record = known.findLast(({ since }) => since <= time)?.record ?? null;
        return record ? [record] : [];
      });
    },
    reset(records) {
      versions.clear();
      for (const record of records) {
        versions.set(record.orderNumber, [{ since: Number.NEGATIVE_INFINITY, record }]);
      }
    },
  };
}
