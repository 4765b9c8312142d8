import { describe, expect, test } from 'vitest';

import { toLucene, toPcre } from '../../src/query/regex.ts';
import { everyString } from '../support/laws.ts';

describe('a search becomes an expression for the whole value', () => {
  test.each([
    ['foo', '.*foo.*'],
    ['^foo$', 'foo'],
    ['^foo', 'foo.*'],
    ['foo|^bar$', '.*foo.*|bar'],
    ['\\d{3}', '.*[0-9]{3}.*'],
    ['[\\w-]+?@', '.*[A-Za-z0-9_\\-]+\\@.*'],
    ['(?:a|b)c$', '.*(a|b)c'],
    ['a\\$', '.*a\\$.*'],
    ['x"y', '.*x\\"y.*'],
    ['\\x41', '.*A.*'],
  ])('%s', (pcre, lucene) => {
    expect(toLucene(pcre)?.text).toBe(lucene);
  });

  test('case that the expression turns off itself is said beside it', () => {
    expect(toLucene('(?i)foo')).toEqual({ text: '.*foo.*', ignoresCase: true });
  });

  test.each(['a(?=b)', '(a)\\1', '(a\\b)+', '(^a)*', 'a++', '(?x)a', '\\pL', '(a', 'a)'])(
    'or nothing at all: %s',
    (pcre) => {
      expect(toLucene(pcre)).toBeUndefined();
    },
  );
});

describe('an expression for the whole value becomes a search', () => {
  test.each([
    ['foo', '^foo$'],
    ['.*foo.*', 'foo'],
    ['a|b', '^(?:a|b)$'],
    ['a"b.c"', '^ab\\.c$'],
    ['a^b', '^a\\^b$'],
    ['.*', '^.*$'],
    ['x\\.*', '^x\\.*$'],
    ['.*?foo.*', 'foo'],
    ['a+?b', '^a*b$'],
    ['(a|b){2}?', '^(?:(a|b){2})?$'],
    ['"ab"+', '^(?:ab)+$'],
    ['a@', '^a'],
    ['<7-12>', '^(?:0*(?:[7-9]|1[0-2]))$'],
  ])('%s', (lucene, pcre) => {
    expect(toPcre(lucene)).toBe(pcre);
  });

  test.each(['~a', 'a&b', '#', '"a', '[a'])('or nothing at all: %s', (lucene) => {
    expect(toPcre(lucene)).toBeUndefined();
  });
});

/** What Lucene would answer, for the part of its syntax that it shares with JavaScript. */
const matchesWhole = (lucene: string, value: string) => new RegExp(`^(?:${lucene})$`, 's').test(value);

test('there and back finds the same values', () => {
  const values = [...everyString('ab.', 3)];
  for (const pcre of everyString('ab.*^$|()', 4)) {
    const valid = attemptRegex(pcre);
    const lucene = valid && toLucene(pcre)?.text;
    const back = lucene === undefined ? undefined : toPcre(lucene);
    if (!valid || lucene === undefined) continue;
    for (const value of values) {
      expect([pcre, value, matchesWhole(lucene, value)]).toEqual([pcre, value, valid.test(value)]);
      if (back !== undefined)
        expect([pcre, value, new RegExp(back).test(value)]).toEqual([pcre, value, valid.test(value)]);
    }
  }
});

test('a repeat of a repeat is one, as Lucene reads it', () => {
  const values = [...everyString('ab', 4)];
  for (const lucene of everyString('ab*+?', 5)) {
    if (/^[*+?]/.test(lucene)) continue;
    const pieces = lucene.match(/[ab.][*+?]*/g) ?? [];
    const wrapped = pieces.map(([atom = '', ...repeats]) =>
      repeats.reduce((all, one) => `(?:${all})${one}`, atom),
    );
    const search = new RegExp(toPcre(lucene)!);
    for (const value of values)
      expect([lucene, value, search.test(value)]).toEqual([
        lucene,
        value,
        matchesWhole(wrapped.join(''), value),
      ]);
  }
});

function attemptRegex(text: string): RegExp | undefined {
  try {
    return new RegExp(text);
  } catch {
    return undefined;
  }
}
