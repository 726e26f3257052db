import type { ArgBuilder, InputShapeFromFields, ObjectRef } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import { LimitError } from '../check-limit.ts';
import { EcwidAnswerError } from '../ecwid/errors.ts';
import { mergeResponseFields, type ResponseFields, responseFields } from '../ecwid/response-fields.ts';
import { type Match, readTotal, searchRange } from '../ecwid/search-range.ts';
import { isObject, readList } from '../ecwid/tolerant.ts';
import type { SearchResult } from '../ecwid/wire.ts';
import { defaultLimits } from '../limits.ts';
import { badUserInput } from './bad-user-input.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { defaultFirst, pageItemCost } from './cost.ts';
import { shareable } from './larger-graphs.ts';
import type { OwnSearch } from './own-search.ts';
import { isSelected, selectedFields } from './selected-fields.ts';

/** A stretch of a search, `offset` items from its beginning. */
interface Connection<Node> {
  /** Those that can be read, each with its place; empty where they were not selected. */
  readonly matches: readonly Match<Node>[];
  readonly offset: number;
  /** The place after the last of the stretch; `offset` where there is none in it. */
  readonly end: number;
  readonly total: number;
}

interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

// Where limits are only measured, a page still has an end.
const maxMeasured = 10_000;
// Far more than a store has carts, and nine digits, which every reader of numbers takes.
const maxOffset = 999_999_999;

const PageInfo = builder
  .objectRef<Pick<Connection<unknown>, 'offset' | 'end' | 'total'>>('PageInfo')
  .implement({
    description: 'Where a page stands among all matches.',
    extensions: shareable,
    fields: (t) => ({
      hasNextPage: t.boolean({
        nullable: false,
        description: 'True where matches follow: ask again with `after: endCursor`.',
        // An empty page has nothing to go on from, whatever the total claims.
        resolve: ({ offset, end, total }) => end > offset && end < total,
      }),
      hasPreviousPage: t.boolean({
        nullable: false,
        description: 'True where matches come before this page.',
        resolve: ({ offset }) => offset > 0,
      }),
      startCursor: t.string({
        description: 'Cursor of the first node; null on an empty page.',
        resolve: ({ offset, end }) => (end > offset ? toCursor(offset) : null),
      }),
      endCursor: t.string({
        description: 'Cursor of the last node, for `after`; null on an empty page.',
        resolve: ({ offset, end }) => (end > offset ? toCursor(end - 1) : null),
      }),
    }),
  });

/** `<name>Connection` and `<name>Edge` over a node type. */
export function connectionType<Node extends object>(
  node: ObjectRef<typeof builder.$inferSchemaTypes, Node>,
  { name, plural }: { readonly name: string; readonly plural: string },
) {
  const edge = builder.objectRef<Edge<Node>>(`${name}Edge`).implement({
    description: `One of the ${plural} of a page, with its cursor.`,
    fields: (t) => ({
      cursor: t.exposeString('cursor', {
        nullable: false,
        description: 'Opaque place in the search, for `after`. Matches that are added or removed shift it.',
      }),
      node: t.field({
        type: node,
        nullable: false,
        description: `What the cursor points at.`,
        resolve: (parent) => parent.node as never,
      }),
    }),
  });

  return builder.objectRef<Connection<Node>>(`${name}Connection`).implement({
    description: `A page of ${plural}.`,
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        nullable: false,
        description: `The ${plural} with their cursors.`,
        complexity: pageItemCost,
        resolve: ({ matches }) =>
          matches.map(({ item, offset }) => ({ node: item, cursor: toCursor(offset) })),
      }),
      nodes: t.field({
        type: [node],
        nullable: false,
        description: `The ${plural} themselves, for clients that need no cursors.`,
        complexity: pageItemCost,
        resolve: ({ matches }) => matches.map(({ item }) => item) as never,
      }),
      pageInfo: t.field({
        type: PageInfo,
        nullable: false,
        description: 'Whether there is more, and the cursors to go on from.',
        complexity: 0,
        resolve: (connection) => connection,
      }),
      totalCount: t.int({
        nullable: false,
        description: `All ${plural} that match, on this page or not. Costs no extra call to Ecwid.`,
        // No more than an Int holds, lest an absurd total blank the page.
        resolve: ({ total }) => Math.min(total, 2 ** 31 - 1),
      }),
    }),
  });
}

/** The arguments of a field that answers with a connection. */
export function connectionArgs(t: ArgBuilder<typeof builder.$inferSchemaTypes>) {
  return {
    first: t.int({
      defaultValue: defaultFirst,
      description: `How many at most, from 1 to ${defaultLimits.first} where the gateway has no other limit.`,
    }),
    after: t.string({ description: 'Cursor of the last node already known. Not together with `offset`.' }),
    offset: t.int({ description: 'How many matches to skip, 0 or more. Not together with `after`.' }),
  };
}

type ConnectionArgs = InputShapeFromFields<ReturnType<typeof connectionArgs>>;

