import { readAnswer, statusError } from './answer.ts';
import type { EcwidClient } from './client.ts';
import { EcwidAnswerError, type EcwidError } from './errors.ts';
import type { BatchStatus } from './wire.ts';

export interface BatchRequest {
  readonly method: 'POST';
  /** Segments below the store, as the client's own. */
  readonly path: readonly string[];
}

/**
 * `POST /batch` with one request; its ticket. With the same key within an hour it is the ticket of the first time,
 * and the request is not carried out again. Nothing but the queue is said to have taken it.
 * @throws EcwidAnswerError for an answer without a ticket
 */
export async function startBatch(
  ecwid: EcwidClient,
  { method, path }: BatchRequest,
  deduplicationKey: string,
): Promise<string> {
  const { ticket } = await ecwid.send<{ ticket?: unknown }>({
    method: 'POST',
    path: ['batch'],
    query: { deduplicationKey },
    body: [{ id: 'only', method, path: path.map((segment) => `/${encodeURIComponent(segment)}`).join('') }],
  });
  if (typeof ticket !== 'string' || ticket === '') throw new EcwidAnswerError();
  return ticket;
}

/** What the one request of a batch came to, as if it had been sent by itself. */
export type BatchedAnswer<Answer> = { readonly answer: Answer } | { readonly error: EcwidError };

/**
 * `GET /batch?ticket=`; null while the request waits or is at work. Rejects where that cannot be seen, which says
 * nothing of the request itself.
 */
export async function findBatchedAnswer<Answer extends object>(
  ecwid: EcwidClient,
  ticket: string,
): Promise<BatchedAnswer<Answer> | null> {
  // One sentence of the API reference has answers in this form alone.
  const query = { ticket, escapedJson: true };
  const { responses } = await ecwid.send<BatchStatus>({ path: ['batch'], query });
  const [response] = Array.isArray(responses) ? responses : [];
  const status = Number(response?.httpStatusCode ?? response?.httpCode);
  // Without a status it has not been carried out, or not yet.
  if (!response || !Number.isInteger(status)) return null;
  const text = response.escapedHttpBody ?? JSON.stringify(response.httpBody ?? '');
  if (status < 200 || status > 299) return { error: statusError(status, text) };
  try {
    return { answer: readAnswer(text) as Answer };
  } catch (error) {
    if (error instanceof EcwidAnswerError) return { error };
    throw error;
  }
}
