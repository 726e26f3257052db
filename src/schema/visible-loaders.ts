import type { EntityLoader, Loaders } from '../ecwid/loaders.ts';
import { mergeResponseFields, type ResponseFields, responseFields } from '../ecwid/response-fields.ts';
import { identityOf, maySeeCart, maySeeOrder, type Owner, ownerOf, type Viewer } from '../viewer.ts';

/** Loaders to which whatever the viewer may not see is as if the store had it not. */
export function visibleLoaders({ cart, order }: Loaders, viewer: Viewer): Loaders {
  return {
    cart: visibleLoader(cart, viewer, maySeeCart),
    order: visibleLoader(order, viewer, maySeeOrder),
  };
}

/** The wire fields that `ownerOf` reads. */
export const ownerFields = responseFields('customerId');

/** Those of an operation are the same object in each request for it, and so they are with the owner. */
const knownWithOwner = new WeakMap<ResponseFields, ResponseFields>();

function withOwner(fields: ResponseFields): ResponseFields {
  const known = knownWithOwner.get(fields);
  if (known) return known;
  const both = mergeResponseFields(fields, ownerFields);
  knownWithOwner.set(fields, both);
  return both;
}

function visibleLoader<Entity extends object>(
  loader: EntityLoader<Entity>,
  viewer: Viewer,
  maySee: (viewer: Viewer, owner: Owner) => boolean,
): EntityLoader<Entity> {
  if (maySee(viewer, 'nobody')) return loader;
  const mayBeVisible = maySee(viewer, 'guest') || maySee(viewer, identityOf(viewer) as Owner);
  return {
    async load(id, fields) {
      if (!mayBeVisible) return null;
      const entity = await loader.load(id, withOwner(fields));
      return entity && maySee(viewer, ownerOf(entity)) ? entity : null;
    },
    clear: (id) => loader.clear(id),
  };
}
