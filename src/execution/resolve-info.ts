import type { GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import type { ExecutionContext } from 'graphql/execution/execute.js';
import { addPath, type Path } from 'graphql/jsutils/Path.js';
import type { PlannedField } from './plan.ts';

/**
 * What graphql-js tells resolvers, found as they ask for it, which nearly none of them do. Unlike there its parts are no
 * own properties: it is to be read, and neither copied nor wrapped.
 */
export class ResolveInfo implements GraphQLResolveInfo {
  readonly #context: ExecutionContext;
  readonly #field: PlannedField;
  readonly #parentPath: Path | undefined;
  #path: Path | undefined;

  constructor(
    context: ExecutionContext,
    field: PlannedField,
    parentPath: Path | undefined,
    path: Path | undefined,
  ) {
    this.#context = context;
    this.#field = field;
    this.#parentPath = parentPath;
    this.#path = path;
  }

  get fieldName(): string {
    return this.#field.definition.name;
  }

  get fieldNodes(): GraphQLResolveInfo['fieldNodes'] {
    return this.#field.nodes;
  }

  get returnType(): GraphQLResolveInfo['returnType'] {
    return this.#field.definition.type;
  }

  get parentType(): GraphQLObjectType {
    return this.#field.parentType;
  }

  get path(): Path {
    this.#path ??= pathOf(this.#field, this.#parentPath);
    return this.#path;
  }

  get schema(): GraphQLResolveInfo['schema'] {
    return this.#context.schema;
  }

  get fragments(): GraphQLResolveInfo['fragments'] {
    return this.#context.fragments;
  }

  get rootValue(): unknown {
    return this.#context.rootValue;
  }

  get operation(): GraphQLResolveInfo['operation'] {
    return this.#context.operation;
  }

  get variableValues(): GraphQLResolveInfo['variableValues'] {
    return this.#context.variableValues;
  }
}

export function pathOf({ responseName, parentType }: PlannedField, parentPath: Path | undefined): Path {
  return addPath(parentPath, responseName, parentType.name);
}
