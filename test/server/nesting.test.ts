import { describe, expect, test } from 'vitest';
import { documentNesting, jsonNesting } from '../../src/server/nesting.ts';

describe('documentNesting', () => {
  test.each([
    ['', 0],
    ['{ cart(id: "x") { id } }', 2],
    ['{ a(b: [{ c: 1 }]) { d } } { e }', 4],
    ['{ a(b: "[[[[\\"[[[[") }', 2],
    ['{ a(b: """[[[ " \\""" [[[ """) }', 2],
    ['{ a(b: "", c: [1]) }', 3],
    ['# {{{{\n{ a # ((((\r( b: 1) }', 2],
    ['"[[[ \n[[', 2],
    ['"""[[[', 0],
    ['{ a(b: """"""[]', 3],
    ['[['.repeat(50_000), 100_000],
  ])('of %.40j is %i', (text, depth) => {
    expect(documentNesting(text)).toBe(depth);
  });
});

describe('jsonNesting', () => {
  test.each([
    ['null', 0],
    ['"[[[["', 0],
    ['{"a":[{"b":1}],"c":[]}', 3],
    ['{"a":"[[[[","b":null}', 1],
    ['[[],[[]],{}]', 3],
    [`${'['.repeat(50_000)}${']'.repeat(50_000)}`, 50_000],
    [`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`, 20_000],
  ])('of %.40j is %i', (text, depth) => {
    expect(jsonNesting(JSON.parse(text))).toBe(depth);
  });
});
