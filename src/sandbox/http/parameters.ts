import { parseDate } from '../date-text.ts';
import type { Switches } from '../switches.ts';
import { wrongParameter } from './api-error.ts';

// Each reader answers undefined where the parameter is absent and refuses what it cannot read.

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['on', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['off', false],
  ['0', false],
]);

/** In any of the four spellings that Ecwid documents. */
export function readBoolean(query: URLSearchParams, name: string): boolean | undefined {
  return read(query, name, (text) => booleans.get(text.toLowerCase()));
}

export function readNumber(query: URLSearchParams, name: string): number | undefined {
  return read(query, name, (text) => (/^-?\d{1,15}(\.\d{1,10})?$/.test(text) ? Number(text) : undefined));
}

/** UNIX seconds of a date in any of the four forms that Ecwid documents. */
export function readDate(query: URLSearchParams, name: string): number | undefined {
  return read(query, name, (text) => parseDate(text) ?? undefined);
}

/** Free text; an empty one filters nothing. */
export function readText(query: URLSearchParams, name: string): string | undefined {
  return query.get(name)?.trim() || undefined;
}

/** The parts between the commas; undefined where there are none. */
export function readTexts(query: URLSearchParams, name: string): readonly string[] | undefined {
  const texts = (query.get(name) ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter(Boolean);
  return texts.length > 0 ? texts : undefined;
}

/** Parts that are all among the values. */
export function readChoices(
  query: URLSearchParams,
  name: string,
  values: readonly string[],
): readonly string[] | undefined {
  const chosen = readTexts(query, name);
  if (chosen?.some((text) => !values.includes(text))) throw wrongParameter(name, query.get(name));
  return chosen;
}

export interface Page {
  readonly offset: number;
  readonly limit: number;
}

const maxLimit = 100;

/** Defaults as the parameter tables have them: the tables of results say 10 for `limit`, and are wrong. */
export function readPage(query: URLSearchParams, { limitAbove100 }: Switches): Page {
  const offset = readCount(query, 'offset') ?? 0;
  const limit = readCount(query, 'limit') ?? maxLimit;
  if (limit > maxLimit && limitAbove100 === 'refused') throw wrongParameter('limit', limit);
  return { offset, limit: Math.min(limit, maxLimit) };
}

function readCount(query: URLSearchParams, name: string): number | undefined {
  return read(query, name, (text) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined));
}

function read<Value>(
  query: URLSearchParams,
  name: string,
  parse: (text: string) => Value | undefined,
): Value | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const value = parse(text);
  if (value === undefined) throw wrongParameter(name, text);
  return value;
}
