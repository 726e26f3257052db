import { randomUUID } from 'node:crypto';
import { SpanKind } from '@opentelemetry/api';
import type { Log } from '../log.ts';
import { type RequestScope, runInScope } from '../request-scope.ts';
import { inSpan, inTraceOf, type TraceHeaders } from '../tracing.ts';

/** A request that has ended. */
export interface RequestReport extends RequestScope {
  /** Of HTTP; 499 where the caller had left. */
  readonly status: number;
  readonly durationMs: number;
}

export interface RequestWatchOptions {
  readonly log: Log;
  /** Told of each request that has ended. */
  readonly onRequest?: ((report: RequestReport) => void) | undefined;
}

/** Follows each request from its first header to the last byte of its answer. */
export interface RequestWatch {
  begin(requestId: string | string[] | undefined): RequestScope;
  /** Answers it: all that is done for it finds its scope, and is a part of its caller's trace. */
  run<Answer>(
    scope: RequestScope,
    headers: TraceHeaders,
    work: { answer(): Promise<Answer>; statusOf(answer: Answer): number },
  ): Promise<Answer>;
  end(scope: RequestScope, status: number): void;
}

/** The status of a request that its caller has left, as some proxies write it too. */
export const callerLeft = 499;

export function createRequestWatch({ log, onRequest = () => {} }: RequestWatchOptions): RequestWatch {
  return {
    begin: (requestId) => ({
      id: isRequestId(requestId) ? requestId : randomUUID(),
      startedAt: performance.now(),
      codes: new Set(),
      upstream: { calls: 0, bytes: 0, ms: 0 },
    }),
    run: (scope, headers, { answer, statusOf }) => {
      const options = { kind: SpanKind.SERVER, attributes: { 'request.id': scope.id } };
      const traced = () =>
        inSpan('graphql request', options, async (span) => {
          const answered = await answer();
          span.setAttribute('http.response.status_code', statusOf(answered));
          return answered;
        });
      return runInScope(scope, () => inTraceOf(headers, traced));
    },
    end(scope, status) {
      const durationMs = performance.now() - scope.startedAt;
      onRequest({ ...scope, status, durationMs });
      const { id, viewer, operation, documentId, codes, upstream } = scope;
      const hasLeft = status === callerLeft;
      // What a mutation has done stays done, whoever was there to hear of it.
      const level = hasLeft && operation?.type !== 'mutation' ? 'debug' : 'info';
      log[level](
        {
          requestId: id,
          status,
          durationMs: round(durationMs),
          viewer,
          operation: documentId === undefined ? operation : { type: operation?.type, documentId },
          ...(codes.size > 0 && !hasLeft && { codes: [...codes] }),
          upstream: { ...upstream, ms: round(upstream.ms) },
        },
        hasLeft ? 'left by its caller' : 'answered',
      );
    },
  };
}

/** One that a caller or a proxy in front has made; anything else could be meant to be read as something else. */
function isRequestId(text: unknown): text is string {
  return typeof text === 'string' && /^[\w.-]{1,64}$/.test(text);
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
