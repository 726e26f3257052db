import { GraphQLError, type GraphQLResolveInfo, locatedError, responsePathAsArray } from 'graphql';
import { EcwidError, UnreadableValueError } from '../ecwid/errors.ts';
import { isAmount, isId, isObject, isScalar, readList, readObject, readTextMap } from '../ecwid/tolerant.ts';
import type { Context } from './context.ts';
import type { EcwidEnum } from './ecwid-enum.ts';
import { reads, readsObject } from './selected-fields.ts';

type Resolve<Source, Result> = (
  source: Source,
  args: object,
  context: Context,
  info: GraphQLResolveInfo,
) => Result;

/** What a field that has to be read tolerantly is made of: the wire fields to ask for, and how to read them. */
interface WireField<Source, Result> {
  readonly extensions: ReturnType<typeof reads>;
  readonly resolve: Resolve<Source, Result>;
}

/** Of a list its elements, of an object itself: Ecwid sends some things either way. */
type Part<Value> = Value extends readonly (infer Element)[] ? Element : Extract<Value, object>;

/**
 * Makers of fields over one wire type. Each takes the names under which Ecwid sends the same thing, and reads
 * the first that is there. Plain values under one name need none of this: they are exposed as they are.
 */
export function wireFields<Source extends object>() {
  type Name = keyof Source & string;

  return {
    /** A value for its scalar to understand. */
    value<K extends Name>(...names: K[]): WireField<Source, NonNullable<Source[K]> | null> {
      return { extensions: reads(...names), resolve: (source) => firstOf(source, names) };
    },

    /** One object; of a list, the first. */
    object<K extends Name>(...names: K[]): WireField<Source, Part<NonNullable<Source[K]>> | null> {
      return {
        extensions: readsObject(...names),
        resolve: (source) => {
          const value: unknown = firstOf(source, names);
          return readObject<Part<NonNullable<Source[K]>> & object>(Array.isArray(value) ? value[0] : value);
        },
      };
    },

    /** A list of objects; absent is empty, and what cannot be an element is left out. */
    objects<K extends Name>(...names: K[]): WireField<Source, readonly Part<NonNullable<Source[K]>>[]> {
      return { extensions: readsObject(...names), resolve: readListOf(names, isObject) };
    },

    /** The same where absent is no empty list but means something else. */
    optionalObjects<K extends Name>(
      ...names: K[]
    ): WireField<Source, readonly Part<NonNullable<Source[K]>>[] | null> {
      const resolve = readListOf<Source, K>(names, isObject);
      return {
        extensions: readsObject(...names),
        resolve: (source, ...rest) => (firstOf(source, names) === null ? null : resolve(source, ...rest)),
      };
    },

    /** A list of ids, in the same manner. */
    ids<K extends Name>(...names: K[]): WireField<Source, readonly Part<NonNullable<Source[K]>>[]> {
      return { extensions: reads(...names), resolve: readListOf(names, isId) };
    },

    /** A list of amounts. */
    amounts<K extends Name>(...names: K[]): WireField<Source, readonly Part<NonNullable<Source[K]>>[]> {
      return { extensions: reads(...names), resolve: readListOf(names, isAmount) };
    },

    /** A list of texts. */
    texts<K extends Name>(...names: K[]): WireField<Source, readonly Part<NonNullable<Source[K]>>[]> {
      return { extensions: reads(...names), resolve: readListOf(names, isScalar) };
    },

    /** One of an enum's values; a new one is UNKNOWN. */
    enumValue<Value extends string>(
      { read }: EcwidEnum<Value>,
      ...names: Name[]
    ): WireField<Source, ReturnType<EcwidEnum<Value>['read']>> {
      return {
        extensions: reads(...names),
        resolve: (source, _args, { log }) => read(firstOf(source, names), log),
      };
    },

    /** A free map of texts. */
    textMap(...names: Name[]): WireField<Source, Record<string, unknown> | null> {
      return { extensions: reads(...names), resolve: (source) => readTextMap(firstOf(source, names)) };
    },
  };
}

function firstOf<Source, K extends keyof Source>(
  source: Source,
  names: readonly K[],
): NonNullable<Source[K]> | null {
  for (const name of names) {
    const value = source[name];
    if (value !== undefined && value !== null) return value;
  }
  return null;
}

function readListOf<Source, K extends keyof Source & string>(
  names: readonly K[],
  isElement: (element: unknown) => boolean,
): Resolve<Source, readonly Part<NonNullable<Source[K]>>[]> {
  return (source, _args, context, info) => {
    try {
      const value = firstOf(source, names) as readonly Part<NonNullable<Source[K]>>[] | null;
      // As nearly all are: the rest takes closures.
      if (Array.isArray(value) && value.every(isElement)) return value;
      return readOddList(value, isElement, context, info);
    } catch (error) {
      if (!(error instanceof EcwidError || error instanceof GraphQLError)) throw error;
      failBeside(error, context, info);
      return [];
    }
  };
}

function readOddList<Element>(
  value: readonly Element[] | null,
  isElement: (element: unknown) => boolean,
  context: Context,
  info: GraphQLResolveInfo,
): readonly Element[] {
  return readList(value, isElement, () =>
    failBeside(new UnreadableValueError('a list that can be read whole'), context, info),
  );
}

/** These lists are never null, so thrown from them an error would take along what they belong to. */
function failBeside(
  error: EcwidError | GraphQLError,
  { fieldErrors }: Context,
  { fieldNodes, path }: GraphQLResolveInfo,
): void {
  fieldErrors.push(locatedError(error, fieldNodes, responsePathAsArray(path)));
}
