import DataLoader from 'dataloader';
import { findCart } from './carts.ts';
import type { EcwidClient } from './client.ts';
import type { EndSignal } from './end-signal.ts';
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
export function createLoaders(ecwid: EcwidClient, signal: EndSignal): Loaders {
  return {
    cart: createEntityLoader((wanted) =>
      findEach(wanted, (id, fields) => findCart(ecwid, id, { fields, signal })),
    ),
    order: createEntityLoader((wanted) => findOrders(ecwid, wanted, signal)),
  };
}

/** What is wanted of each id. */
type Wanted = ReadonlyMap<string, { readonly fields: ResponseFields }>;
/** What comes of it, in the same order. */
type Found<Entity> = readonly Promise<Entity | null>[];

interface Read<Entity> {
  /** What all who share it want. */
  fields: ResponseFields;
  readonly entity: Promise<Entity | null>;
}

/** Of one loader, from its first load on: most loaders of a request have none. */
interface Reads<Entity> {
  /** Of this tick and not begun: who wants other fields adds them. */
  asked: Map<string, Read<Entity>>;
  readonly begun: Map<string, Read<Entity>[]>;
  /**
   * Gathers one tick's ids; its own cache would not see that a later load wants other fields. Each load follows its own
   * id's promise, and none waits for the others.
   */
  readonly batch: DataLoader<string, Promise<Entity | null> | null>;
}

/**
 * However often one id is asked for, it is found once with all the fields that the places together want; and
 * again only for fields that nobody had named before. `find` gets the ids of one tick together. One id that
 * fails leaves the others be.
 */
export function createEntityLoader<Entity>(find: (wanted: Wanted) => Found<Entity>): EntityLoader<Entity> {
  let reads: Reads<Entity> | undefined;

  function open(): Reads<Entity> {
    const opened: Reads<Entity> = {
      asked: new Map(),
      begun: new Map(),
      // Each id is asked for once in a tick, so the ids of both are in one order.
      batch: new DataLoader(async () => findAsked(opened), { cache: false }),
    };
    return opened;
  }

  function findAsked(reads: Reads<Entity>): Found<Entity> {
    const { asked, begun } = reads;
    reads.asked = new Map();
    const found = find(asked);
    for (const [id, read] of asked) {
      const before = begun.get(id);
      if (before) before.push(read);
      else begun.set(id, [read]);
    }
    return found;
  }

  return {
    load(id, fields) {
      reads ??= open();
      const { asked, begun, batch } = reads;
      const before = begun.get(id)?.find((read) => coversResponseFields(read.fields, fields));
      if (before) return before.entity;
      const same = asked.get(id);
      if (same) {
        same.fields = mergeResponseFields(same.fields, fields);
        return same.entity;
      }
      const entity = batch.load(id) as Promise<Entity | null>;
      asked.set(id, { fields, entity });
      return entity;
    },
    clear(id) {
      reads?.begun.delete(id);
    },
  };
}

// Side by side, as many at a time as the dispatcher has sockets.
function findEach<Entity>(
  wanted: Wanted,
  find: (id: string, fields: ResponseFields) => Promise<Entity | null>,
): Found<Entity> {
  const found: Promise<Entity | null>[] = [];
  for (const [id, { fields }] of wanted) found.push(find(id, fields));
  return found;
}

// Several in one call, with the fields that they together want. One alone is read by its own address, which
// also knows the order that was placed a moment ago.
function findOrders(ecwid: EcwidClient, wanted: Wanted, signal: EndSignal): Found<Order> {
  const ids = [...wanted.keys()].filter(isOrderId);
  if (ids.length < 2) return findEach(wanted, (id, fields) => findOrder(ecwid, id, { fields, signal }));

  const found = new Map<string, Promise<Order | null>>();
  for (const list of splitIds(ids)) {
    const fields = list.reduce<ResponseFields>(
      (all, id) => mergeResponseFields(all, wanted.get(id)?.fields ?? new Map()),
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
  return [...wanted.keys()].map((id) => found.get(id) ?? Promise.resolve(null));
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
