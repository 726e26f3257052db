import { expect, test } from 'vitest';
import { shopUrlOf } from '../src/shop-url.ts';

test.each([
  ['https://shop.example/', 'https://shop.example/'],
  ['HTTPS://Shop.example', 'https://shop.example/'],
  ['http://shop.example/a?b#c', 'http://shop.example/a?b#c'],
])('the name of the store leads to %s', (text, url) => {
  expect(shopUrlOf(text)).toBe(url);
});

test.each([
  'javascript:alert(1)//https://shop.example',
  ' JavaScript:alert(1)',
  'data:text/html,https://shop.example',
  'https://shop.example@elsewhere.example/',
  'https://:secret@shop.example/',
  'shop.example',
  '/elsewhere',
  'https://',
  '',
  null,
])('the name of the store does not lead to %s', (text) => {
  expect(shopUrlOf(text)).toBeUndefined();
});
