/**
 * What a caller is told: Ecwid answered with a failure or with what cannot be read, did not answer in time, cannot
 * be reached or is out of order, or gives the store's token no more calls for now.
 */
export type EcwidErrorCode = 'UPSTREAM_ERROR' | 'UPSTREAM_TIMEOUT' | 'UPSTREAM_UNAVAILABLE' | 'RATE_LIMITED';

/**
 * A call to Ecwid that failed; one subclass per way of failing. The messages are safe to show: no token, no
 * host, nothing that a socket said. The technical reason stays in `cause`, for the log to pick codes from.
 *
 * Not among these: an abort by the caller (the signal's own reason is thrown) and mistakes of this program.
 */
export abstract class EcwidError extends Error {
  abstract readonly code: EcwidErrorCode;
  /** Whether the same call may fare better later. Of a write that says nothing about what has come of it. */
  readonly retryable: boolean = true;
  /** How long to wait until then, where that is known. */
  readonly retryAfterMs: number | undefined = undefined;
}

/** Ecwid answered, with a status other than success. */
export class EcwidStatusError extends EcwidError {
  override readonly name = 'EcwidStatusError';
  readonly code: EcwidErrorCode;
  override readonly retryable: boolean;
  override readonly retryAfterMs: number | undefined;
  readonly status: number;
  /** Ecwid's own code, such as `INSUFFICIENT_APP_SCOPE`, where its body named one; safe to show. */
  readonly errorCode: string | undefined;
  /** Ecwid's own words, which may quote the caller's data: for decisions, not for answers or logs. */
  readonly errorMessage: string | undefined;

  constructor(status: number, errorCode?: string, errorMessage?: string, retryAfterMs?: number) {
    super(`Ecwid answered with status ${status}.`);
    this.code = codeOfStatus(status);
    this.retryable = [408, 429, 500, 502, 503, 504].includes(status);
    this.retryAfterMs = retryAfterMs;
    this.status = status;
    this.errorCode = errorCode;
    this.errorMessage = errorMessage;
  }
}

function codeOfStatus(status: number): EcwidErrorCode {
  if (status === 429) return 'RATE_LIMITED';
  // Of what stands in front of Ecwid, or of Ecwid out of order as a whole.
  return [502, 503, 504].includes(status) ? 'UPSTREAM_UNAVAILABLE' : 'UPSTREAM_ERROR';
}

/** No complete answer within the deadline. The request may have been carried out. */
export class EcwidTimeoutError extends EcwidError {
  override readonly name = 'EcwidTimeoutError';
  readonly code = 'UPSTREAM_TIMEOUT';

  constructor(options?: ErrorOptions) {
    super('Ecwid did not answer in time.', options);
  }
}

/** The connection could not be made, or broke. */
export class EcwidConnectionError extends EcwidError {
  override readonly name = 'EcwidConnectionError';
  readonly code = 'UPSTREAM_UNAVAILABLE';
  /** False where not one byte can have reached Ecwid; true says nothing about what Ecwid did. */
  readonly mayHaveBeenSent: boolean;

  constructor(mayHaveBeenSent: boolean, options?: ErrorOptions) {
    super('Ecwid could not be reached.', options);
    this.mayHaveBeenSent = mayHaveBeenSent;
  }
}

/** Not sent: calls of late have come to nothing, and more are not to make it worse. */
export class EcwidCircuitError extends EcwidError {
  override readonly name = 'EcwidCircuitError';
  readonly code = 'UPSTREAM_UNAVAILABLE';
  override readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super('Ecwid is out of order at the moment.');
    this.retryAfterMs = retryAfterMs;
  }
}

/** Not sent: there were to be no more calls for now. */
export class EcwidBudgetError extends EcwidError {
  override readonly name = 'EcwidBudgetError';
  readonly code = 'RATE_LIMITED';
  override readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super("The store's budget of calls to Ecwid is used up for the moment.");
    this.retryAfterMs = retryAfterMs;
  }
}

export interface AnswerErrorOptions extends ErrorOptions {
  readonly isCutOff?: boolean;
  readonly isTooLarge?: boolean;
}

