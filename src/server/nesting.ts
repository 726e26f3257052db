/**
 * How deep the brackets of a GraphQL document are nested. The parser calls itself for each level, so this is asked
 * before it is: thousands of levels would overflow its stack.
 */
export function documentNesting(text: string): number {
  let depth = 0;
  let greatest = 0;
  for (const [piece] of text.matchAll(pieces)) {
    if ('[({'.includes(piece)) greatest = Math.max(greatest, ++depth);
    else if ('])}'.includes(piece)) depth--;
  }
  return greatest;
}

// Comments and strings first, so that no bracket in them counts. Each ends at the end of the text if nowhere else:
// a text that is cut short must not make the search start over.
const pieces = /#[^\n\r]*|"""(?:\\"""|[\s\S])*?(?:"""|$)|"(?:\\.|[^"\\\n\r])*"?|[[({]|[\])}]/g;

/** How deep the objects and lists of a value of JSON are nested. The parser itself takes any depth. */
export function jsonNesting(value: unknown): number {
  let depth = 0;
  for (let level = objectsOf([value]); level.length > 0; level = level.flatMap(objectsOf)) depth += 1;
  return depth;
}

function objectsOf(value: object): object[] {
  return Object.values(value).filter((one) => typeof one === 'object' && one !== null);
}
