/**
 * What larger graphs are told of the schema, beside the schema itself: in the words of Apollo Federation where
 * `_service` tells it, and in those of stitching where `_sdl` does. `print-sdl.ts` prints either.
 */
type ForLargerGraphs = {
  readonly federation?: Readonly<Record<string, object>>;
  readonly stitching?: Readonly<Record<string, object>>;
};

/** For a type whose objects this gateway finds by their id, in `_entities` and by a lookup of many. */
export const entity: ForLargerGraphs = {
  federation: { key: { fields: 'id' } },
  stitching: { key: { selectionSet: '{ id }' } },
};

/** For a type of which this gateway knows the id alone, so that another service tells the rest. */
export const stub: ForLargerGraphs = {
  federation: { key: { fields: 'id', resolvable: false } },
};

/** For a type that other services may have too, field by field, with the same meaning. */
export const shareable: ForLargerGraphs = {
  federation: { shareable: {} },
};

/** For a field that finds as many entities as it is given ids, in their order, and null in place of any that is not there. */
export const lookupByIds: ForLargerGraphs = {
  stitching: { merge: { keyField: 'id' } },
};
