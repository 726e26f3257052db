import { EcwidAnswerError, EcwidStatusError } from './errors.ts';
import { parseJson } from './json.ts';
import type { ErrorBody } from './wire.ts';

/**
 * The JSON object that every answer is.
 * @throws EcwidAnswerError
 */
export function readAnswer(text: string): object {
  let answer: unknown;
  try {
    answer = parseJson(text);
  } catch {
    // The parser's own message quotes the body, so it is not kept as the cause.
    throw new EcwidAnswerError({ isCutOff: isCutOff(text.trim()) });
  }
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) throw new EcwidAnswerError();
  return answer;
}

// Its end is missing, or all of it.
function isCutOff(text: string): boolean {
  return text === '' || (text.startsWith('{') && !text.endsWith('}'));
}

/** What an answer of another status than success means. Its body is optional, and then the status has to do. */
export function statusError(
  status: number,
  text: string,
  retryAfterMs?: number,
): EcwidStatusError | EcwidAnswerError {
  let body: ErrorBody = {};
  try {
    if (text.trim() !== '') body = readAnswer(text);
  } catch (error) {
    // A page instead of JSON is somebody else's 404: it does not say that Ecwid lacks the thing.
    if (status === 404 && error instanceof EcwidAnswerError) return error;
  }
  const message = body.errorMessage ?? body.error_message;
  return new EcwidStatusError(
    status,
    // Shown to callers, so nothing but a code may pass for one.
    /^[A-Z][A-Z0-9_]{0,63}$/.test(String(body.errorCode)) ? String(body.errorCode) : undefined,
    typeof message === 'string' ? message : undefined,
    retryAfterMs,
  );
}

// Whoever names a later time means a mistake.
const longestWaitMs = 600_000;

/** What a Retry-After header means, in milliseconds from `now` on: seconds, or a date of HTTP. */
export function readRetryAfter(header: unknown, now: number): number | undefined {
  if (typeof header !== 'string') return undefined;
  const text = header.trim();
  const waitMs = /^\d{1,9}$/.test(text)
    ? Number(text) * 1_000
    : dateOfHttp.test(text)
      ? Date.parse(text) - now
      : NaN;
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), longestWaitMs);
}

const dateOfHttp = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
