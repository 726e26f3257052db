// Ecwid's times are whole seconds and the bounds of its searches inclusive. UNIX seconds are what all pages of
// its documentation agree on.

/** The first second that is not before a date. */
export function firstSecond(date: Date | null | undefined): number | undefined {
  return date ? Math.ceil(date.getTime() / 1000) : undefined;
}

/** The last second that is not after a date. */
export function lastSecond(date: Date | null | undefined): number | undefined {
  return date ? Math.floor(date.getTime() / 1000) : undefined;
}
