import { describe, expect, test } from 'vitest';

import { attempt } from '../../src/diagnostic/attempt.ts';
import { expressionTest } from '../../src/match/expression.ts';
import { everyString, failsWith } from '../support/laws.ts';

const lucene = { flavour: 'lucene', caseSensitive: true } as const;
const pcre = { flavour: 'pcre', caseSensitive: true } as const;

describe('what Lucene has beyond a search is matched', () => {
  test.each([
    ['~a', ['', 'b', 'aa'], ['a']],
    ['~(a.*)b', ['b', 'xb'], ['a']],
    ['a~b', ['a', 'aa', 'abb'], ['ab', 'b']],
    ['.*a.*&.*b.*', ['ab', 'ba', 'xaybz'], ['a', 'b', '']],
    ['[a-z]+&~(cmd|sh)', ['bash', 'cm'], ['cmd', 'sh', '']],
    ['<1-100>', ['1', '42', '100', '042'], ['0', '101', '', '4a']],
    ['<007-100>', ['007', '100'], ['7', '42', '101']],
    ['v<8-10>.@', ['v8.', 'v9x1', 'v10.2.3'], ['v7.', 'v11.', 'v8']],
    ['#', [], ['', 'a', '#']],
    ['a|#', ['a'], ['', '#']],
    ['@', ['', 'a', '\n'], []],
    ['""', [''], ['a']],
    ['~()', ['a', 'ab'], ['']],
  ] as const)('%s', (text, found, others) => {
    const matches = expressionTest(text, lucene);
    expect(found.filter((value) => !matches(value))).toEqual([]);
    expect(others.filter((value) => matches(value))).toEqual([]);
  });
});

test('where case does not count, it does not within a complement either', () => {
  const matches = expressionTest('~(a[b-c]"d")', { ...lucene, caseSensitive: false });
  expect(['abd', 'ACD', 'Abd'].map(matches)).toEqual([false, false, false]);
  expect(matches('aed')).toBe(true);
});

test('a code point is one character', () => {
  expect(expressionTest('~(..)', lucene)('😀')).toBe(true);
  expect(expressionTest('.', lucene)('😀')).toBe(true);
});

test('a number of an interval is any in it, and no other', () => {
  for (const [least, most] of [
    [0, 0],
    [7, 12],
    [0, 255],
    [98, 1003],
  ] as const) {
    const matches = expressionTest(`<${least}-${most}>&@`, lucene);
    for (let number = 0; number < 1200; number += 1)
      expect([number, matches(String(number))]).toEqual([number, least <= number && number <= most]);
  }
});

test('a complement is what is left of every short text', () => {
  for (const text of ['a*b', '(a|b)+', '.b?', 'a{2}']) {
    const [matches, others] = [expressionTest(text, lucene), expressionTest(`~(${text})`, lucene)];
    for (const value of everyString('abc', 4))
      expect([value, others(value)]).toEqual([value, !matches(value)]);
  }
});

describe('what a search does not take is read another way', () => {
  test.each([
    ['^a{1001}$', 'a'.repeat(1001), true],
    ['^a{1001}$', 'a'.repeat(1000), false],
    ['a\\Z', 'ba', true],
    ['\\u0041b', 'xAb', true],
  ])('%s', (text, value, found) => {
    expect(expressionTest(text, pcre)(value)).toBe(found);
  });
});

test.each(['a(?=b)', '(a)\\1', 'a++', '(a', '[b-a]'])('what can not be searched for is told: %s', (text) => {
  expect(failsWith(attempt(() => expressionTest(text, pcre)))).toEqual(['match/unsupported']);
});

test('a text of any length is read once', () => {
  const long = 'ab'.repeat(200_000);
  const matches = ['~(.*c.*)', '(.*a.*&.*b.*)&~(.*cc.*)', '~((a|b)*(a|b)*c)'].map((text) =>
    expressionTest(text, lucene),
  );
  const start = performance.now();
  expect(matches.map((one) => one(long))).toEqual([true, true, true]);
  expect(performance.now() - start).toBeLessThan(3000);
});

test('an expression that needs more states than are kept is given up', () => {
  const matches = expressionTest('~(.*a.{15})', lucene);
  let random = 1;
  const text = Array.from({ length: 100_000 }, () => {
    random = (random * 16_807) % 0x7fffffff;
    return random & 64 ? 'a' : 'b';
  }).join('');
  expect(failsWith(attempt(() => matches(text)))).toEqual(['match/unsupported']);
});
