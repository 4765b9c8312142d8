import { expect, test } from 'vitest';

import { normalPredicate } from '../../src/query/normal.ts';
import { many, one, pattern } from '../../src/query/pattern.ts';
import { patternOf, regexOf } from '../../src/query/pattern-regex.ts';
import { everyString } from '../support/laws.ts';

test('every short pattern is an expression, and the expression that pattern', () => {
  for (const text of everyString('aé.*?+|"\\MO', 4)) {
    const value = pattern([...text].map((char) => (char === 'M' ? many : char === 'O' ? one : char)));
    expect(patternOf(regexOf(value))).toEqual(value);
  }
});

test.each(['a+', 'a|b', '[ab]', '(a)', 'a?', '.?', '.+', '.{2}', '\\d', 'a{2}', '"a"', '~a', '<1-2>', 'a\\'])(
  'an expression that says more stays one: %s',
  (regex) => {
    expect(patternOf(regex)).toBeUndefined();
  },
);

test('the normal form does not see which of the two was said', () => {
  const value = ['a*b', many];
  const regex = {
    kind: 'regex',
    field: 'f',
    patterns: ['a\\*b.*'],
    quantifier: 'any',
    flavour: 'lucene',
  } as const;
  const equals = { kind: 'equals', field: 'f', values: [value], quantifier: 'any' } as const;
  expect(normalPredicate({ ...regex, caseSensitive: true })).toEqual(
    normalPredicate({ ...equals, caseSensitive: true }),
  );
  expect(normalPredicate({ ...regex, caseSensitive: false })).toEqual(
    normalPredicate({ ...equals, caseSensitive: false }),
  );
});
