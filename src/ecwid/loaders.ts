import DataLoader from 'dataloader';
import { findCart } from './carts.ts';
import type { EcwidClient } from './client.ts';
import { findOrder, findOrdersByIds, isOrderId, maxIdsPerCall } from './orders.ts';
import { coversResponseFields, mergeResponseFields, type ResponseFields } from './response-fields.ts';
import type { Cart, Order } from './wire.ts';

/** Reads one kind of thing by id, for as long as one GraphQL request lasts. */
export interface EntityLoader<Entity> {
  /** At least these fields of it; null where the store has none with this id. */
  load(id: string, fields: ResponseFields): Promise<Entity | null>;
  /** Forgets what was read, because it was written since. */
  clear(id: string): void;
}

export interface Loaders {
  readonly cart: EntityLoader<Cart>;
  readonly order: EntityLoader<Order>;
}

/** Loaders for one GraphQL request; nothing that they know outlives it. */
export function createLoaders(ecwid: EcwidClient, signal: AbortSignal): Loaders {
  return {
    cart: createEntityLoader((wanted) =>
      findEach(wanted, (id, fields) => findCart(ecwid, id, { fields, signal })),
    ),
    order: createEntityLoader((wanted) => findOrders(ecwid, wanted, signal)),
  };
}

/** What is wanted of each id, and what comes of it. */
type Wanted = ReadonlyMap<string, ResponseFields>;
type Found<Entity> = ReadonlyMap<string, Promise<Entity | null>>;

interface Read<Entity> {
  /** What all who share it want. */
  fields: ResponseFields;
  readonly entity: Promise<Entity | null>;
}

/**
 * However often one id is asked for, it is found once with all the fields that the places together want; and
 * again only for fields that nobody had named before. `find` gets the ids of one tick together. One id that
 * fails leaves the others be.
 */
export function createEntityLoader<Entity>(find: (wanted: Wanted) => Found<Entity>): EntityLoader<Entity> {
  /** Of this tick and not begun: who wants other fields adds them. */
  let asked = new Map<string, Read<Entity>>();
  const begun = new Map<string, Read<Entity>[]>();
  // Made when first used: most loaders of a request are not.
  let batch: DataLoader<string, Promise<Entity | null> | null> | undefined;

  // DataLoader gathers one tick's ids; its own cache would not see that a later load wants other fields. Each load
  // follows its own id's promise, and none waits for the others.
  const createBatch = () =>
    new DataLoader<string, Promise<Entity | null> | null>(async (ids) => findAsked(ids), { cache: false });

  function findAsked(ids: readonly string[]): (Promise<Entity | null> | null)[] {
    const reads = asked;
    asked = new Map();
    const wanted = new Map<string, ResponseFields>();
    for (const [id, { fields }] of reads) wanted.set(id, fields);
    const found = find(wanted);
    for (const [id, read] of reads) {
      const before = begun.get(id);
      if (before) before.push(read);
      else begun.set(id, [read]);
    }
    return ids.map((id) => found.get(id) ?? null);
  }

  return {
    load(id, fields) {
      const before = begun.get(id)?.find((read) => coversResponseFields(read.fields, fields));
      if (before) return before.entity;
      const same = asked.get(id);
      if (same) {
        same.fields = mergeResponseFields(same.fields, fields);
        return same.entity;
      }
      batch ??= createBatch();
      const entity = batch.load(id) as Promise<Entity | null>;
      asked.set(id, { fields, entity });
      return entity;
    },
    clear(id) {
      begun.delete(id);
    },
  };
}

// Side by side, as many at a time as the dispatcher has sockets.
function findEach<Entity>(
  wanted: Wanted,
  find: (id: string, fields: ResponseFields) => Promise<Entity | null>,
): Found<Entity> {
  return new Map([...wanted].map(([id, fields]) => [id, find(id, fields)]));
}

// Several in one call, with the fields that they together want. One alone is read by its own address, which
// also knows the order that was placed a moment ago.
function findOrders(ecwid: EcwidClient, wanted: Wanted, signal: AbortSignal): Found<Order> {
  const ids = [...wanted.keys()].filter(isOrderId);
  if (ids.length < 2) return findEach(wanted, (id, fields) => findOrder(ecwid, id, { fields, signal }));

  const found = new Map<string, Promise<Order | null>>();
  for (const id of wanted.keys()) found.set(id, Promise.resolve(null));
  for (const list of splitIds(ids)) {
    const fields = list.reduce<ResponseFields>(
      (all, id) => mergeResponseFields(all, wanted.get(id) ?? new Map()),
      new Map(),
    );
    const orders = findOrdersByIds(ecwid, list, { fields, signal });
    for (const id of list) {
      found.set(
        id,
        orders.then((byId) => byId.get(id) ?? null),
      );
    }
  }
  return found;
}

/** How many calls it takes to read orders with these ids, each of them another. */
export function callsForOrders(ids: readonly string[]): number {
  const known = ids.filter(isOrderId);
  return known.length < 2 ? known.length : splitIds(known).length;
}

// What servers take of an address, with room for the rest of it.
const maxListLength = 4_000;

function splitIds(ids: readonly string[]): readonly (readonly string[])[] {
  const lists: string[][] = [];
  let length = 0;
  for (const id of ids) {
    const encoded = encodeURIComponent(id).length + 3;
    const last = lists.at(-1);
    if (last && last.length < maxIdsPerCall && length + encoded <= maxListLength) {
      last.push(id);
      length += encoded;
    } else {
      lists.push([id]);
      length = encoded;
    }
  }
  return lists;
}
