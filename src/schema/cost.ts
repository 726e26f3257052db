import {
  complexityFromQuery,
  type FieldComplexityFunction,
  type FieldComplexityValue,
} from '@pothos/plugin-complexity';
import {
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  getOperationAST,
  getVariableValues,
  isCompositeType,
  isListType,
  Kind,
  visit,
} from 'graphql';
import { callsForOrders } from '../ecwid/loaders.ts';
import { isPresentId } from '../ecwid/tolerant.ts';
import { pointsOfCall } from '../limits.ts';
import type { Context } from './context.ts';

/** As many carts or orders as one call may answer with. */
const perCall = 100;
/** For how many the objects of a list count that no argument bounds. */
const assumedLength = 3;

/**
 * What is added up. Calls for pages are counted apart from the other ones, since what is below a page is read
 * together, and below anything else one by one.
 */
type Counted = 'objects' | 'callsOfPages' | 'otherCalls';

// The plugin counts `__typename` as one whatever is counted, so calls are counted in units that it cannot reach.
const unit = 1_000_000;

/** What the functions below are given for a context. */
interface Count {
  readonly counted: Counted;
}

type Cost<Args> = (args: Args, count: object) => FieldComplexityValue;

interface Page {
  readonly first?: number | null | undefined;
}

interface Ids {
  readonly ids: readonly unknown[];
}

interface Representations {
  readonly representations: readonly unknown[];
}

const nothing: FieldComplexityValue = { field: 0, multiplier: 0 };

/** What is below counts as often as there are `items`, and its calls as often as there are calls. */
function callsOf<Args = object>(calls: (args: Args) => number, items: (args: Args) => number): Cost<Args> {
  return (args, count) => {
    const { counted } = count as Count;
    if (counted === 'callsOfPages') return nothing;
    if (counted === 'otherCalls') return { field: calls(args) * unit, multiplier: calls(args) };
    return { field: items(args), multiplier: items(args) };
  };
}

function callsOfOne(calls: number): Cost<object> {
  return callsOf(
    () => calls,
    () => 1,
  );
}

// The items are counted as nodes and edges. What is no size of a page is refused where it is read.
const callsOfPage: Cost<Page> = ({ first }, count) => {
  const { counted } = count as Count;
  if (counted === 'otherCalls') return nothing;
  const items = Math.max(first ?? defaultFirst, 1);
  return { field: counted === 'objects' ? 0 : Math.ceil(items / perCall) * unit, multiplier: items };
};

const idsOf = ({ ids }: Ids) => ids.length;
/** Repeated ones are read once. */
const othersOf = ({ ids }: Ids) => new Set(ids).size;

/** The ids of one type that are asked for, each once. */
function entitiesOf(name: string, { representations }: Representations): readonly string[] {
  const objects = representations.map((one) => Object(one) as { __typename?: unknown; id?: unknown });
  const ours = objects.filter(({ __typename, id }) => __typename === name && isPresentId(id));
  return [...new Set(ours.map(({ id }) => String(id)))];
}

/** The fields that make calls, with how many they make at most where Ecwid answers well. */
export const costs = {
  cart: callsOfOne(1),
  carts: callsOfPage,
  cartsByIds: callsOf<Ids>(othersOf, idsOf),
  order: callsOfOne(1),
  orders: callsOfPage,
  ordersByIds: callsOf<Ids>(({ ids }) => callsForOrders([...new Set(ids.map(String))]), idsOf),
  _entities: callsOf<Representations>(
    (args) => entitiesOf('Cart', args).length + callsForOrders(entitiesOf('Order', args)),
    ({ representations }) => representations.length,
  ),
  recoveredOrder: ((_args, count) => {
    switch ((count as Count).counted) {
      case 'objects':
        return { field: 1, multiplier: 1 };
      case 'callsOfPages':
        return { field: unit / perCall, multiplier: 1 };
      case 'otherCalls':
        return { field: unit, multiplier: 1 };
    }
  }) satisfies Cost<object>,
  calculateOrder: callsOfOne(1),
  store: callsOfOne(1),
  // The cart, its placing, and the order.
  placeOrder: callsOfOne(3),
  hideCart: callsOfOne(2),
  // The calculation, the creation, and what it takes to find out what became of it.
  createOrder: callsOfOne(4),
  // Of each change that is told; the second of them tells whose it is.
  cartChanged: callsOfOne(2),
  orderChanged: callsOfOne(2),
};

