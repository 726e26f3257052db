import { freeMaps, isNumericId, numericIds } from '../ecwid/to-wire.ts';
import { badUserInput } from './bad-user-input.ts';
import type { Context } from './context.ts';
import { unknownValue } from './ecwid-enum.ts';

type Limiting = Pick<Context, 'limits' | 'checkLimit'>;

const maxSearchText = 500;

/**
 * The ids of a lookup of many.
 * @throws IDS_LIMIT_EXCEEDED
 */
export function checkIds(ids: readonly string[], { limits, checkLimit }: Limiting): readonly string[] {
  checkLimit('ids', ids.length, { argument: 'ids', maximum: limits.ids });
  return ids;
}

/**
 * What a search is narrowed by: texts that fit into an address, ids that are digits.
 * @throws BAD_USER_INPUT, or IDS_LIMIT_EXCEEDED for a list that is too long
 */
export function checkSearch<Filter extends object>(
  argument: string,
  filter: Filter,
  { limits, checkLimit }: Limiting,
): Filter {
  checkInput(argument, filter);
  for (const [name, value] of Object.entries(filter)) {
    const path = `${argument}.${name}`;
    if (Array.isArray(value)) {
      const place = { argument: path, minimum: 1, maximum: limits.ids };
      if (value.length === 0) {
        throw badUserInput(`Argument "${path}" must hold 1 to ${limits.ids} values.`, place);
      }
      checkLimit('ids', value.length, place);
    }
    for (const text of [value].flat()) {
      if (typeof text !== 'string') continue;
      // Ecwid takes an empty filter for none, and would answer with what was not asked for.
      if (text.trim() === '') {
        throw badUserInput(`Argument "${path}" must not be empty.`, { argument: path });
      }
      if (text.length > maxSearchText) {
        throw badUserInput(`Argument "${path}" must hold at most ${maxSearchText} characters.`, {
          argument: path,
          maximum: maxSearchText,
        });
      }
      if (/^(customerId|subscriptionId|productIds|orderNumber)$/.test(name) && !/^\d{1,15}$/.test(text)) {
        throw badUserInput(`Argument "${path}" must be digits.`, { argument: path });
      }
    }
  }
  return filter;
}

const maxDepth = 32;

/**
 * What can be told of any input before Ecwid is asked. UNKNOWN is what the gateway answers with; nobody can mean
 * anything by it. Ids that Ecwid writes as numbers are digits, and years have four of them.
 * @throws BAD_USER_INPUT with the place of the first mistake
 */
export function checkInput(argument: string, value: unknown): void {
  checkValue(argument, value, { depth: 0, isFree: false });
}

/** Where a value stands: how deep, and whether in a free map, whose names and texts are the caller's own. */
interface Place {
  readonly depth: number;
  readonly isFree: boolean;
}

function checkValue(argument: string, value: unknown, { depth, isFree }: Place): void {
  if (value === unknownValue && !isFree) {
    throw badUserInput(`Argument "${argument}" must not be UNKNOWN.`, { argument });
  }
  if (value instanceof Date) {
    const year = value.getUTCFullYear();
    if (year >= 0 && year <= 9999) return;
    throw badUserInput(`Argument "${argument}" must be a date of the years 0 to 9999.`, { argument });
  }
  if (typeof value !== 'object' || value === null) return;
  if (depth >= maxDepth) {
    throw badUserInput(`Argument "${argument}" must not be nested deeper than ${maxDepth} levels.`, {
      argument,
    });
  }
  for (const [name, inside] of Object.entries(value)) {
    const path = `${argument}.${name}`;
    if (numericIds.has(name) && !isFree && !areNumericIds(inside)) {
      throw badUserInput(`Argument "${path}" must be digits.`, { argument: path });
    }
    checkValue(path, inside, { depth: depth + 1, isFree: isFree || freeMaps.has(name) });
  }
}

function areNumericIds(value: unknown): boolean {
  const ids: readonly unknown[] = Array.isArray(value) ? value : [value];
  return ids.every((id) => typeof id !== 'string' || isNumericId(id));
}

/**
 * What can be told of items before Ecwid is asked.
 * @throws BAD_USER_INPUT with the place of the first mistake
 */
export function checkItems(argument: string, items: readonly { readonly quantity: number }[]): void {
  if (items.length === 0) {
    throw badUserInput(`Argument "${argument}" must hold at least one item.`, { argument, minimum: 1 });
  }
  for (const [index, { quantity }] of items.entries()) {
    const path = `${argument}.${index}.quantity`;
    if (quantity < 1) {
      throw badUserInput(`Argument "${path}" must be 1 or more.`, { argument: path, minimum: 1 });
    }
  }
}
