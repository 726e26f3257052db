/**
 * JSON.parse, except that integers beyond 53 bits come back as their digits: Ecwid's item and file ids are
 * 64 bits wide, and a rounded id is another id. The price is paid only by texts with a long run of digits.
 */
export function parseJson(text: string): unknown {
  return /\d{16}/.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
}

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  const isRounded = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
  return isRounded && /^-?\d+$/.test(context?.source ?? '') ? context?.source : value;
}
