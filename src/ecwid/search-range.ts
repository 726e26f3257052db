import type { SearchResult } from './wire.ts';

// The API's own limit; a larger one is unspecified.
const pageSize = 100;

export interface SearchRange<Item> {
  readonly items: readonly Item[];
  /** All matches, in and out of the range. */
  readonly total: number;
}

/**
 * `count` items of a search from `offset` on. The first page tells the total, the rest of the pages are asked
 * for side by side. `searchPage` must ask for `total` and `limit`: some answers hold fewer items than wanted,
 * and then echo the limit they kept to (the default is 10 in some documents, 100 in others).
 */
export async function searchRange<Item>(
  searchPage: (offset: number, limit: number) => Promise<SearchResult<Item>>,
  { offset, count }: { readonly offset: number; readonly count: number },
): Promise<SearchRange<Item>> {
  const firstLimit = Math.min(count, pageSize);
  const firstPage = await searchPage(offset, firstLimit);
  const firstItems = itemsOf(firstPage, firstLimit);
  const total = isCount(firstPage.total) ? firstPage.total : offset + firstItems.length;

  const step =
    isCount(firstPage.limit) && firstPage.limit > 0 ? Math.min(firstPage.limit, firstLimit) : firstLimit;
  const end = Math.min(offset + count, total);
  const pages: Promise<readonly Item[]>[] = [];
  for (let start = offset + step; start < end; start += step) {
    const limit = Math.min(step, end - start);
    pages.push(searchPage(start, limit).then((page) => itemsOf(page, limit)));
  }
  return { items: [...firstItems, ...(await Promise.all(pages)).flat()], total };
}

function itemsOf<Item>(page: SearchResult<Item>, limit: number): readonly Item[] {
  return Array.isArray(page.items) ? page.items.slice(0, limit) : [];
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
