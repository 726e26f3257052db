/** Where the API is, and who is asking. */
export interface ApiAddress {
  /** Without the store, such as `http://127.0.0.1:8080/api/v3`. */
  readonly url: string;
  readonly storeId: string;
  readonly secretToken: string;
  readonly publicToken: string;
}

export interface Ask {
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /** Sent as JSON, or as it is where it is a string. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default the secret token in the Authorization header; null sends none. */
  readonly token?: string | null;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what is in an answer is for the checks to find out.
  readonly json: any;
}

/** An Ecwid store over HTTP, be it the sandbox or a real one. */
export interface Api extends ApiAddress {
  get(path: string, ask?: Ask): Promise<Reply>;
  put(path: string, ask?: Ask): Promise<Reply>;
  post(path: string, ask?: Ask): Promise<Reply>;
  send(method: string, path: string, ask?: Ask): Promise<Reply>;
}

export function createApi(address: ApiAddress): Api {
  const send = async (method: string, path: string, ask: Ask = {}): Promise<Reply> => {
    const { query = {}, body, headers = {}, token = address.secretToken } = ask;
    const parameters = new URLSearchParams(
      Object.entries(query).map(([name, value]) => [name, String(value)]),
    );
    const separator = path.includes('?') ? '&' : '?';
    const response = await fetch(
      `${address.url}/${address.storeId}${path}${parameters.size > 0 ? separator + parameters : ''}`,
      {
        method,
        headers: {
          ...(token !== null && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      },
    );
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: JSON.parse(text) };
  };
  return {
    ...address,
    send,
    get: (path, ask) => send('GET', path, ask),
    put: (path, ask) => send('PUT', path, ask),
    post: (path, ask) => send('POST', path, ask),
  };
}
