import type { Listening } from './listen.ts';

/** The whole answer to an operation. */
export async function ask(
  { url }: Pick<Listening, 'url'>,
  query: string,
  authorization?: string,
  { variables, headers }: { variables?: object; headers?: Readonly<Record<string, string>> } = {},
) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }), ...headers },
    body: JSON.stringify({ query, variables }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: what a text answers with is the test's own to know.
  return (await response.json()) as any;
}