export const defaultFirst = 20;

/** Of the nodes and of the edges of a page; how many there are is counted by the field that has the page. */
export const pageItemCost: Cost<object> = (_args, count) => ({ field: objects(count, 1), multiplier: 1 });

/** Of every other field. */
export const fieldCost: FieldComplexityFunction<Context, Record<string, unknown>> = (
  _args,
  count,
  { type },
) => {
  if (!isCompositeType(getNamedType(type))) return 0;
  if (!isList(type)) return objects(count, 1);
  return { field: objects(count, assumedLength), multiplier: assumedLength };
};

function objects(count: object, number: number): number {
  return (count as Count).counted === 'objects' ? number : 0;
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(getNullableType(type));
}

/**
 * The points of the operation that is about to run, at most: `pointsOfCall` for a call to Ecwid, one for an object
 * of the answer. From its sizes of pages and numbers of ids; what @skip and @include leave out counts.
 */
export function costOf(args: ExecutionArgs): number {
  const { document, operationName, variableValues } = args;
  const known = remembered.get(document) ?? remember(document);
  const sizes: (number | null | typeof absent)[] = [];
  for (const name of known.names) {
    const size = Object.hasOwn(variableValues ?? {}, name) ? variableValues?.[name] : absent;
    // Lists of ids, which are many and long.
    if (typeof size !== 'number' && size !== null && size !== absent) return computeCost(args) ?? 0;
    sizes.push(size);
  }

  const key = JSON.stringify([operationName, ...sizes.map((size) => (size === absent ? 'absent' : size))]);
  const cost = known.costs.get(key) ?? computeCost(args);
  // That there is no such operation, or that its variables are of the wrong type, the execution says, and does nothing
  // else.
  if (cost === undefined) return 0;
  if (known.costs.size < mostRemembered) known.costs.set(key, cost);
  return cost;
}

/** Of a variable that is not given, and so is what it is by default: neither null nor anything that can be sent. */
const absent = Symbol('absent');

interface Remembered {
  /** Of the variables on whose values the cost depends. */
  readonly names: readonly string[];
  readonly costs: Map<string, number>;
}

/** For as long as somebody else holds the document, which has few sizes of pages. */
const remembered = new WeakMap<DocumentNode, Remembered>();
const mostRemembered = 20;

function remember(document: DocumentNode): Remembered {
  const known = { names: sizeVariables(document), costs: new Map<string, number>() };
  remembered.set(document, known);
  return known;
}

/** The arguments by which the functions above tell costs. */
const sizeArguments: ReadonlySet<string> = new Set([
  'first',
  'ids',
  'representations',
] satisfies (keyof (Page & Ids & Representations))[]);

function sizeVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Argument({ name, value }) {
      if (sizeArguments.has(name.value))
        visit(value, { Variable: (node) => void names.add(node.name.value) });
    },
  });
  return [...names];
}

/** Undefined where nothing can be executed. */
function computeCost({ schema, document, operationName, variableValues }: ExecutionArgs): number | undefined {
  const operation = getOperationAST(document, operationName);
  if (!operation || !schema.getRootType(operation.operation)) return undefined;
  const variables = variableValues ?? {};
  if (getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: 1 }).errors)
    return undefined;

  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const alone = { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] } as const;
  const count = (counted: Counted) =>
    complexityFromQuery(alone, { schema, variables, ctx: { counted } satisfies Count }).complexity;
  const perPage = unit / perCall;
  const callsOfPages = Math.ceil(Math.floor(count('callsOfPages') / perPage) / perCall);
  const calls = callsOfPages + Math.floor(count('otherCalls') / unit);
  return Math.min(calls * pointsOfCall + count('objects'), Number.MAX_SAFE_INTEGER);
}