/** What a connection reads from, and how. */
interface ConnectionSource<Node> {
  /** The wire field that identifies a node. */
  readonly idField: keyof Node & string;
  /** Whether a node can be identified; asked only where the operation selects its id. */
  readonly hasId: (node: Node) => boolean;
  readonly search: Pick<OwnSearch<unknown>, 'fields' | 'isOwn'>;
  searchPage(page: {
    readonly offset: number;
    readonly limit: number;
    readonly fields: ResponseFields;
  }): Promise<SearchResult<Node>>;
}

/** Reads the stretch that the arguments name, with no more of each node than the operation selects. */
export async function resolveConnection<Node extends object>(
  args: ConnectionArgs,
  info: GraphQLResolveInfo,
  context: Pick<Context, 'limits' | 'checkLimit' | 'log'>,
  { idField, hasId, search, searchPage }: ConnectionSource<Node>,
): Promise<Connection<Node>> {
  const { offset, first } = toRange(args, context);
  const searchOwn: typeof searchPage = async (page) => {
    const answer = await searchPage(page);
    // Neither may such a page be shown in part: its total would still tell of what is not the viewer's.
    const items = Array.isArray(answer.items) ? answer.items : [];
    if (!items.filter(isObject).every(search.isOwn)) throw new EcwidAnswerError();
    return answer;
  };
  if (!isSelected(info, 'nodes') && !isSelected(info, 'edges')) {
    const fields = mergeResponseFields(responseFields('total'), itemFields(search.fields));
    const total = readTotal(await searchOwn({ offset: 0, limit: 1, fields }));
    return { matches: [], offset, end: Math.max(offset, Math.min(offset + first, total)), total };
  }

  const selected = mergeResponseFields(selectedFields(info, 'nodes'), selectedFields(info, 'edges', 'node'));
  // Where no field of the nodes is selected, their number still is.
  const nodeFields: ResponseFields = selected.size > 0 ? selected : responseFields(idField);
  const fields = pageFields(nodeFields, search.fields);
  const { matches, total } = await searchRange<Node>(
    (start, limit) => searchOwn({ offset: start, limit, fields }),
    { offset, count: first },
  );
  const isNode = ({ item }: Match<Node>) => isObject(item) && (!nodeFields.has(idField) || hasId(item));
  return {
    matches: readList(
      matches,
      (match) => isNode(match as Match<Node>),
      () =>
        context.log.warn(
          { field: info.fieldName },
          'Ecwid sent nodes that cannot be read; they are left out',
        ),
    ),
    offset,
    end: (matches.at(-1)?.offset ?? offset - 1) + 1,
    total,
  };
}

/** The same object for the same two, as those of an operation are in each request for it. */
function pageFields(nodeFields: ResponseFields, searchFields: ResponseFields): ResponseFields {
  const known = knownPageFields.get(nodeFields) ?? new WeakMap<ResponseFields, ResponseFields>();
  knownPageFields.set(nodeFields, known);
  const fields =
    known.get(searchFields) ??
    mergeResponseFields(
      responseFields('total', 'limit'),
      itemFields(mergeResponseFields(nodeFields, searchFields)),
    );
  known.set(searchFields, fields);
  return fields;
}

const knownPageFields = new WeakMap<ResponseFields, WeakMap<ResponseFields, ResponseFields>>();

function itemFields(fields: ResponseFields): ResponseFields {
  return fields.size > 0 ? new Map([['items', fields]]) : new Map();
}

function toRange(
  { first, after, offset }: ConnectionArgs,
  { limits, checkLimit }: Pick<Context, 'limits' | 'checkLimit'>,
): { readonly offset: number; readonly first: number } {
  const count = first ?? defaultFirst;
  const place = { argument: 'first', minimum: 1, maximum: limits.first };
  if (count < 1) throw badUserInput(`Argument "first" must be from 1 to ${limits.first}.`, place);
  if (count > Math.max(limits.first, maxMeasured)) {
    throw new LimitError('first', limits.first, { actual: count, ...place });
  }
  checkLimit('first', count, place);
  if (typeof offset === 'number' && typeof after === 'string') {
    throw badUserInput('Arguments "after" and "offset" exclude each other.', { argument: 'offset' });
  }
  if (typeof offset === 'number' && (offset < 0 || offset > maxOffset)) {
    throw badUserInput(`Argument "offset" must be from 0 to ${maxOffset}.`, {
      argument: 'offset',
      minimum: 0,
      maximum: maxOffset,
    });
  }
  return { first: count, offset: typeof after === 'string' ? fromCursor(after) + 1 : (offset ?? 0) };
}

const cursorPrefix = 'offset:';

function toCursor(offset: number): string {
  return Buffer.from(cursorPrefix + offset).toString('base64url');
}

function fromCursor(cursor: string): number {
  const text = cursor.length <= 64 ? Buffer.from(cursor, 'base64url').toString() : '';
  const offset = /^offset:(\d{1,10})$/.exec(text)?.[1];
  if (offset === undefined || Number(offset) >= maxOffset) {
    throw badUserInput('Argument "after" must be a cursor that this field has answered with.', {
      argument: 'after',
    });
  }
  return Number(offset);
}
