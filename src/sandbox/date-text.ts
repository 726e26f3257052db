import type { JsonObject } from './json.ts';

/** Ecwid's way to write a time, `2014-09-20 19:59:43 +0000`. */
export function formatDate(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} +0000`;
}

const unixSeconds = /^\d{1,12}$/;
const dayAndTime = /^(\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2}:\d{2})(?: ([+-]\d{2})(\d{2}))?)?$/;

/**
 * UNIX seconds of a date in one of the four forms that filters take: UNIX seconds,
 * `yyyy-MM-dd HH:mm:ss Z`, the same without the zone (UTC), and the day alone (midnight UTC).
 * Null for anything else, 30 February included.
 */
export function parseDate(text: string): number | null {
  if (unixSeconds.test(text)) return Number(text);
  const [, day, time = '00:00:00', hours = '+00', minutes = '00'] = dayAndTime.exec(text) ?? [];
  const local = Date.parse(`${day}T${time}Z`);
  // Date.parse moves 30 February into March and 24:00 into the next day; reading it back tells.
  if (Number.isNaN(local) || formatDate(new Date(local)) !== `${day} ${time} +0000`) return null;
  const offsetMinutes = Number(hours.slice(1)) * 60 + Number(minutes);
  return local / 1000 - (hours.startsWith('-') ? -60 : 60) * offsetMinutes;
}

/** Of a record's date, which the sandbox wrote itself. */
export function toDate(text: string): Date {
  return new Date((parseDate(text) ?? 0) * 1000);
}

// Java prints a zone by its short name, which says no offset by itself.
const zones: Readonly<Record<string, string>> = {
  UTC: '+0000',
  GMT: '+0000',
  CET: '+0100',
  CEST: '+0200',
  EET: '+0200',
  EEST: '+0300',
  MSK: '+0300',
  EST: '-0500',
  EDT: '-0400',
  CST: '-0600',
  CDT: '-0500',
  MST: '-0700',
  MDT: '-0600',
  PST: '-0800',
  PDT: '-0700',
};

/** The object with the named dates in Ecwid's own way to write them, where they are dates. */
export function rewriteDates(object: JsonObject, names: readonly string[]): JsonObject {
  const rewritten = names.flatMap((name) => {
    const value = object[name];
    const seconds = typeof value === 'string' ? parseBodyDate(value) : null;
    return seconds === null ? [] : [[name, formatDate(new Date(seconds * 1000))] as const];
  });
  return { ...object, ...Object.fromEntries(rewritten) };
}

/** As `parseDate`, for dates in bodies: the official client writes the zone by its name, or as `GMT+03:00`. */
export function parseBodyDate(text: string): number | null {
  const named = / (?:GMT|UTC)?([+-]\d{2}):?(\d{2})$/;
  const numeric = text.replace(named, ' $1$2');
  return parseDate(numeric.replace(/ ([A-Z]{3,4})$/, (whole, zone) => ` ${zones[zone] ?? whole}`));
}
