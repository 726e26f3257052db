import {
  type DocumentNode,
  type GraphQLSchema,
  isObjectType,
  Kind,
  parse,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Scenario } from './scenarios.ts';

/** The product's schema with no more than the fields that the scenarios select, and the inputs that these take. */
export function smallSchema(sdl: string, schema: GraphQLSchema, scenarios: readonly Scenario[]): string {
  const selected = selectedCoordinates(schema, scenarios);
  const reduced = visit(parse(sdl, { noLocation: true }), {
    enter(node) {
      if ('description' in node && node.description) return { ...node, description: undefined };
      return undefined;
    },
    Directive: () => null,
    DirectiveDefinition: () => null,
    ObjectTypeDefinition: {
      leave(node) {
        const fields = node.fields?.filter(({ name }) => selected.has(`${node.name.value}.${name.value}`));
        return fields?.length ? { ...node, interfaces: [], fields } : null;
      },
    },
    InterfaceTypeDefinition: () => null,
    UnionTypeDefinition: () => null,
  });
  return print(withoutUnused(reduced));
}

function selectedCoordinates(schema: GraphQLSchema, scenarios: readonly Scenario[]): ReadonlySet<string> {
  const selected = new Set<string>();
  for (const { query } of scenarios) {
    const types = new TypeInfo(schema);
    visit(
      parse(query),
      visitWithTypeInfo(types, {
        Field() {
          const [parent, field] = [types.getParentType(), types.getFieldDef()];
          if (isObjectType(parent) && field) selected.add(`${parent.name}.${field.name}`);
        },
      }),
    );
  }
  return selected;
}

/** Without the types that nothing names any more. */
function withoutUnused(document: DocumentNode): DocumentNode {
  const used = new Set(['Query', 'Mutation']);
  visit(document, {
    NamedType(node) {
      used.add(node.name.value);
    },
  });
  const definitions = document.definitions.filter(
    (definition) =>
      definition.kind === Kind.SCHEMA_DEFINITION ||
      ('name' in definition && used.has(definition.name?.value ?? '')),
  );
  if (definitions.length === document.definitions.length) return document;
  return withoutUnused({ ...document, definitions });
}
