const nameOf = 'cart';

/**
 * The id in the address of the page: behind `#`, where browsers keep it to themselves, or in the query, since some
 * mail tools cut off what is behind `#`.
 */
export function readCartId({ hash, search }: Pick<Location, 'hash' | 'search'>): string {
  const [behindHash, query] = [hash.slice(1), search].map((text) =>
    new URLSearchParams(text).get(nameOf)?.trim(),
  );
  return behindHash || query || '';
}

export function hashOf(cartId: string): string {
  return `#${new URLSearchParams({ [nameOf]: cartId })}`;
}

/** Has the id in the query no longer, which is sent and logged with every reload. */
export function hideCartId(cartId: string): void {
  const address = new URL(location.href);
  if (!address.searchParams.has(nameOf)) return;
  address.searchParams.delete(nameOf);
  address.hash = hashOf(cartId);
  history.replaceState(null, '', address);
}
