import { badRequest } from './bad-request.ts';

/** What a request asks for, as GraphQL over HTTP names it. */
export interface Params {
  readonly query?: string | null;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
  readonly extensions?: Readonly<Record<string, unknown>> | null;
  /** Where trusted documents are run. */
  readonly documentId?: unknown;
}

/**
 * Whether the parameters of a request are of the right types, with none that nobody reads but those of `extraNames`.
 * @throws GraphQLError BAD_REQUEST
 */
export function checkParams(params: object, extraNames: readonly string[]): asserts params is Params {
  for (const [name, value] of Object.entries(params)) {
    if (value === null || value === undefined || extraNames.includes(name)) continue;
    const expected = types.get(name);
    if (expected === undefined) throw badRequest(`Unexpected parameter "${name}" in the request.`);
    const type = Array.isArray(value) ? 'array' : typeof value;
    if (type !== expected)
      throw badRequest(`The parameter "${name}" must be of type ${expected}, not ${type}.`);
  }
}

const types: ReadonlyMap<string, string> = new Map([
  ['query', 'string'],
  ['operationName', 'string'],
  ['variables', 'object'],
  ['extensions', 'object'],
]);
