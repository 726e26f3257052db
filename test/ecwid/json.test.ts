import { describe, expect, test } from 'vitest';
import { parseJson } from '../../src/ecwid/json.ts';

const wide = '9223372036854775807';

/** What it is to do, one value after the other. */
function parseByReviver(text: string): unknown {
  return JSON.parse(text, (_key, value, context?: { source?: string }) => {
    const source = context?.source ?? '';
    return typeof value === 'number' && /^-?\d+$/.test(source) && !Number.isSafeInteger(value)
      ? source
      : value;
  });
}

describe('parseJson', () => {
  test('keeps the digits of ids beyond 53 bits', () => {
    expect(parseJson('{"id":9223372036854775807,"other":[-9007199254740993]}')).toEqual({
      id: '9223372036854775807',
      other: ['-9007199254740993'],
    });
  });

  test.each([
    '{"id":9007199254740991,"phone":"1234567890123456789","total":1234567890123456.5,"tiny":1e400,"exp":1e21}',
    '{"total":12.50,"id":40989227}',
    '[]',
    'null',
    '[0.12345678901234567890, 1e-12345678901234567890, 1E+0000000000000000001, 12345678901234567890e2]',
    `{"${wide}": ",${wide},", "\\"": "\\\\", "a": "\\\\\\":${wide},\\"" }`,
  ])('reads all else as JSON.parse does: %s', (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  test('finds them wherever they are', () => {
    for (let before = 0; before < 40; before += 1) {
      for (const digits of ['9007199254740991', '9007199254740992', '9007199254740993', wide, `${wide}0`]) {
        for (const open of [' ', ': -', '\\"', '"', '", ']) {
          const text = `{"${'x'.repeat(before)}${open}${digits}`;
          for (const close of [
            '}',
            '"}',
            ',"y":1}',
            `, "z": [${wide}, "${wide}"]}`,
            '":[1]}',
            '": -9007199254740995}',
          ]) {
            const whole = `${text}${close}`;
            let expected: unknown;
            try {
              expected = parseByReviver(whole);
            } catch {
              continue;
            }
            expect(parseJson(whole), whole).toEqual(expected);
          }
        }
      }
    }
    const list = Array.from(
      { length: 100 },
      (_, n) => `{"id":${BigInt(wide) - BigInt(n)},"name":"${wide}${n}"}`,
    );
    expect(parseJson(`[${list.join()}]`)).toEqual(parseByReviver(`[${list.join()}]`));
  });

  test('throws for what is no JSON', () => {
    expect(() => parseJson('{"id":12345678901234567')).toThrow(SyntaxError);
    expect(() => parseJson('{"id":"12345678901234567')).toThrow(SyntaxError);
  });
});
