import type { Told } from './callers.ts';
import type { Books } from './operations.ts';

/** What an answer was: `right`, or the code of its first error, or `left`; or none of what it may be. */
export interface Verdict {
  readonly told: Told;
  readonly is: string;
  readonly isAcceptable: boolean;
}

const codes = [
  'RATE_LIMITED',
  'UPSTREAM_ERROR',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_UNAVAILABLE',
  'OUTCOME_UNKNOWN',
];

export function judge(told: Told, books: Books): Verdict {
  const { answer, hasLeft, operation } = told;
  const verdict = (is: string, isAcceptable = true) => ({ told, is, isAcceptable });
  if (!answer) return hasLeft ? verdict('left') : verdict('no answer', false);
  const { data, errors = [] } = answer.body;
  const [first, ...more] = errors.map(({ extensions }) => extensions?.code ?? 'no code');
  if (answer.status === 503) {
    const isTold = first === 'OVERLOADED' && more.length === 0 && answer.retryAfter !== undefined;
    return verdict('OVERLOADED', isTold);
  }
  const refusals = Object.values((data ?? {}) as Record<string, { errors?: { code: string }[] } | null>)
    .flatMap((payload) => payload?.errors ?? [])
    .map(({ code }) => code);
  const all = [...(first ? [first] : []), ...more, ...refusals];
  const isTyped = all.every((code) => codes.includes(code));
  const isRight = data ? operation.isRight(data, books, errors) : errors.length > 0;
  return verdict(all[0] ?? 'right', answer.status === 200 && isTyped && isRight);
}
