import { expect, test } from 'vitest';

import { tidy } from '../../src/index.ts';
import { failsWith, must } from '../support/laws.ts';

test('lays out a text in the house style of its format, named or seen', () => {
  const text = '[rule]\nname="x" # y\n';
  expect(must(tidy(text))).toBe('[rule]\nname = "x" # y\n');
  expect(must(tidy(text, { format: 'elastic' }))).toBe(must(tidy(text)));
});

test('leaves a text as it is where its format has no house style, and says so', () => {
  const text = 'title:   x\nlogsource: {}\ndetection: {condition: a}\n';
  const outcome = tidy(text);
  expect(must(outcome)).toBe(text);
  expect(outcome.diagnostics.map(({ code }) => code)).toEqual(['style/no-house-style']);
});

test('refuses what it can not read', () => {
  expect(failsWith(tidy('hello'))).toEqual(['read/unknown-format']);
  expect(failsWith(tidy('title: x\n', { format: 'elastic' }))).toEqual(['parse/unexpected']);
});
