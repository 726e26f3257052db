import {
  complexityFromQuery,
  type FieldComplexityFunction,
  type FieldComplexityValue,
} from '@pothos/plugin-complexity';
import {
  type ExecutionArgs,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  getOperationAST,
  getVariableValues,
  isCompositeType,
  isListType,
  Kind,
} from 'graphql';
import { pointsOfCall } from '../limits.ts';
import type { Context } from './context.ts';

/** As many carts or orders as one call may answer with. */
const perCall = 100;
/** For how many the objects of a list count that no argument bounds. */
const assumedLength = 3;

/** What is below an item of a page or a list counts as often as there are items. */
function cost(calls: number, items = 1): FieldComplexityValue {
  return { field: calls * pointsOfCall + items, multiplier: items };
}

interface Page {
  readonly first?: number | null | undefined;
}

interface Ids {
  readonly ids: readonly unknown[];
}

/** The points of the fields that make calls. */
export const costs = {
  cart: cost(1),
  carts: ({ first }: Page) => pageCost(first),
  cartsByIds: ({ ids }: Ids) => cost(new Set(ids).size, ids.length),
  order: cost(1),
  orders: ({ first }: Page) => pageCost(first),
  ordersByIds: ({ ids }: Ids) => cost(Math.ceil(new Set(ids).size / perCall), ids.length),
  // Those of a page are read together.
  recoveredOrder: cost(1 / perCall),
  calculateOrder: cost(1),
  store: cost(1),
  // The cart, its placing, and the order.
  placeOrder: cost(3),
  hideCart: cost(2),
  // The calculation, the creation, and what it takes to find out what became of it.
  createOrder: cost(4),
};

// The items are counted as nodes and edges. What is no size of a page is refused where it is read.
function pageCost(first: number | null | undefined): FieldComplexityValue {
  const items = Math.max(first ?? defaultFirst, 1);
  return { field: Math.ceil(items / perCall) * pointsOfCall, multiplier: items };
}

export const defaultFirst = 20;

/** Of the nodes and of the edges of a page; how many there are is counted by the field that has the page. */
export const pageItemCost: FieldComplexityValue = { field: 1, multiplier: 1 };

/** The points of every other field. */
export const fieldCost: FieldComplexityFunction<Context, Record<string, unknown>> = (
  _args,
  _context,
  { type },
) => {
  if (!isCompositeType(getNamedType(type))) return 0;
  return isList(type) ? { field: assumedLength, multiplier: assumedLength } : 1;
};

function isList(type: GraphQLOutputType): boolean {
  return isListType(getNullableType(type));
}

/**
 * The points of the operation that is about to run, from its sizes of pages and numbers of ids; what @skip and
 * @include leave out counts.
 */
export function costOf({
  schema,
  document,
  operationName,
  variableValues,
  contextValue,
}: ExecutionArgs): number {
  const operation = getOperationAST(document, operationName);
  // That there is none, or that its variables are of the wrong type, the execution says, and does nothing else.
  if (!operation) return 0;
  const variables = variableValues ?? {};
  if (getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: 1 }).errors)
    return 0;

  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const alone = { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] } as const;
  const { complexity } = complexityFromQuery(alone, { schema, variables, ctx: contextValue as object });
  return Math.min(complexity, Number.MAX_SAFE_INTEGER);
}
