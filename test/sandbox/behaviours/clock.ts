/** A clock that goes only when it is told to. */
export interface Clock {
  readonly now: () => Date;
  advance(ms: number): void;
}

export function createClock(start = '2026-08-01T10:20:30Z'): Clock {
  let time = Date.parse(start);
  return {
    now: () => new Date(time),
    advance(ms) {
      time += ms;
    },
  };
}
