/**
 * An amount in a currency's smallest unit, such as cents: whole and so exact. How many of them make one is the
 * currency's precision, 2 for dollars and 0 for yen. Every rounding here is half up, and half away from zero
 * below it: 1.005 is 1.01, -1.005 is -1.01.
 */
export type Minor = bigint;

/** 1.005 with precision 2 is 101. */
export function toMinor(amount: number, precision: number): Minor {
  return roundTo(parse(amount), precision);
}

/** The very number that JSON shows: 101 with precision 2 is 1.01. */
export function toAmount(minor: Minor, precision: number): number {
  return Number(`${minor}e-${precision}`);
}

/** A price times a quantity, rounded once: the price may be finer than the currency. */
export function timesQuantity(price: number, quantity: number, precision: number): Minor {
  return roundTo(multiply(parse(price), parse(quantity)), precision);
}

/** So many per cent of it. */
export function percentOf(minor: Minor, percent: number): Minor {
  const { units, scale } = parse(percent);
  return divide(minor * units, 100n * 10n ** scale);
}

/** The tax that a price including it contains: 7.36 of 81.00 at 10 %. */
export function taxInside(minor: Minor, percent: number): Minor {
  const { units, scale } = parse(percent);
  return divide(minor * units, 100n * 10n ** scale + units);
}

/** An equal part of it; what the parts lack or exceed is lost. */
export function divideBy(minor: Minor, count: number): Minor {
  const { units, scale } = parse(count);
  return divide(minor * 10n ** scale, units);
}

/**
 * Parts in proportion to the weights, none of which is negative. The last that weighs anything takes the rest,
 * so they add up; where nothing weighs anything it is the last of all. No part takes more than is left.
 */
export function allocate(minor: Minor, weights: readonly Minor[]): Minor[] {
  const total = sum(weights);
  const taker = total === 0n ? weights.length - 1 : weights.findLastIndex((weight) => weight > 0n);
  let rest = minor;
  return weights.map((weight, index) => {
    const part = index === taker ? rest : lesser(total === 0n ? 0n : divide(minor * weight, total), rest);
    rest -= part;
    return part;
  });
}

export function sum(amounts: readonly Minor[]): Minor {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

/** Of two amounts the one closer to nothing. */
function lesser(one: Minor, other: Minor): Minor {
  return one * one < other * other ? one : other;
}

/** units / 10^scale */
interface Decimal {
  readonly units: bigint;
  readonly scale: bigint;
}

// The shortest text that reads back as the number is what whoever wrote it meant: 1.005, and not the binary
// fraction a little below it that the number holds.
function parse(value: number): Decimal {
  const [, sign, whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  if (whole === '') throw new TypeError(`${value} is no amount.`);
  const units = BigInt(`${sign}${whole}${fraction}`);
  const scale = BigInt(fraction.length) - BigInt(exponent);
  return scale < 0n ? { units: units * 10n ** -scale, scale: 0n } : { units, scale };
}

function multiply(one: Decimal, other: Decimal): Decimal {
  return { units: one.units * other.units, scale: one.scale + other.scale };
}

function roundTo({ units, scale }: Decimal, precision: number): Minor {
  return divide(units * 10n ** BigInt(precision), 10n ** scale);
}

function divide(dividend: bigint, divisor: bigint): bigint {
  const isNegative = dividend < 0n !== divisor < 0n;
  const [above, below] = [dividend, divisor].map((value) => (value < 0n ? -value : value)) as [
    bigint,
    bigint,
  ];
  const rounded = (above * 2n + below) / (below * 2n);
  return isNegative ? -rounded : rounded;
}
