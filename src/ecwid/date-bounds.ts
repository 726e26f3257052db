// Ecwid's times are whole seconds and the bounds of its searches inclusive. UNIX seconds are what all pages of
// its documentation agree on.

// Nothing of Ecwid's is older than the epoch, and negative seconds are no UNIX time to it.

/** The first second that is not before a date. */
export function firstSecond(date: Date | null | undefined): number | undefined {
  return date ? Math.max(0, Math.ceil(date.getTime() / 1000)) : undefined;
}

/** The last second that is not after a date. */
export function lastSecond(date: Date | null | undefined): number | undefined {
  return date ? Math.max(0, Math.floor(date.getTime() / 1000)) : undefined;
}
