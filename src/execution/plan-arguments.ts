import {
  type FieldNode,
  type GraphQLField,
  getArgumentValues,
  isNonNullType,
  Kind,
  valueFromAST,
} from 'graphql';

type Args = Record<string, unknown>;

/** How a field gets its arguments. */
export interface PlannedArguments {
  /**
   * To do with as its resolver likes.
   * @throws GraphQLError where they cannot be had
   */
  readonly make: (variables: Readonly<Record<string, unknown>>) => Args;
  /** Whether they are the same in each call, and can be had. */
  readonly isConstant: boolean;
}

/** An argument of the definition: a value, or the variable that has it. */
interface PlannedArgument {
  readonly name: string;
  readonly value: unknown;
  readonly variable: string | undefined;
  readonly isNonNull: boolean;
}

/** Looks once at what is the same in each call. What needs more than that is left to graphql-js, mistakes among it. */
export function planArguments(definition: GraphQLField<unknown, unknown>, node: FieldNode): PlannedArguments {
  const makeAnew: PlannedArguments['make'] = (variables) => getArgumentValues(definition, node, variables);
  if (definition.args.length === 0) return { make: () => ({}), isConstant: true };
  const planned = planEach(definition, node);
  if (planned === undefined) return { make: makeAnew, isConstant: false };
  const make: PlannedArguments['make'] = (variables) => {
    const args: Args = {};
    for (const { name, value, variable, isNonNull } of planned) {
      if (variable === undefined) {
        args[name] = value;
        continue;
      }
      const given = Object.hasOwn(variables, variable) ? variables[variable] : undefined;
      if (given === undefined || (given === null && isNonNull)) return makeAnew(variables);
      args[name] = given;
    }
    return args;
  };
  return { make, isConstant: planned.every(({ variable }) => variable === undefined) };
}

function planEach(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
): readonly PlannedArgument[] | undefined {
  const planned: PlannedArgument[] = [];
  for (const { name, type, defaultValue } of definition.args) {
    const given = node.arguments?.find((argument) => argument.name.value === name)?.value;
    const isNonNull = isNonNullType(type);
    const variable = given?.kind === Kind.VARIABLE ? given.name.value : undefined;
    // Within them may be variables.
    if (given?.kind === Kind.LIST || given?.kind === Kind.OBJECT) return undefined;
    const value: unknown = given ? valueFromAST(given, type, {}) : defaultValue;
    if (!given && value === undefined && !isNonNull) continue;
    // Of an object or a list each call has its own; and as a key of the arguments this name would be more than that.
    const isPlain = value !== undefined && (value === null || typeof value !== 'object');
    if (name === '__proto__' || (variable === undefined && !isPlain)) return undefined;
    planned.push({ name, value, variable, isNonNull });
  }
  return planned;
}
