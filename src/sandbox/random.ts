/** Chance that comes out the same every time. */
export interface Random {
  /** A whole number within the bounds, both included. */
  integer(from: number, to: number): number;
  pick<Element>(list: readonly Element[]): Element;
  /** True that often, from 0 for never to 1 for always. */
  chance(share: number): boolean;
}

/** Mulberry32: thirty-two bits of state are plenty for a few hundred carts. */
export function createRandom(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    integer,
    pick: <Element>(list: readonly Element[]) => list[integer(0, list.length - 1)] as Element,
    chance: (share) => next() < share,
  };
}
