import { ApiError } from './api-error.ts';

export interface RateLimit {
  /** @throws ApiError 429 where the token has had its share of the minute */
  take(token: string): void;
  reset(): void;
}

interface Minute {
  readonly endsAt: number;
  readonly requests: number;
}

const minuteMs = 60_000;

/**
 * So many requests a minute for each token, in minutes that begin with the first of them. What is refused does
 * not count, and nothing of it is done.
 */
export function createRateLimit(requestsPerMinute: number, now: () => Date): RateLimit {
  const minutes = new Map<string, Minute>();
  return {
    take(token) {
      const time = now().getTime();
      const known = minutes.get(token);
      const minute = known && time < known.endsAt ? known : { endsAt: time + minuteMs, requests: 0 };
      if (minute.requests >= requestsPerMinute) {
        const retryAfter = Math.max(1, Math.ceil((minute.endsAt - time) / 1000));
        throw new ApiError(429, 'RATE_LIMITED', 'Too many requests', { 'retry-after': String(retryAfter) });
      }
      minutes.set(token, { ...minute, requests: minute.requests + 1 });
    },
    reset: () => minutes.clear(),
  };
}
