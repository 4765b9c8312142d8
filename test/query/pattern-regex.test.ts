import { expect, test } from 'vitest';

import { normalPredicate } from '../../src/query/normal.ts';
import { many, one, pattern } from '../../src/query/pattern.ts';
import { patternOf, regexOf } from '../../src/query/pattern-regex.ts';
import type { Equals, Pattern } from '../../src/query/query.ts';
import { everyString } from '../support/laws.ts';

const equalTo = (value: Pattern): Equals => ({
  kind: 'equals',
  field: 'f',
  values: [value],
  quantifier: 'any',
  caseSensitive: true,
});

test('every short pattern is an expression, and the expression that pattern', () => {
  for (const text of everyString('aé.*?+|"\\MO', 4)) {
    const value = pattern([...text].map((char) => (char === 'M' ? many : char === 'O' ? one : char)));
    expect(normalPredicate(equalTo(patternOf(regexOf(value))!))).toEqual(normalPredicate(equalTo(value)));
  }
});

test.each(['a+', 'a|b', '[ab]', 'a?', '.?', '.{2,3}', '.{101}', '\\d', 'a{17}', '~a', '<1-2>', 'a\\', '#'])(
  'an expression that says more stays one: %s',
  (regex) => {
    expect(patternOf(regex)).toBeUndefined();
  },
);

test.each([
  ['(a)', ['a']],
  ['.+', [one, many]],
  ['.{2}', [one, one]],
  ['a{2}', ['aa']],
  ['"a.b"', ['a.b']],
  ['@a', [many, 'a']],
  ['[a]()', ['a']],
  ['.*?x', [many, 'x']],
] as const)('another spelling of a pattern is that pattern: %s', (regex, value) => {
  expect(patternOf(regex)).toEqual(value);
});

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
