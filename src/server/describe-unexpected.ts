/** What may be known of a mistake in a log: names, a code, and where; no words, which may hold anything. */
export function describeUnexpected(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && /^\w{1,60}$/.test(String(error.code)) ? error.code : undefined;
  return { error: error.name, code, where: ownFrame(error) };
}

const root = new URL('..', import.meta.url).href;

/** The topmost place of this program in a stack, such as `schema/cart.ts:41`: enough to find a mistake by. */
function ownFrame({ stack = '' }: Error): string | undefined {
  const frame = stack.split('\n').find((line) => line.includes(root));
  return frame && /^[\w./-]+:\d+/.exec(frame.slice(frame.indexOf(root) + root.length))?.[0];
}
