/** Shorter integers are within 53 bits. */
const fewestDigits = 16;
const half = fewestDigits / 2;

/**
 * JSON.parse, except that integers beyond 53 bits come back as their digits: Ecwid's item and file ids are
 * 64 bits wide, and a rounded id is another id.
 */
export function parseJson(text: string): unknown {
  const quoted = quoteWideIntegers(text);
  if (quoted === text) return JSON.parse(text);
  try {
    return JSON.parse(quoted);
  } catch {
    // Within a string a quote ends it, and digits cannot come next: only then, or where it is no JSON, this fails.
    // Looking at each value takes several times as long.
    return JSON.parse(text, keepDigits);
  }
}

/** Quotes what looks like a wide integer from both its sides. */
function quoteWideIntegers(text: string): string {
  const parts: string[] = [];
  let copied = 0;
  // No run of digits that is long enough is missed in steps of its length.
  for (let at = fewestDigits - 1; at < text.length; at += fewestDigits) {
    // Of a run that long there is half on one of the sides.
    if (!isDigit(text, at) || !(isDigit(text, at - half) || isDigit(text, at + half))) continue;
    let start = at;
    while (isDigit(text, start - 1)) start -= 1;
    while (isDigit(text, at)) at += 1;
    if (at - start < fewestDigits || Number.isSafeInteger(Number(text.slice(start, at)))) continue;
    const from = text[start - 1] === '-' ? start - 1 : start;
    const before = text.slice(0, from).trimEnd().at(-1) ?? '[';
    if (!':[,'.includes(before) || !/[\s,\]}]/.test(text[at] ?? ']')) continue;
    parts.push(text.slice(copied, from), '"', text.slice(from, at), '"');
    copied = at;
  }
  return copied === 0 ? text : parts.concat(text.slice(copied)).join('');
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  const isRounded = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
  return isRounded && /^-?\d+$/.test(context?.source ?? '') ? context?.source : value;
}
