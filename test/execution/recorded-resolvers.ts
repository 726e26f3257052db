import { isDeepStrictEqual } from 'node:util';
import {
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isObjectType,
  responsePathAsArray,
} from 'graphql';
import { inOrder } from './comparable.ts';

/** A call of a resolver, and what became of it. */
interface Call {
  readonly source: unknown;
  /** As they were, whatever the resolver has made of them. */
  readonly args: unknown;
  readonly info: GraphQLResolveInfo;
  readonly outcome: { readonly value: unknown } | { readonly thrown: unknown };
  isRepeated: boolean;
}

/** What resolvers did in one execution, for another one to get the same from them without doing it again. */
export interface Recording {
  readonly calls: Map<string, Call>;
  /** What the other execution asked of resolvers, and the first did not, or otherwise. */
  readonly deviations: string[];
}

const recorded = new WeakMap<object, Recording>();
const repeated = new WeakMap<object, Recording>();
const prepared = new WeakSet<GraphQLSchema>();

/** Has resolvers that are given this context do as they do, and be recorded. */
export function recordCalls(context: object): Recording {
  const recording: Recording = { calls: new Map(), deviations: [] };
  recorded.set(context, recording);
  return recording;
}

/** Has resolvers that are given this context do nothing but answer as recorded. */
export function repeatCalls(context: object, recording: Recording): void {
  repeated.set(context, recording);
}

export function callsNotRepeated({ calls }: Recording): string[] {
  return [...calls].filter(([, { isRepeated }]) => !isRepeated).map(([place]) => place);
}

/** Properties that are read by default stay so: objects have them for either execution. */
export function prepareResolvers(schema: GraphQLSchema): void {
  if (prepared.has(schema)) return;
  prepared.add(schema);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.resolve) field.resolve = recordable(field.resolve);
    }
  }
}

function recordable(resolve: GraphQLFieldResolver<unknown, object>): GraphQLFieldResolver<unknown, object> {
  return (source, args, context, info) => {
    const place = `${info.parentType.name} at ${JSON.stringify(responsePathAsArray(info.path))}`;
    const toRepeat = repeated.get(context);
    if (toRepeat) return repeat(toRepeat, place, source, args, info);
    const call = (outcome: Call['outcome']) => {
      const { calls, deviations } = recorded.get(context) ?? {};
      if (calls?.has(place)) deviations?.push(`The plan calls the resolver of ${place} twice.`);
      calls?.set(place, { source, args: argsBefore, info, outcome, isRepeated: false });
    };
    const argsBefore = inOrder(args);
    try {
      const value: unknown = resolve(source, args, context, info);
      call({ value });
      return value;
    } catch (thrown) {
      call({ thrown });
      throw thrown;
    }
  };
}

function repeat(
  { calls, deviations }: Recording,
  place: string,
  source: unknown,
  args: object,
  info: GraphQLResolveInfo,
): unknown {
  const call = calls.get(place);
  if (!call) {
    deviations.push(`graphql-js calls the resolver of ${place}, the plan does not, or not yet.`);
    throw new Error('The resolver was not called.');
  }
  call.isRepeated = true;
  if (source !== call.source) deviations.push(`The source of ${place} differs.`);
  if (!isDeepStrictEqual(inOrder(args), call.args)) deviations.push(`The arguments of ${place} differ.`);
  for (const name of new Set([...Object.keys(info), ...Object.keys(call.info)]) as Set<keyof typeof info>) {
    if (!isSameInfo(name, info[name], call.info[name])) deviations.push(`info.${name} of ${place} differs.`);
  }
  if ('thrown' in call.outcome) throw call.outcome.thrown;
  return call.outcome.value;
}

const madeForEach: readonly (keyof GraphQLResolveInfo)[] = [
  'path',
  'fieldNodes',
  'fragments',
  'variableValues',
];

function isSameInfo(name: keyof GraphQLResolveInfo, a: unknown, b: unknown): boolean {
  if (a === b || !madeForEach.includes(name)) return a === b;
  return name === 'path' || name === 'variableValues'
    ? isDeepStrictEqual(inOrder(a), inOrder(b))
    : isDeepStrictEqual(Object.keys(a as object), Object.keys(b as object)) &&
        Object.entries(a as object).every(([key, value]) => value === (b as Record<string, unknown>)[key]);
}
