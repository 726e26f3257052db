import DataLoader from 'dataloader';
import { findCart } from './carts.ts';
import type { EcwidClient } from './client.ts';
import { findOrder } from './orders.ts';
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
    cart: createEntityLoader((id, fields) => findCart(ecwid, id, { fields, signal })),
    order: createEntityLoader((id, fields) => findOrder(ecwid, id, { fields, signal })),
  };
}

interface Wanted {
  readonly id: string;
  readonly fields: ResponseFields;
}

/**
 * However often one id is asked for, it is found once with all the fields that the places together want; and
 * again only for fields that nobody had named before. Different ids are found side by side, as many at a time
 * as the dispatcher has sockets. One id that fails leaves the others be.
 */
export function createEntityLoader<Entity>(
  find: (id: string, fields: ResponseFields) => Promise<Entity | null>,
): EntityLoader<Entity> {
  const found = new Map<string, { fields: ResponseFields; entity: Promise<Entity | null> }>();

  // DataLoader gathers one tick's ids; its own cache would not see that a later load wants other fields.
  const batch = new DataLoader<Wanted, Entity | null>(
    (wanted) => {
      const fieldsById = new Map<string, ResponseFields>();
      for (const { id, fields } of wanted) {
        fieldsById.set(id, mergeResponseFields(fieldsById.get(id) ?? new Map(), fields));
      }
      const entities = new Map<string, Promise<Entity | null>>();
      for (const [id, fields] of fieldsById) {
        const entity = find(id, fields);
        entities.set(id, entity);
        found.set(id, { fields, entity });
      }
      return Promise.all(wanted.map(({ id }) => entities.get(id)?.catch(toError) ?? null));
    },
    { cache: false },
  );

  return {
    load(id, fields) {
      const known = found.get(id);
      return known && coversResponseFields(known.fields, fields) ? known.entity : batch.load({ id, fields });
    },
    clear(id) {
      found.delete(id);
    },
  };
}

// DataLoader tells failures from values by this class alone.
function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('Thrown, and no Error.', { cause: reason });
}
