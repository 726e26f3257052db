import type { EntityLoader, Loaders } from '../ecwid/loaders.ts';
import { mergeResponseFields, responseFields } from '../ecwid/response-fields.ts';
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
      const entity = await loader.load(id, mergeResponseFields(fields, ownerFields));
      return entity && maySee(viewer, ownerOf(entity)) ? entity : null;
    },
    clear: (id) => loader.clear(id),
  };
}
