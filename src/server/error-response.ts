/** A whole request that is refused before any of it is executed. */
export interface RequestRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The answer to it: an error of GraphQL, in the newer media type for callers who take that. */
export function errorResponse(
  request: Request,
  { status, code, message, extensions = {}, headers = {} }: RequestRefusal,
): Response {
  const type = 'application/graphql-response+json';
  const contentType = request.headers.get('accept')?.includes(type) ? type : 'application/json';
  return new Response(JSON.stringify({ errors: [{ message, extensions: { code, ...extensions } }] }), {
    status,
    headers: { 'content-type': `${contentType}; charset=utf-8`, ...headers },
  });
}
