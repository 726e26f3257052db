import type { GraphQLAnswer } from './running-gateway.ts';

/** Somebody who follows what changes. */
export interface Listener {
  readonly status: number;
  readonly headers: Headers;
  /** What is told next; undefined once it is complete. */
  // biome-ignore lint/suspicious/noExplicitAny: what it answers with is the test's own to know.
  next(): Promise<GraphQLAnswer<any> | undefined>;
  /** Comments that kept the connection open so far. */
  readonly comments: number;
  leave(): Promise<void>;
}

/** Opens a subscription over a connection of its own, once the answer has begun. */
export async function subscribe(
  url: string,
  query: string,
  { authorization, ...options }: RequestInit & { authorization?: string } = {},
): Promise<Listener> {
  const left = new AbortController();
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...(authorization && { authorization }),
    },
    body: JSON.stringify({ query }),
    signal: left.signal,
    ...options,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const told: unknown[] = [];
  let text = '';
  let comments = 0;
  let isComplete = false;

  async function read(): Promise<void> {
    const { done, value = '' } = (await reader?.read()) ?? { done: true };
    if (done) {
      if (!isComplete) throw new Error(`The stream broke off: ${text}`);
      return;
    }
    const blocks = (text + value).split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      if (block.startsWith(':')) comments += 1;
      const [, event, data = ''] = /^event: (\w+)\ndata: ?(.*)$/.exec(block) ?? [];
      if (event === 'next') told.push(JSON.parse(data));
      if (event === 'complete') isComplete = true;
    }
  }

  return {
    status: response.status,
    headers: response.headers,
    get comments() {
      return comments;
    },
    async next() {
      while (told.length === 0 && !isComplete) await read();
      return told.shift() as GraphQLAnswer<unknown> | undefined;
    },
    async leave() {
      left.abort();
    },
  };
}
