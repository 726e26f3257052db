import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { wrongParameter } from './api-error.ts';

/** Which fields to answer with; null stands for a whole subtree. */
export type FieldTree = ReadonlyMap<string, FieldTree | null>;

// Deeper than any answer, and shallow enough for the stack.
const maxDepth = 50;

/**
 * `list = field *("," field)`, `field = name [ "(" list ")" ]`, as the official client prints it. A name
 * without parentheses means the whole subtree and swallows any narrower mention of the same name.
 * @throws ApiError 400 where the text does not follow the grammar
 */
export function parseResponseFields(text: string): FieldTree {
  const tokens = text
    .split(/([(),])/)
    .map((token) => token.trim())
    .filter(Boolean);
  let position = 0;

  const takes = (token: string): boolean => {
    const isNext = tokens[position] === token;
    if (isNext) position++;
    return isNext;
  };

  const readName = (): string => {
    const name = tokens[position++] ?? '';
    if (name === '' || '(),'.includes(name)) throw wrongParameter('responseFields', text);
    return name;
  };

  const readList = (depth: number): FieldTree => {
    if (depth > maxDepth) throw wrongParameter('responseFields', text);
    const list = new Map<string, FieldTree | null>();
    do {
      const name = readName();
      const inner = takes('(') ? readList(depth + 1) : null;
      if (inner && !takes(')')) throw wrongParameter('responseFields', text);
      list.set(name, list.has(name) ? merge(list.get(name) ?? null, inner) : inner);
    } while (takes(','));
    return list;
  };

  const list = readList(0);
  if (position < tokens.length) throw wrongParameter('responseFields', text);
  return list;
}

function merge(one: FieldTree | null, other: FieldTree | null): FieldTree | null {
  if (one === null || other === null) return null;
  const merged = new Map(one);
  for (const [name, inner] of other) {
    merged.set(name, merged.has(name) ? merge(merged.get(name) ?? null, inner) : inner);
  }
  return merged;
}

// Free maps from names of the shop's own to texts. Like a list, a map is transparent: what is named inside its
// parentheses is looked for in its values, and a text has nothing inside to leave out.
const maps: ReadonlySet<string> = new Set([
  'additionalInfo',
  'extraFields',
  'nameTranslated',
  'paymentParams',
  'platformSpecificFields',
  'shortDescriptionTranslated',
  'valueTranslated',
  'valuesArrayTranslated',
]);

/** The selected part of an answer. What is not selected is absent, not null; what does not exist is no error. */
export function selectFields(answer: JsonObject, fields: FieldTree): JsonObject {
  const selected = Object.entries(answer)
    .filter(([name]) => fields.has(name))
    .map(([name, value]) => [name, maps.has(name) ? value : selectInside(value, fields.get(name) ?? null)]);
  return Object.fromEntries(selected);
}

function selectInside(value: Json, fields: FieldTree | null): Json {
  if (fields === null) return value;
  if (Array.isArray(value)) return value.map((element: Json) => selectInside(element, fields));
  return isJsonObject(value) ? selectFields(value, fields) : value;
}
