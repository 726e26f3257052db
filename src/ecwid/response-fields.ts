/**
 * Which fields of an answer to ask Ecwid for: each name with the fields wanted inside it, or with `whole` for
 * everything below. Arrays are transparent: the names are those of their elements.
 */
export type ResponseFields = ReadonlyMap<string, ResponseFields | typeof whole>;

export const whole = Symbol('whole');

/** Fields without any nesting, each wanted whole. */
export function responseFields(...names: readonly string[]): ResponseFields {
  return new Map(names.map((name) => [name, whole]));
}

/** What either set asks for; one of them where that has it all, so that what is known of it need not be found anew. */
export function mergeResponseFields(a: ResponseFields, b: ResponseFields): ResponseFields {
  if (coversResponseFields(a, b)) return a;
  if (a.size === 0) return b;
  const merged = new Map(a);
  for (const [name, inside] of b) {
    const known = merged.get(name);
    if (known === undefined || inside === whole) merged.set(name, inside);
    else if (known !== whole) merged.set(name, mergeResponseFields(known, inside));
  }
  return merged;
}

/** True where an answer to `asked` has all that `wanted` names. */
export function coversResponseFields(asked: ResponseFields, wanted: ResponseFields): boolean {
  if (asked === wanted) return true;
  // Pairs of names and values would be made for each alias of a cart.
  for (const name of wanted.keys()) {
    const known = asked.get(name);
    if (known === undefined) return false;
    const inside = wanted.get(name) as ResponseFields | typeof whole;
    if (known !== whole && (inside === whole || !coversResponseFields(known, inside))) return false;
  }
  return true;
}

/** The value of Ecwid's `responseFields` parameter, such as `total,items(price,sku)`. */
export function printResponseFields(fields: ResponseFields): string {
  return [...fields]
    .map(([name, inside]) => (inside === whole ? name : `${name}(${printResponseFields(inside)})`))
    .join(',');
}
