import { describe, expect, test } from 'vitest';
import { parseJson } from '../../src/ecwid/json.ts';

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
  ])('reads all else as JSON.parse does: %s', (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  test('throws for what is no JSON', () => {
    expect(() => parseJson('{"id":12345678901234567')).toThrow(SyntaxError);
  });
});
