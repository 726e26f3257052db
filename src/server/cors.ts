import type { CORSOptions, Plugin } from 'graphql-yoga';

/** How Yoga is to answer pages of other origins; `false` for not at all. */
export function corsFor(origins: readonly string[]): false | ((request: Request) => CORSOptions | false) {
  if (origins.length === 0) return false;
  return ({ headers }) => {
    const origin = headers.get('origin');
    const isAllowed = origin !== null && (origins.includes('*') || origins.includes(origin));
    // One origin at a time: given a list, Yoga tells strangers that `null` may read, which is an origin too.
    return isAllowed && { ...allowance, origin };
  };
}

const allowance: CORSOptions = {
  // Absent, Yoga takes it for true.
  credentials: false,
  methods: ['GET', 'POST', 'OPTIONS'],
  allowedHeaders: [
    'content-type',
    'authorization',
    'accept',
    'apollo-require-preflight',
    'x-apollo-operation-name',
    'traceparent',
    'x-request-id',
  ],
  exposedHeaders: ['retry-after', 'x-request-id'],
};

/** Keeps caches from giving one origin's answer to another. */
export const varyByOrigin: Plugin = {
  onResponse({ response }) {
    response.headers.append('vary', 'origin');
  },
};
