import type { Pool } from 'undici';
import type { Json } from './resolvers.ts';

type Send = (method: 'GET' | 'POST', path: string, body?: string) => Promise<Json>;

/** Sends by undici's own handlers, which costs less than its request() with the stream that it makes of a body. */
export function createDispatch(pool: Pool, headers: Readonly<Record<string, string>>): Send {
  const headersOfBody = { ...headers, 'content-type': 'application/json' };
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let status = 0;
      pool.dispatch(
        { path, method, headers: body === undefined ? headers : headersOfBody, body: body ?? null },
        {
          onRequestStart() {},
          onResponseStart(_controller, statusCode) {
            status = statusCode;
          },
          onResponseData(_controller, chunk) {
            chunks.push(chunk);
          },
          onResponseEnd() {
            if (status !== 200) return reject(new Error(`The upstream answers with ${status}.`));
            const [first] = chunks;
            resolve(JSON.parse(String(chunks.length === 1 ? first : Buffer.concat(chunks))));
          },
          onResponseError(_controller, error) {
            reject(error);
          },
        },
      );
    });
}
