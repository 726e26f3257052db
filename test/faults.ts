import { setTimeout as sleep } from 'node:timers/promises';

/** The requests that placing and creating are made of. */
export type RequestKind = 'cart' | 'place' | 'batch' | 'search' | 'create' | 'calculate' | 'other';

export interface UpstreamAnswer {
  readonly status: number;
  /** Default application/json. */
  readonly type?: string;
  readonly body: string;
}

/** One request in the hands of a proxy. */
export interface Exchange {
  /** Lets the API do its work, and tells what it answered. */
  forward(): Promise<UpstreamAnswer>;
  /** Done when it has left. With a length that it claims to have, the connection breaks off before it is reached. */
  answer(answer: UpstreamAnswer, claimedLength?: number): Promise<void>;
  /** Sends it a byte at a time, for as long as somebody waits for it. */
  drip(answer: UpstreamAnswer, everyMs: number): Promise<void>;
  /** Ends the connection without a word. */
  reset(): void;
  /** No connection is taken any more. */
  refuse(): void;
}

export type Fault = (exchange: Exchange) => void | Promise<void>;

const html = { type: 'text/html', body: '<html>Something went wrong</html>' };

function errorOf(status: number): UpstreamAnswer {
  return { status, body: JSON.stringify({ errorCode: 'INTERNAL_ERROR', errorMessage: 'Try again' }) };
}

export const resetBefore: Fault = ({ reset }) => reset();

export const resetAfter: Fault = async ({ forward, reset }) => {
  await forward();
  reset();
};

export const hangBefore: Fault = () => {};

export const hangAfter: Fault = async ({ forward }) => {
  await forward();
};

export function failBefore(status: number): Fault {
  return ({ answer }) => answer(errorOf(status));
}

export function failAfter(status: number): Fault {
  return async ({ forward, answer }) => {
    await forward();
    await answer(errorOf(status));
  };
}

/** Nothing is done of what is too much. */
export const tooMany: Fault = ({ answer }) =>
  answer({ status: 429, body: JSON.stringify({ errorCode: 'RATE_LIMITED' }) });

export const truncateAfter: Fault = async ({ forward, answer }) => {
  const { status, body } = await forward();
  await answer({ status, body: body.slice(0, body.length / 2) });
};

/** As `truncateAfter`, but it can be seen from the length. */
export const breakOffAfter: Fault = async ({ forward, answer }) => {
  const { status, body } = await forward();
  await answer({ status, body: body.slice(0, body.length / 2) }, Buffer.byteLength(body));
};

export const pageAfter: Fault = async ({ forward, answer }) => {
  await forward();
  await answer({ status: 200, ...html });
};

/** The last answer before connections are refused. */
export const refuseAfterwards: Fault = async ({ forward, answer, refuse }) => {
  const answered = await forward();
  refuse();
  await answer(answered);
};

/** It may come to the API after whoever sent it has given up. */
export function slow(beforeMs: number, afterMs: number): Fault {
  return async ({ forward, answer }) => {
    await sleep(beforeMs);
    const answered = await forward();
    await sleep(afterMs);
    await answer(answered);
  };
}

/** A request that stands still until the test lets it go on. */
export interface Hold {
  readonly fault: Fault;
  /** Resolves when a request has got there. */
  readonly reached: Promise<void>;
  release(): void;
  /** Resolves when its answer has left. */
  readonly answered: Promise<void>;
}

export function holdBefore(): Hold {
  return hold(async ({ forward, answer }, stand) => {
    await stand();
    await answer(await forward());
  });
}

export function holdAfter(): Hold {
  return hold(async ({ forward, answer }, stand) => {
    const answered = await forward();
    await stand();
    await answer(answered);
  });
}

function hold(exchangeWith: (exchange: Exchange, stand: () => Promise<void>) => Promise<void>): Hold {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  const stand = () => {
    reached.resolve();
    return released.promise;
  };
  return {
    fault: async (exchange) => {
      await exchangeWith(exchange, stand);
      answered.resolve();
    },
    reached: reached.promise,
    release: () => released.resolve(),
    answered: answered.promise,
  };
}
