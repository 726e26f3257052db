import { EcwidAnswerError } from './errors.ts';
import type { SearchResult } from './wire.ts';

// The API's own limit; a larger one is unspecified.
const pageSize = 100;
// The least that any document names as a limit. An answer that claims less does not buy more calls.
const leastPageSize = 10;

/** An item with its place among all matches. */
export interface Match<Item> {
  readonly item: Item;
  readonly offset: number;
}

export interface SearchRange<Item> {
  readonly matches: readonly Match<Item>[];
  /** All matches, in and out of the range. */
  readonly total: number;
}

/**
 * `count` items of a search from `offset` on. The first page tells the total, the rest of the pages are asked
 * for side by side. `searchPage` must ask for `total` and `limit`: some answers hold fewer items than wanted,
 * and then echo the limit they kept to (the default is 10 in some documents, 100 in others).
 * @throws EcwidAnswerError for an answer without a list, or that leaves open how many matches there are
 */
export async function searchRange<Item>(
  searchPage: (offset: number, limit: number) => Promise<SearchResult<Item>>,
  { offset, count }: { readonly offset: number; readonly count: number },
): Promise<SearchRange<Item>> {
  const firstLimit = Math.min(count, pageSize);
  const firstPage = await searchPage(offset, firstLimit);
  const first = matchesOf(firstPage, offset, firstLimit);
  const total = readCount(firstPage.total) ?? totalOfLastPage(firstPage, offset, firstLimit);

  const echoed = readCount(firstPage.limit) ?? firstLimit;
  const step = Math.min(Math.max(echoed, leastPageSize), firstLimit);
  const end = Math.min(offset + count, total);
  const pages: Promise<readonly Match<Item>[]>[] = [];
  for (let start = offset + step; start < end; start += step) {
    const limit = Math.min(step, end - start);
    pages.push(searchPage(start, limit).then((page) => matchesOf(page, start, limit)));
  }
  return { matches: [...first, ...(await Promise.all(pages)).flat()], total };
}

function matchesOf<Item>(
  { items }: SearchResult<Item>,
  start: number,
  limit: number,
): readonly Match<Item>[] {
  if (!Array.isArray(items)) throw new EcwidAnswerError();
  return items.slice(0, limit).map((item, index) => ({ item, offset: start + index }));
}

/** All matches of a search, which `answer` was asked for alone. */
export function readTotal(answer: SearchResult<unknown>): number {
  const total = readCount(answer.total);
  if (total === undefined) throw new EcwidAnswerError();
  return total;
}

// A page that is not full is the last one, and tells the total by itself.
function totalOfLastPage({ items }: SearchResult<unknown>, offset: number, limit: number): number {
  const length = items?.length ?? 0;
  if (length >= limit) throw new EcwidAnswerError();
  return offset + length;
}

function readCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(count) && (count as number) >= 0 ? (count as number) : undefined;
}
