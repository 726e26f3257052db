/**
 * How deep the brackets of a GraphQL document are nested. The parser calls itself for each level, so this is asked
 * before it is: thousands of levels would overflow its stack.
 */
export function documentNesting(text: string): number {
  return deepest(text, graphqlPieces);
}

/** The same for a text in JSON. */
export function jsonNesting(text: string): number {
  return deepest(text, jsonPieces);
}

// Comments and strings first, so that no bracket in them counts. Each ends at the end of the text if nowhere else:
// a text that is cut short must not make the search start over.
const graphqlPieces = /#[^\n\r]*|"""(?:\\"""|[\s\S])*?(?:"""|$)|"(?:\\.|[^"\\\n\r])*"?|[[({]|[\])}]/g;
const jsonPieces = /"(?:\\[\s\S]|[^"\\])*"?|[[{]|[\]}]/g;

function deepest(text: string, pieces: RegExp): number {
  let depth = 0;
  let greatest = 0;
  for (const [piece] of text.matchAll(pieces)) {
    if ('[({'.includes(piece)) greatest = Math.max(greatest, ++depth);
    else if ('])}'.includes(piece)) depth--;
  }
  return greatest;
}
