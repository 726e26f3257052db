import {
  context,
  INVALID_SPAN_CONTEXT,
  ProxyTracerProvider,
  propagation,
  type Span,
  type SpanOptions,
  SpanStatusCode,
  type TextMapGetter,
  trace,
} from '@opentelemetry/api';

// Does nothing, and costs next to nothing, unless the process was started with an SDK; see docs/observability.md.
const tracer = trace.getTracer('ecwid-graphql');
const noSpan = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
const noHeaders = {};

/** Whether an SDK is attached. Asked each time, which is less work than a span that nobody records. */
function isTraced(): boolean {
  const provider = trace.getTracerProvider();
  return (
    !(provider instanceof ProxyTracerProvider) || provider.getDelegateTracer('ecwid-graphql') !== undefined
  );
}

/**
 * Runs a part of a request as a span of its own. Of an error the span holds the name and the code, no words. Where nobody
 * traces it is as if `run` was called: what it returns or throws at once comes at once.
 */
export function inSpan<Answer>(
  name: string,
  options: SpanOptions,
  run: (span: Span) => Answer,
): Answer | Promise<Awaited<Answer>> {
  if (!isTraced()) return run(noSpan);
  return tracer.startActiveSpan(name, options, async (span): Promise<Awaited<Answer>> => {
    try {
      return await run(span);
    } catch (error) {
      failSpan(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

function failSpan(span: Span, error: unknown): void {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  span.setAttribute('error.type', code ?? (error instanceof Error ? error.name : typeof error));
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** Of a request, in small letters. */
export type TraceHeaders = Readonly<Record<string, string | string[] | undefined>>;

const headersOf: TextMapGetter<TraceHeaders> = {
  get: (headers, name) => headers[name.toLowerCase()],
  keys: (headers) => Object.keys(headers),
};

/**
 * Runs what a request asks for as a part of its caller's trace, where its headers tell of one. What else they carry for
 * those who are called (`baggage`) ends here.
 */
export function inTraceOf<Result>(headers: TraceHeaders, run: () => Result): Result {
  if (!isTraced()) return run();
  const extracted = propagation.extract(context.active(), headers, headersOf);
  return context.with(propagation.deleteBaggage(extracted), run);
}

/** The header by which who is called continues this trace; none where nobody traces. Of the caller's it has the id alone. */
export function traceHeaders(): Readonly<Record<string, string>> {
  if (!isTraced()) return noHeaders;
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers.traceparent === undefined ? {} : { traceparent: headers.traceparent };
}
