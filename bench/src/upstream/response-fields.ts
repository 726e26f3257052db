/** Which fields are wanted; null for all below. */
export type WantedFields = ReadonlyMap<string, WantedFields | null>;

/** Reads a responseFields parameter, such as `total,items(name,price)`. */
export function parseResponseFields(text: string): WantedFields {
  const root = new Map<string, WantedFields | null>();
  const open = [root];
  for (const [, name, mark] of text.matchAll(/([^,()]*)([,()]|$)/g)) {
    const inside = mark === '(' ? new Map<string, WantedFields | null>() : null;
    if (name) open.at(-1)?.set(name, inside);
    if (inside) open.push(inside);
    if (mark === ')') open.pop();
  }
  return root;
}

/** What is left of a value. Arrays are transparent. */
export function pickFields(value: unknown, fields: WantedFields | null): unknown {
  if (!fields || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => pickFields(element, fields));
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inside]) => {
      const wanted = fields.get(name);
      return wanted === undefined ? [] : [[name, pickFields(inside, wanted)]];
    }),
  );
}
