import { badUserInput } from './bad-user-input.ts';
import { unknownValue } from './ecwid-enum.ts';

/** As many as one REST call may hold orders. */
const maxIds = 100;
const maxSearchText = 500;

/**
 * The ids of a lookup of many.
 * @throws BAD_USER_INPUT
 */
export function checkIds(ids: readonly string[]): readonly string[] {
  if (ids.length > maxIds) {
    throw badUserInput(`Argument "ids" must hold at most ${maxIds} ids.`, {
      argument: 'ids',
      maximum: maxIds,
    });
  }
  return ids;
}

/**
 * What a search is narrowed by: texts that fit into an address, ids that are digits.
 * @throws BAD_USER_INPUT
 */
export function checkSearch<Filter extends object>(argument: string, filter: Filter): Filter {
  refuseUnknown(argument, filter);
  for (const [name, value] of Object.entries(filter)) {
    const path = `${argument}.${name}`;
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
      if (/^(customerId|subscriptionId|productIds)$/.test(name) && !/^\d{1,15}$/.test(text)) {
        throw badUserInput(`Argument "${path}" must be digits.`, { argument: path });
      }
    }
  }
  return filter;
}

/**
 * UNKNOWN is what the gateway answers with; nobody can mean anything by it.
 * @throws BAD_USER_INPUT with the place of the first one
 */
export function refuseUnknown(argument: string, value: unknown): void {
  if (value === unknownValue) {
    throw badUserInput(`Argument "${argument}" must not be UNKNOWN.`, { argument });
  }
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    for (const [name, inside] of Object.entries(value)) refuseUnknown(`${argument}.${name}`, inside);
  }
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
