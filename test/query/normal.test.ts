import { describe, expect, test } from 'vitest';

import { and, filter, not, or } from '../../src/query/build.ts';
import { normal, normalPredicate, sameMeaning, spell } from '../../src/query/normal.ts';
import { many, one } from '../../src/query/pattern.ts';
import type { Equals, FieldOperand, Predicate, Query } from '../../src/query/query.ts';
import { leftOut, weaken } from '../../src/query/weaken.ts';
import { is } from '../support/is.ts';

const cased = (test: Equals): Equals => ({ ...test, caseSensitive: true });
const a = is('a', ['x']);
const b = is('b', ['x']);
const c = is('c', ['x']);

const same: readonly (readonly [string, Predicate, Predicate])[] = [
  ['the order of parts', and([a, b]), and([b, a])],
  ['repeats', and([a, b, a]), and([a, b])],
  ['a list and a fan of or', is('a', ['x'], ['y']), or([is('a', ['y']), is('a', ['x'])])],
  ['De Morgan', not(and([a, b])), or([not(a), not(b)])],
  ['De Morgan under another negation', not(or([not(a), b])), and([a, not(b)])],
  ['negated lists', not(is('a', ['x'], ['y'])), and([not(is('a', ['x'])), not(is('a', ['y']))])],
  [
    'all of one value',
    { ...is('a', ['x'], ['y']), quantifier: 'all' },
    and([is('a', ['x']), is('a', ['y'])]),
  ],
  ['letters where case does not count', is('a', ['X']), a],
  ['case where there are no letters', cased(is('a', ['4624'])), is('a', ['4624'])],
  ['null and absence', is('a', null), not({ kind: 'exists', field: 'a' })],
  ['a lone star and existence', is('a', [many]), { kind: 'exists', field: 'a' }],
  ['stars in a row', is('a', ['x', many, many]), is('a', ['x', many])],
  ['a star before a question mark', is('a', [many, one, 'x']), is('a', [one, many, 'x'])],
  ['places', { ...a, span: { start: 1, end: 2 } }, a],
  ['optional fields', { ...a, optional: true }, a],
  ['constants', and([a, { kind: 'constant', value: true }]), a],
  [
    'flavours of one regular expression',
    {
      kind: 'regex',
      field: 'a',
      patterns: ['^x\\d'],
      quantifier: 'any',
      flavour: 'pcre',
      caseSensitive: true,
    },
    {
      kind: 'regex',
      field: 'a',
      patterns: ['x[0-9].*'],
      quantifier: 'any',
      flavour: 'lucene',
      caseSensitive: true,
    },
  ],
];

describe('the normal form does not see', () => {
  test.each(same)('%s', (_, left, right) => {
    expect(normalPredicate(left)).toEqual(normalPredicate(right));
  });
});

const different: readonly (readonly [string, Predicate, Predicate])[] = [
  ['and from or', and([a, b]), or([a, b])],
  ['a test from its negation', a, not(a)],
  ['letters where case counts', cased(is('a', ['X'])), cased(a)],
  ['case', a, cased(a)],
  ['text from number', is('a', ['1']), is('a', 1)],
  ['any from all', is('a', ['x'], ['y']), { ...is('a', ['x'], ['y']), quantifier: 'all' }],
  ['a star from its text', is('a', ['*']), is('a', [many])],
  ['a or (b and c) from (a or b) and c', or([a, and([b, c])]), and([or([a, b]), c])],
];

describe('the normal form tells', () => {
  test.each(different)('%s', (_, left, right) => {
    expect(spell(normalPredicate(left))).not.toBe(spell(normalPredicate(right)));
  });
});

test('the normal form of a normal form is itself', () => {
  for (const [, left, right] of [...same, ...different]) {
    for (const node of [left, right, not(left), and([left, not(right)]), or([left, right])]) {
      expect(normalPredicate(normalPredicate(node))).toEqual(normalPredicate(node));
    }
  }
});

test('a category is part of the meaning', () => {
  expect(sameMeaning(filter(a, 'process'), filter(a, 'file'))).toBe(false);
  expect(normal(filter(a, 'process')).find).toEqual({ kind: 'filter', category: 'process', where: a });
});

test('a key that need not be there is another, and so are two fields that need not', () => {
  const sequence = (key: FieldOperand): Query => {
    const step = { where: a, by: [key], runs: 1, missing: false } as const;
    return { from: [], find: { kind: 'sequence', by: [key], steps: [step, step] }, stages: [] };
  };
  const [must, may] = [
    { kind: 'field', field: 'k' },
    { kind: 'field', field: 'k', optional: true },
  ] as const;
  expect(sameMeaning(sequence(must), sequence(may))).toBe(false);
  expect(sameMeaning(sequence(may), sequence(may))).toBe(true);
  const compare = (left: FieldOperand, right: FieldOperand): Predicate => {
    return { kind: 'compare', left, operator: '==', right };
  };
  const spelled = (where: Predicate) => spell(normalPredicate(where));
  expect(spelled(compare(may, may))).not.toBe(spelled(compare(must, must)));
  expect(spelled(compare(may, must))).toBe(spelled(compare(must, must)));
});

describe('weakening never matches less', () => {
  const without = (leaf: Predicate, positive: boolean) => (leaf === b ? leftOut(positive) : leaf);

  test.each<[string, Predicate, Predicate]>([
    ['a condition that can not be said is dropped', and([a, b]), a],
    ['an alternative that can not be said is anything', or([a, b]), { kind: 'constant', value: true }],
    ['an exclusion that can not be said is dropped', and([a, not(b)]), a],
    ['a narrower exclusion is dropped, too', and([a, not(and([b, c]))]), a],
    ['the rest of an exclusion stays', and([a, not(or([b, c]))]), and([a, not(c)])],
  ])('%s', (_, where, weaker) => {
    expect(weaken(where, without)).toEqual(weaker);
  });
});

test('lists of any length are one list', () => {
  const listed = (name: string) => ({
    kind: 'equals' as const,
    field: 'a',
    values: Array.from({ length: 150_000 }, (_, index) => [`${name}${index}`]),
    quantifier: 'any' as const,
    caseSensitive: false,
  });
  const where = normalPredicate({ kind: 'or', of: [listed('x'), listed('y')] });
  expect(where.kind === 'equals' && where.values.length).toBe(300_000);
});
