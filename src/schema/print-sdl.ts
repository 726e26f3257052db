import {
  GraphQLObjectType,
  GraphQLSchema,
  getNamedType,
  isObjectType,
  isUnionType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { shareable } from './larger-graphs.ts';

/** The schema for people and for clients: sorted, so that a change in it shows as a change of just those lines. */
export function printReadableSdl(schema: GraphQLSchema): string {
  return `${printSchema(readable(schema))}\n`;
}

const federationLink = `extend schema
  @link(
    url: "https://specs.apollo.dev/federation/v2.3"
    import: ["@key", "@shareable"]
  )
`;

/** The same as a subgraph of Apollo Federation 2: what `_service` tells. */
export async function printSubgraphSdl(schema: GraphQLSchema): Promise<string> {
  // Needed by who puts a larger graph together, which is seldom.
  const { MapperKind, mapSchema, printSchemaWithDirectives } = await import('@graphql-tools/utils');
  const plain = partsOfEntities(schema);
  const marked = mapSchema(readable(schema), {
    [MapperKind.OBJECT_TYPE]: (type) => {
      if (!plain.has(type.name)) return type;
      return new GraphQLObjectType({ ...type.toConfig(), extensions: { ...type.extensions, ...shareable } });
    },
  });
  const sdl = printSchemaWithDirectives(marked, { pathToDirectivesInExtensions: ['federation'] });
  return `${federationLink}\n${sdl}\n`;
}

// Of the directives of stitching those that are used here, as they are defined there.
const stitchingDirectives = `directive @key(selectionSet: String!) on OBJECT

directive @merge(
  keyField: String
  keyArg: String
  additionalArgs: String
  key: [String!]
  argsExpr: String
) on FIELD_DEFINITION
`;

/** The same with the directives by which a stitching gateway merges its types: what `_sdl` tells. */
export async function printStitchingSdl(schema: GraphQLSchema): Promise<string> {
  const { printSchemaWithDirectives } = await import('@graphql-tools/utils');
  const sdl = printSchemaWithDirectives(readable(schema), { pathToDirectivesInExtensions: ['stitching'] });
  return `${stitchingDirectives}\n${sdl}\n`;
}

/** Without what only larger graphs ask for, whose names begin with one underscore. */
function readable(schema: GraphQLSchema): GraphQLSchema {
  const { query, types, ...config } = schema.toConfig();
  const { fields, ...queryConfig } = query?.toConfig() ?? { name: 'Query', fields: {} };
  const isOurs = (name: string) => !/^_[^_]/.test(name);
  const ours = new GraphQLObjectType({
    ...queryConfig,
    fields: Object.fromEntries(Object.entries(fields).filter(([name]) => isOurs(name))),
  });
  return lexicographicSortSchema(
    new GraphQLSchema({
      ...config,
      query: ours,
      types: types.filter((type) => type !== query && isOurs(type.name)),
    }),
  );
}

/**
 * The types that entities are made of and that are none themselves. Whoever has one of them has it with the same
 * meaning, so that another service may hold it too.
 */
function partsOfEntities(schema: GraphQLSchema): ReadonlySet<string> {
  const parts = new Set<string>();
  const visit = (type: GraphQLObjectType) => {
    for (const field of Object.values(type.getFields())) {
      const inside = getNamedType(field.type);
      if (!isObjectType(inside) || inside.extensions.federation || parts.has(inside.name)) continue;
      parts.add(inside.name);
      visit(inside);
    }
  };
  const entities = schema.getType('_Entity');
  for (const type of isUnionType(entities) ? entities.getTypes() : []) visit(type);
  return parts;
}
