import { GraphQLError, Kind } from 'graphql';
import { LimitError } from '../check-limit.ts';
import { describeFailure, EcwidError, hintsOf } from '../ecwid/errors.ts';
import type { Log } from '../log.ts';
import { currentRequest } from '../request-scope.ts';
import { describeUnexpected } from './describe-unexpected.ts';

/**
 * What a caller is told of an error, by an allow-list: messages and codes of our own making go out, anything
 * else is masked. The log gets the cause as names and codes; no stack, no text that a socket or a parser said.
 */
export function presentError(error: unknown, log: Log): GraphQLError {
  return stamp(present(error, log));
}

/** The request's id joins what its caller is told and what is in the log; and the codes are in the log too. */
function stamp(error: GraphQLError): GraphQLError {
  const scope = currentRequest();
  if (!scope) return error;
  error.extensions.requestId = scope.id;
  scope.codes.add(String(error.extensions.code));
  return error;
}

function present(error: unknown, log: Log): GraphQLError {
  if (error instanceof LimitError) return overLimit(undefined, error);
  if (!(error instanceof GraphQLError)) {
    logUnexpected(error, undefined, log);
    return internalError();
  }
  const cause = error.originalError;
  if (cause instanceof EcwidError) return upstreamError(error, cause, log);
  if (cause instanceof LimitError) return overLimit(error, cause);
  if (cause && !(cause instanceof GraphQLError)) {
    logUnexpected(cause, error, log);
    return internalError(error);
  }
  if (typeof (cause ?? error).extensions.code === 'string') return error;
  // graphql-js itself speaks here. Of a field's value where it has a path and no place in the document: a
  // scalar could not take what Ecwid sent, and the text quotes it. Else of what the caller wrote.
  if (error.path && !cause?.nodes) return unreadable(error, log);
  return withCode(error, error.message, {
    code: 'BAD_USER_INPUT',
    // Without a path nothing was executed, which GraphQL over HTTP answers with 400, but for its older media
    // type: `spec` says so to Yoga.
    ...(error.path ? {} : { http: { status: 400, spec: true } }),
  });
}

/** Of a field, or of the request, which then fails by that status for either media type. */
function overLimit(
  error: GraphQLError | undefined,
  { message, code, status, extensions }: LimitError,
): GraphQLError {
  return withCode(error, message, { code, ...extensions, ...(error?.path ? {} : { http: { status } }) });
}

// One failed call can fail many fields; the first of them speaks for all in the log.
const logged = new WeakSet<EcwidError>();

function upstreamError(error: GraphQLError, cause: EcwidError, log: Log): GraphQLError {
  if (!logged.has(cause)) {
    logged.add(cause);
    log.warn({ ...describeFailure(cause), field: fieldOf(error) }, 'a field failed because of Ecwid');
  }
  return withCode(error, cause.message, { code: cause.code, ...hintsOf(cause) });
}

function unreadable(error: GraphQLError, log: Log): GraphQLError {
  log.warn(
    { code: 'UPSTREAM_ERROR', field: fieldOf(error) },
    'Ecwid sent a value that its field cannot hold',
  );
  return withCode(error, 'Ecwid sent a value that this field cannot hold.', {
    code: 'UPSTREAM_ERROR',
    retryable: false,
  });
}

function logUnexpected(cause: unknown, error: GraphQLError | undefined, log: Log): void {
  if (cause instanceof Error && cause.name === 'AbortError') {
    log.debug({ field: fieldOf(error) }, 'the caller left');
    return;
  }
  log.error({ ...describeUnexpected(cause), field: fieldOf(error) }, 'an unexpected error was masked');
}

/** By its name in the schema: those in a path may be of the caller's making, and be anything. */
function fieldOf(error: GraphQLError | undefined): string | undefined {
  const [node] = error?.nodes ?? [];
  return node?.kind === Kind.FIELD ? node.name.value : undefined;
}

/** Of a field, or of the whole request. */
function internalError(error?: GraphQLError): GraphQLError {
  return withCode(error, 'Internal server error.', {
    code: 'INTERNAL_SERVER_ERROR',
    ...(error?.path ? {} : { http: { status: 500 } }),
  });
}

function withCode(
  error: GraphQLError | undefined,
  message: string,
  extensions: { readonly code: string; readonly [name: string]: unknown },
): GraphQLError {
  return new GraphQLError(message, {
    nodes: error?.nodes ?? null,
    source: error?.source ?? null,
    positions: error?.positions ?? null,
    path: error?.path ?? null,
    extensions,
  });
}