/** A success by its status, with a body that is not the JSON object it has to be. */
export class EcwidAnswerError extends EcwidError {
  override readonly name = 'EcwidAnswerError';
  readonly code = 'UPSTREAM_ERROR';
  /** It may be the beginning of what it has to be. */
  readonly isCutOff: boolean;
  /** It was more than is read of any. */
  readonly isTooLarge: boolean;

  constructor({ isCutOff = false, isTooLarge = false, ...options }: AnswerErrorOptions = {}) {
    super("Ecwid's answer could not be read.", options);
    this.isCutOff = isCutOff;
    this.isTooLarge = isTooLarge;
  }
}

/** One value in an otherwise good answer that is not what its field can hold. Only that field fails. */
export class UnreadableValueError extends EcwidError {
  override readonly name = 'UnreadableValueError';
  readonly code = 'UPSTREAM_ERROR';
  override readonly retryable = false;

  /** `expected` completes "Ecwid sent something other than ...". */
  constructor(expected: string) {
    super(`Ecwid sent something other than ${expected} for this field.`);
  }
}

/** What a program that called may know of a failure beside its code, to decide whether to try again, and when. */
export function hintsOf(error: EcwidError): Readonly<Record<string, unknown>> {
  const { retryable, retryAfterMs } = error;
  return {
    retryable,
    ...(retryAfterMs === undefined ? {} : { retryAfter: Math.max(1, Math.ceil(retryAfterMs / 1_000)) }),
    ...(error instanceof EcwidStatusError && error.errorCode ? { ecwidErrorCode: error.errorCode } : {}),
  };
}

/** What may be known of a failure in a log: names and codes, no words of Ecwid's, a socket's or a parser's. */
export function describeFailure(error: Error & { readonly code: string }): Readonly<Record<string, unknown>> {
  const { cause } = error;
  return {
    code: error.code,
    error: error.name,
    ...(error instanceof EcwidStatusError ? { status: error.status, errorCode: error.errorCode } : {}),
    ...(cause instanceof Error ? { cause: 'code' in cause ? String(cause.code) : cause.name } : {}),
  };
}

/** Ecwid does not take the token, whatever is asked with it. */
export function isOfToken(error: unknown): error is EcwidStatusError {
  return (
    error instanceof EcwidStatusError && (error.status === 401 || error.errorCode === 'INVALID_API_TOKEN')
  );
}

/** The gateway's own settings are at fault, and would be for every request: a wrong token, or a wrong store. */
export function isOfSettings(error: EcwidError): boolean {
  return isOfToken(error) || (error instanceof EcwidStatusError && error.errorCode === 'STORE_NOT_FOUND');
}

/** What a request that writes has come to, as far as its failure tells. */
export type FateOfWrite = 'unsent' | 'refused' | 'lost';

/**
 * By the pages and the error table of the API reference. A fault of the server (5xx, 408) or of a proxy may have come
 * after the work was done, and a redirect says nothing.
 */
export function fateOfWrite(error: EcwidError): FateOfWrite {
  if (error instanceof EcwidConnectionError && !error.mayHaveBeenSent) return 'unsent';
  if (error instanceof EcwidBudgetError || error instanceof EcwidCircuitError) return 'unsent';
  if (!(error instanceof EcwidStatusError)) return 'lost';
  if (error.status === 429 || isOfSettings(error)) return 'unsent';
  return [400, 402, 403, 404, 405, 409, 413, 415, 422].includes(error.status) ? 'refused' : 'lost';
}

/** A 404 for one cart or order, and not for the whole store or an address that is none of Ecwid's. */
export function isMissing(error: unknown): boolean {
  if (!(error instanceof EcwidStatusError) || error.status !== 404) return false;
  // Older servers send no body, and so no code.
  return error.errorCode === undefined || /^(?!STORE|PROFILE)[A-Z]+_NOT_FOUND$/.test(error.errorCode);
}

/** Of a failed call: null for what Ecwid does not have. Throws every other failure as it is. */
export function nullIfMissing(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}
