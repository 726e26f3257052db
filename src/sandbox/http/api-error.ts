/** A refusal that Ecwid documents: the status and code it answers with, and a message for people. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly errorCode: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    errorCode: string,
    errorMessage: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(errorMessage);
    this.status = status;
    this.errorCode = errorCode;
    this.headers = headers;
  }
}

/** The wording is Ecwid's own, from its documentation's source of 2020. */
export function wrongParameter(name: string, value: unknown): ApiError {
  return new ApiError(400, 'WRONG_PARAMETER', `Wrong parameter '${name}' value: ${quote(value)}`);
}

/** The wording is what Ecwid's client tests expect. */
export function orderNotFound(id: string, errorCode = 'ORDER_NOT_FOUND'): ApiError {
  return new ApiError(404, errorCode, `Order #${quote(id)} not found`);
}

// What the caller sent may be a megabyte long: a message repeats only its beginning.
function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
