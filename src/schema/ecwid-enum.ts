import { readEnum } from '../ecwid/tolerant.ts';
import type { Log } from '../log.ts';
import { builder } from './builder.ts';

/** What stands for UNKNOWN inside the gateway: no text that a caller or Ecwid would write, so neither is taken for it. */
export const unknownValue = '\0UNKNOWN';

export interface EcwidEnum<Value extends string> {
  readonly type: ReturnType<typeof enumType<Value>>;
  /** What Ecwid sent as a value of `type`; one that is new to this version is logged once. */
  read(value: unknown, log: Log): Value | typeof unknownValue | null;
}

interface EcwidEnumOptions<Value extends string> {
  /** What the value tells, by value; the name alone seldom does. */
  readonly values: Readonly<Record<Value, string>>;
  readonly description: string;
  /** Other spellings that Ecwid uses for some of the values. */
  readonly aliases?: Readonly<Record<string, NoInfer<Value>>>;
}

/** An enum of Ecwid's, with UNKNOWN added: a value which Ecwid adds tomorrow does not fail today's queries. */
export function ecwidEnum<const Value extends string>(
  name: string,
  options: EcwidEnumOptions<Value>,
): EcwidEnum<Value> {
  const known = Object.keys(options.values) as Value[];
  // Nearly all that comes: nothing need be read into them.
  const asWritten = new Set<unknown>(
    known.filter((value) => readEnum(value, known, options.aliases) === value),
  );
  return {
    type: enumType(name, options),
    read(value, log) {
      if (asWritten.has(value)) return value as Value;
      const read = readEnum(value, known, options.aliases);
      if (read !== 'UNKNOWN') return read;
      reportOnce(name, String(value), log);
      return unknownValue;
    },
  };
}

function enumType<Value extends string>(name: string, { values, description }: EcwidEnumOptions<Value>) {
  const known = Object.entries<string>(values).map(
    ([value, description]) => [value, { description, value: value as Value | typeof unknownValue }] as const,
  );
  const unknown = {
    description: 'A value that this version of the gateway does not know. Never accepted as input.',
    value: unknownValue as Value | typeof unknownValue,
  };
  return builder.enumType(name, {
    description,
    values: Object.fromEntries([...known, ['UNKNOWN', unknown]]),
  });
}

const reported = new Set<string>();
// Real enums grow by a value a year; whoever sends new ones without end is not worth the memory.
const maxReported = 1000;

function reportOnce(name: string, value: string, log: Log): void {
  const key = `${name}.${value.slice(0, 64)}`;
  if (reported.has(key) || reported.size >= maxReported) return;
  reported.add(key);
  // What looks like no enum value may be somebody's data.
  const shown = /^[\w .-]{1,64}$/.test(value) ? { value } : {};
  log.warn({ enum: name, ...shown }, 'Ecwid sent an enum value that is not known here');
}
