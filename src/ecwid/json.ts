/** Shorter integers are within 53 bits. */
const fewestDigits = 16;

/**
 * JSON.parse, except that integers beyond 53 bits come back as their digits: Ecwid's item and file ids are
 * 64 bits wide, and a rounded id is another id.
 */
export function parseJson(text: string): unknown {
  return JSON.parse(quoteWideIntegers(text));
}

// A reviver could do it as well, but then it takes several times as long to parse.
function quoteWideIntegers(text: string): string {
  let quoted = '';
  let copied = 0;
  /** Up to here it is known what is within a string. */
  let seen = 0;
  // A run of digits that is too long to miss in steps of its length.
  for (let at = fewestDigits - 1; at < text.length; at += fewestDigits) {
    if (!isDigit(text, at)) continue;
    let start = at;
    while (isDigit(text, start - 1)) start -= 1;
    while (isDigit(text, at)) at += 1;
    if (!isWideInteger(text, start, at)) continue;
    while (seen <= start) {
      const opening = text.indexOf('"', seen);
      if (opening === -1 || opening > start) break;
      seen = endOfString(text, opening);
    }
    if (seen > start) continue;
    const sign = text[start - 1] === '-' ? 1 : 0;
    quoted += `${text.slice(copied, start - sign)}"${text.slice(start - sign, at)}"`;
    copied = at;
  }
  return copied === 0 ? text : quoted + text.slice(copied);
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

/** Not a fraction or an exponent, or what has one; and beyond 53 bits. */
function isWideInteger(text: string, start: number, end: number): boolean {
  if (end - start < fewestDigits || /[.eE]/.test(text[end] ?? '')) return false;
  if (/[.eE]/.test(text[start - 1] ?? '') || /^[eE][+-]$/.test(text.slice(start - 2, start))) return false;
  return !Number.isSafeInteger(Number(text.slice(start, end)));
}

/** The place after its closing quote, which no odd number of backslashes precedes. */
function endOfString(text: string, opening: number): number {
  for (let from = opening + 1; ; ) {
    const closing = text.indexOf('"', from);
    if (closing === -1) return text.length;
    let backslashes = 0;
    while (text[closing - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return closing + 1;
    from = closing + 1;
  }
}
