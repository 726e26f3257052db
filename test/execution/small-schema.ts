import {
  GraphQLBoolean,
  GraphQLEnumType,
  type GraphQLFieldConfig,
  GraphQLFloat,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
} from 'graphql';

/** Takes every value as it is, but some for none. */
const Anything = new GraphQLScalarType({
  name: 'Anything',
  serialize: (value) => (value === 'nothing' ? undefined : value),
});

/** An input that is an object, which its resolver may change. */
const Changeable = new GraphQLScalarType({
  name: 'Changeable',
  parseValue: () => ({ times: 0 }),
  parseLiteral: () => ({ times: 0 }),
});

const Color = new GraphQLEnumType({ name: 'Color', values: { RED: { value: 'r' }, BLUE: { value: 'b' } } });

const Range = new GraphQLInputObjectType({
  name: 'Range',
  fields: { from: { type: GraphQLInt, defaultValue: 1 }, to: { type: new GraphQLNonNull(GraphQLInt) } },
});

const Named = new GraphQLInterfaceType({ name: 'Named', fields: { name: { type: GraphQLString } } });

const Cat = new GraphQLObjectType<{ readonly meows?: unknown }>({
  name: 'Cat',
  interfaces: [Named],
  fields: { name: { type: GraphQLString }, meows: { type: GraphQLBoolean }, friend: { type: Named } },
  isTypeOf: ({ meows }) => meows as boolean,
});

const Dog = new GraphQLObjectType<{ readonly barks?: unknown }>({
  name: 'Dog',
  interfaces: [Named],
  fields: { name: { type: GraphQLString }, barks: { type: new GraphQLNonNull(GraphQLInt) } },
  isTypeOf: ({ barks }) => barks as boolean,
});

/** Its values say of what type they are. */
const Pet = new GraphQLUnionType({
  name: 'Pet',
  types: [Cat, Dog],
  resolveType: (value: { readonly type?: unknown }) => value.type as string,
});

const plain: Record<string, GraphQLOutputType> = {
  int: GraphQLInt,
  float: GraphQLFloat,
  string: GraphQLString,
  boolean: GraphQLBoolean,
  id: GraphQLID,
  color: Color,
  anything: Anything,
  named: Named,
  pet: Pet,
  cat: Cat,
};

/** For `int` there are `int`, `intNonNull`, `intList` and lists that are not null, of what is not null, and of lists. */
function inEveryShape(): Record<string, GraphQLFieldConfig<unknown, unknown>> {
  const shapes: Record<string, (type: GraphQLOutputType) => GraphQLOutputType> = {
    '': (type) => type,
    NonNull: (type) => new GraphQLNonNull(type),
    List: (type) => new GraphQLList(type),
    ListOfNonNull: (type) => new GraphQLList(new GraphQLNonNull(type)),
    NonNullListOfNonNull: (type) => new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(type))),
    ListOfLists: (type) => new GraphQLList(new GraphQLList(new GraphQLNonNull(type))),
  };
  return Object.fromEntries(
    Object.entries({ ...plain, thing: Thing }).flatMap(([name, type]) =>
      Object.entries(shapes).map(([shape, wrap]) => [`${name}${shape}`, { type: wrap(type) }]),
    ),
  );
}

interface Told {
  readonly calls: unknown[];
}

const Thing: GraphQLObjectType = new GraphQLObjectType<unknown, Told>({
  name: 'Thing',
  fields: () => ({
    ...inEveryShape(),
    resolved: { type: Anything, resolve: (source) => (source as { give: () => unknown }).give() },
    resolvedThing: { type: Thing, resolve: (source) => (source as { give: () => unknown }).give() },
    defaults: {
      type: Anything,
      args: {
        range: { type: Range, defaultValue: { from: 2, to: 3 } },
        color: { type: Color, defaultValue: 'b' },
        required: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 7 },
        changeable: { type: Changeable },
      },
      resolve: (_source, args) => {
        const given = structuredClone(args);
        // What it does to its arguments must not reach the next call.
        if (args.changeable) args.changeable.times += 1;
        args.required += 1;
        return given;
      },
    },
    // Not by a resolver, which has its own way to its arguments.
    needing: { type: Anything, args: { id: { type: new GraphQLNonNull(GraphQLID) } } },
    needingRange: { type: Anything, args: { range: { type: new GraphQLNonNull(Range) } } },
    told: {
      type: Thing,
      args: { at: { type: GraphQLInt } },
      resolve: (source, args, { calls }, info) => {
        const { fieldNodes, operation, fragments, returnType, parentType, path, variableValues } = info;
        calls.push({
          field: info.fieldName,
          nodes: fieldNodes.map(({ loc }) => loc?.start),
          operation: operation.name?.value,
          fragments: Object.keys(fragments),
          types: [String(returnType), String(parentType), info.schema.getQueryType()?.name],
          path,
          variableValues,
          rootValue: info.rootValue,
          args,
        });
        return source;
      },
    },
  }),
});

/** Every field of things comes from their properties, but for those that are named for what they show. */
export const smallSchema = new GraphQLSchema({ query: Thing, mutation: Thing });
