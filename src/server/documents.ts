import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { type CheckLimit, LimitError } from '../check-limit.ts';
import { mostPlanned } from '../execution/executor.ts';
import type { Limits, LimitsMode } from '../limits.ts';
import type { Viewer } from '../viewer.ts';
import { badRequest } from './bad-request.ts';
import { type DocumentMeasures, measureDocument } from './measure-document.ts';
import { documentNesting } from './nesting.ts';

export interface DocumentsOptions {
  readonly limits: Limits;
  readonly limitsMode: LimitsMode;
  readonly checkLimit: CheckLimit;
  /** Whether the viewer gets introspection, and suggestions in errors. */
  readonly mayExplore: (viewer: Viewer) => boolean;
}

export interface Documents {
  /**
   * The document of this text.
   * @throws GraphQLError, LimitError where it is none, or is over a limit
   */
  parse(text: string): DocumentNode;
  /**
   * What is wrong with a document of `parse`, as far as the viewer may know; nothing where it may run.
   * @throws LimitError
   */
  validate(document: DocumentNode, viewer: Viewer): readonly GraphQLError[];
}

/**
 * Parses, measures and validates documents, and remembers those that passed. What is remembered holds for every
 * viewer: a document with a mistake is told of it anew each time.
 */
export function createDocuments(schema: GraphQLSchema, options: DocumentsOptions): Documents {
  const { limits, mayExplore } = options;
  const documents = new LRUCache<string, DocumentNode>({
    maxSize: limits.documentCache,
  });
  const texts = new WeakMap<DocumentNode, string>();
  const passed = new WeakMap<DocumentNode, DocumentMeasures>();
  return {
    parse(text) {
      const known = documents.get(text);
      if (known) return known;
      const document = parseWithin(text, options);
      texts.set(document, text);
      return document;
    },
    validate(document, viewer) {
      const known = passed.get(document);
      const measures = known ?? withinStack(() => measureDocument(document));
      checkMeasures(measures, document, options);
      const canExplore = mayExplore(viewer);
      if (measures.introspections > 0 && !canExplore) return [introspectionDisabled()];
      if (known) return [];
      const telling = { maxErrors: limits.validationErrors, hideSuggestions: !canExplore };
      const errors = withinStack(() => validate(schema, document, rules, telling));
      if (errors.length === 0) {
        passed.set(document, measures);
        const text = texts.get(document);
        if (text !== undefined) documents.set(text, document, { size: sizeOf(document, measures, text) });
      }
      return errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
    },
  };
}

function parseWithin(text: string, { limits, limitsMode }: DocumentsOptions): DocumentNode {
  const actual = documentNesting(text);
  if (actual > limits.nesting) throw new LimitError('nesting', limits.nesting, { actual });
  const maxTokens = limitsMode === 'enforce' ? limits.tokens : undefined;
  try {
    return parse(text, { maxTokens });
  } catch (error) {
    // The parser ends at the limit, with an error that only its text tells from others.
    const isTooLong = error instanceof GraphQLError && / tokens\. Parsing aborted\.$/.test(error.message);
    if (isTooLong) throw new LimitError('tokens', limits.tokens);
    throw error instanceof GraphQLError ? withCode(error, 'GRAPHQL_PARSE_FAILED') : error;
  }
}

// Fragments that spread fragments go as deep into the stack as there are, where limits are only measured.
function withinStack<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof RangeError) throw badRequest('The fragments of the document are too many in a row.');
    throw error;
  }
}

// Of what is remembered as well: where limits are only measured, each request over one is told of.
function checkMeasures(
  measures: DocumentMeasures,
  { tokenCount = 0 }: DocumentNode,
  { checkLimit }: DocumentsOptions,
): void {
  checkLimit('tokens', tokenCount);
  for (const name of measured) checkLimit(name, measures[name]);
}

const measured = ['depth', 'fields', 'aliases', 'directives', 'introspections'] as const;

/** One that has none yet, and by which the whole request fails; by `spec`, as GraphQL over HTTP has it. */
function withCode(error: GraphQLError, code: string): GraphQLError {
  Object.assign(error.extensions, { code, http: { status: 400, spec: true }, ...error.extensions });
  return error;
}

// For either media type: by `spec` Yoga would answer 200 to who takes application/json, as to a mistyped field.
const http = { status: 400, spec: false };

/** An object of an answer that has a `then` is taken for a promise on its way out. */
const noThen: ValidationRule = (context) => ({
  Field(node) {
    if (node.alias?.value !== 'then') return;
    const message = 'No field may be named "then".';
    context.reportError(
      new GraphQLError(message, { nodes: node, extensions: { code: 'BAD_USER_INPUT', http } }),
    );
  },
});

const rules = [...specifiedRules, noThen];

function introspectionDisabled(): GraphQLError {
  return new GraphQLError('The schema is not told here.', {
    extensions: { code: 'INTROSPECTION_DISABLED', http },
  });
}

// Two bytes a character, and what a token's share of the tree, and a field's of a plan, were measured to take.
function sizeOf(
  { tokenCount = 0, definitions }: DocumentNode,
  { fields }: DocumentMeasures,
  text: string,
): number {
  const operations = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length;
  const planned = Math.min(fields * operations, mostPlanned);
  return Math.max(1, text.length * 2 + tokenCount * 460 + planned * 400);
}
