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
    throw new EcwidAnswerError();
  }
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) throw new EcwidAnswerError();
  return answer;
}

/** What an answer of another status than success means. Its body is optional, and then the status has to do. */
export function statusError(status: number, text: string): EcwidStatusError | EcwidAnswerError {
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
  );
}
