import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  valueFromAST,
} from 'graphql';

type Values = Readonly<Record<string, unknown>>;

/**
 * The variables of one operation as its resolvers get them. Undefined for values with any mistake, and for some without:
 * what is to be said of them is for graphql-js to find out.
 */
export type CoerceVariables = (values: Values) => Record<string, unknown> | undefined;

/** A value as a resolver gets it, or `mistaken`. */
type Coerce = (value: unknown) => unknown;

const mistaken = Symbol('mistaken');

/**
 * Coerces what has no mistake as graphql-js does. Its own way looks at each field that an input object could have, of
 * which orders have a hundred; this one at those that it has.
 */
export function planVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): CoerceVariables {
  const variables = variableDefinitions.map(({ variable, type: typeNode, defaultValue }) => {
    const type = typeFromAST(schema, typeNode);
    return isInputType(type)
      ? {
          name: variable.name.value,
          type,
          isRequired: isNonNullType(type),
          defaultValue,
          coerce: coerceOf(type),
        }
      : undefined;
  });
  const coerceAll: CoerceVariables = (values) => {
    const coerced: Record<string, unknown> = Object.create(null);
    for (const variable of variables) {
      if (variable === undefined) return undefined;
      const { name, type, isRequired, defaultValue, coerce } = variable;
      if (Object.hasOwn(values, name)) {
        const value = coerce(values[name]);
        if (value === mistaken) return undefined;
        coerced[name] = value;
      } else if (defaultValue) coerced[name] = valueFromAST(defaultValue, type);
      else if (isRequired) return undefined;
    }
    return { ...coerced };
  };
  return (values) => {
    try {
      return coerceAll(values);
    } catch {
      // Deeper than the stack, say.
      return undefined;
    }
  };
}

/** Of each input object once, since they may hold one another. */
const known = new WeakMap<GraphQLInputObjectType, Coerce>();

function coerceOf(type: GraphQLInputType): Coerce {
  if (isNonNullType(type)) {
    const coerce = coerceOf(type.ofType);
    return (value) => (value === null || value === undefined ? mistaken : coerce(value));
  }
  if (isListType(type)) return coerceList(coerceOf(type.ofType));
  if (isInputObjectType(type)) {
    const coerce = known.get(type) ?? coerceObject(type);
    known.set(type, coerce);
    return coerce;
  }
  return (value) => {
    if (value === null || value === undefined) return null;
    try {
      const parsed: unknown = type.parseValue(value);
      return parsed === undefined ? mistaken : parsed;
    } catch {
      return mistaken;
    }
  };
}

function coerceList(coerce: Coerce): Coerce {
  return (value) => {
    if (value === null || value === undefined) return null;
    if (!Array.isArray(value)) return mistaken;
    const coerced: unknown[] = [];
    for (const element of value) {
      const item = coerce(element);
      if (item === mistaken) return mistaken;
      coerced.push(item);
    }
    return coerced;
  };
}

interface InputField {
  readonly index: number;
  readonly name: string;
  readonly defaultValue: unknown;
  readonly coerce: Coerce;
}

function coerceObject(type: GraphQLInputObjectType): Coerce {
  const definitions = Object.values(type.getFields());
  // Every object has properties of these names.
  const isOdd = definitions.some(({ name }) => name in {});
  if (type.isOneOf || isOdd) return () => mistaken;
  const required = definitions.filter(({ type }) => isNonNullType(type)).map(({ name }) => name);
  // Made when first used: of an object within itself there is something to refer to by then.
  let fields: ReadonlyMap<string, InputField> | undefined;
  let withDefault: readonly InputField[] = [];

  return (value) => {
    if (value === null || value === undefined) return null;
    if (!isPlain(value)) return mistaken;
    if (!fields) {
      const all = definitions.map(({ name, type, defaultValue }, index) => ({
        index,
        name,
        defaultValue: defaultValue as unknown,
        coerce: coerceOf(type),
      }));
      fields = new Map(all.map((field) => [field.name, field]));
      withDefault = all.filter(({ defaultValue }) => defaultValue !== undefined);
    }
    const given: InputField[] = [];
    let isInOrder = true;
    for (const name of Object.keys(value)) {
      const field = fields.get(name);
      if (field === undefined || value[name] === undefined) return mistaken;
      if (field.index < (given.at(-1)?.index ?? 0)) isInOrder = false;
      given.push(field);
    }
    for (const field of withDefault) {
      if (Object.hasOwn(value, field.name)) continue;
      given.push(field);
      isInOrder = false;
    }
    // In which they are defined.
    if (!isInOrder) given.sort((a, b) => a.index - b.index);
    const coerced: Record<string, unknown> = {};
    for (const { name, defaultValue, coerce } of given) {
      const item = Object.hasOwn(value, name) ? coerce(value[name]) : defaultValue;
      if (item === mistaken) return mistaken;
      coerced[name] = item;
    }
    return required.every((name) => Object.hasOwn(coerced, name)) ? coerced : mistaken;
  };
}

function isPlain(value: unknown): value is Values {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
