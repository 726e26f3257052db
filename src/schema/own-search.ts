import type { ResponseFields } from '../ecwid/response-fields.ts';
import { identityOf, ownerOf, searchableBy, type Viewer } from '../viewer.ts';
import { notPermitted } from './not-permitted.ts';
import { ownerFields } from './visible-loaders.ts';

/** A search that finds no more than its viewer may see. */
export interface OwnSearch<Filter> {
  readonly filter: Filter;
  /** What `isOwn` reads of each item. */
  readonly fields: ResponseFields;
  /** Whether an item was meant to be found: a filter that Ecwid passes over must not open anything. */
  readonly isOwn: (item: object) => boolean;
}

const noFields: ResponseFields = new Map();

/**
 * The search of a customer, forced to what is their own; that of staff as it is. `openFilters` are those that
 * tell nothing which a customer does not see.
 * @throws NOT_PERMITTED for another filter, another customer, or a viewer who may not search
 */
export function ownSearch<Filter extends { readonly customerId?: string | null | undefined }>(
  viewer: Viewer,
  filter: Filter,
  openFilters: readonly (keyof Filter & string)[],
): OwnSearch<Filter> {
  const searchable = searchableBy(viewer);
  if (searchable === 'everything') return { filter, fields: noFields, isOwn: () => true };
  if (searchable === 'nothing') throw notPermitted('Only staff with read_orders, and customers, may search.');
  const { customerId } = searchable;
  for (const [name, value] of Object.entries(filter)) {
    if (value === null || value === undefined) continue;
    const isOpen = name === 'customerId' ? value === customerId : openFilters.some((open) => open === name);
    if (!isOpen) {
      const argument = `filter.${name}`;
      throw notPermitted(`Argument "${argument}" is for staff: customers search what is their own.`, {
        argument,
      });
    }
  }
  return {
    filter: { ...filter, customerId },
    fields: ownerFields,
    isOwn: (item) => ownerOf(item) === identityOf(viewer),
  };
}
