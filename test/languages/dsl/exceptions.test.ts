import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Entry } from '../../../src/languages/dsl/entry.ts';
import { parseEntries } from '../../../src/languages/dsl/parse-entries.ts';
import { printEntries } from '../../../src/languages/dsl/print-entries.ts';
import { printWildcards, readWildcards } from '../../../src/languages/dsl/wildcard.ts';
import { and, not, or } from '../../../src/query/build.ts';
import { normalPredicate, spell } from '../../../src/query/normal.ts';
import { many, one } from '../../../src/query/pattern.ts';
import type { Equals, Predicate, Value } from '../../../src/query/query.ts';
import { everyString, failsWith, must } from '../../support/laws.ts';
import { entries } from './entries.ts';

const is = (field: string, ...values: readonly Value[]): Equals => ({
  kind: 'equals',
  field,
  values,
  quantifier: 'any',
  caseSensitive: true,
});

const match = { field: 'a', operator: 'included', type: 'match', value: 'x*' } as const;
const lacks = { field: 'b', operator: 'excluded', type: 'exists' } as const;
const listed = {
  field: 'source.ip',
  operator: 'excluded',
  type: 'list',
  list: { id: 'scanners', type: 'ip' },
} as const;

describe('entries are tests that all have to hold', () => {
  test.each<[string, readonly Entry[], Predicate]>([
    ['a text is taken as it is', [match], is('a', ['x*'])],
    ['any of several', [{ ...match, type: 'match_any', value: ['x', 'y'] }], is('a', ['x'], ['y'])],
    [
      'wildcards, and what is escaped from them',
      [{ ...match, type: 'wildcard', value: 'C:\\\\*\\*?' }],
      is('a', ['C:\\', many, '*', one]),
    ],
    ['a field that is not there', [lacks], not({ kind: 'exists', field: 'b' })],
    ['several', [match, lacks], and([is('a', ['x*']), not({ kind: 'exists', field: 'b' })])],
    [
      'an element of a list of objects',
      [
        {
          field: 'a',
          type: 'nested',
          entries: [
            { ...match, field: 'b' },
            { ...lacks, field: 'c' },
          ],
        },
      ],
      {
        kind: 'nested',
        path: 'a',
        where: and([is('a.b', ['x*']), not({ kind: 'exists', field: 'a.c' })]),
      },
    ],
    [
      'a value list is kept unread',
      [listed],
      not({
        kind: 'opaque',
        language: 'dsl',
        text: '{"field":"source.ip","list":{"id":"scanners","type":"ip"}}',
      }),
    ],
  ])('%s', (_, given, where) => {
    expect(must(parseEntries(given))).toEqual(where);
    expect(must(printEntries(where))).toEqual(given);
  });
});

test('printing undoes parsing, and parsing what is printed changes nothing', () => {
  fc.assert(
    fc.property(entries, (given) => {
      const where = must(parseEntries(given));
      const printed = must(printEntries(where));
      expect(spell(normalPredicate(must(parseEntries(printed))))).toBe(spell(normalPredicate(where)));
      expect(must(printEntries(must(parseEntries(printed))))).toEqual(printed);
    }),
    { numRuns: 1000 },
  );
});

test('every short wildcard text is printed as it is read', () => {
  for (const text of everyString('a*?\\', 5)) {
    const value = readWildcards(text);
    expect(readWildcards(printWildcards(value)!)).toEqual(value);
  }
});

describe('what is not to hold', () => {
  test.each<[string, Predicate, readonly Entry[]]>([
    [
      'none of several tests is each of them not',
      not(or([is('a', ['x']), { kind: 'exists', field: 'b' }])),
      [{ field: 'a', operator: 'excluded', type: 'match', value: 'x' }, lacks],
    ],
    [
      'none of a list with wildcards',
      not(is('a', ['x'], ['y', many])),
      [
        { field: 'a', operator: 'excluded', type: 'match', value: 'x' },
        { field: 'a', operator: 'excluded', type: 'wildcard', value: 'y*' },
      ],
    ],
    ['null is a field that is not there', is('b', null), [lacks]],
    [
      'each of several',
      { ...is('a', ['x'], [many, 'y']), quantifier: 'all' },
      [
        { field: 'a', operator: 'included', type: 'match', value: 'x' },
        { field: 'a', operator: 'included', type: 'wildcard', value: '*y' },
      ],
    ],
    [
      'numbers and networks are texts',
      and([
        { ...is('a', 5), caseSensitive: false },
        { kind: 'cidr', field: 'b', networks: ['10.0.0.0/8'] },
      ]),
      [
        { field: 'a', operator: 'included', type: 'match', value: '5' },
        { field: 'b', operator: 'included', type: 'match', value: '10.0.0.0/8' },
      ],
    ],
  ])('%s', (_, where, expected) => {
    expect(must(printEntries(where))).toEqual(expected);
  });
});

describe('what entries have no words for', () => {
  const nested = (where: Predicate): Predicate => ({ kind: 'nested', path: 'a', where });
  test.each<[string, Predicate]>([
    ['loss/case-sensitivity', { ...is('a', ['x']), caseSensitive: false }],
    ['loss/exceptions', or([is('a', ['x']), is('b', ['x'])])],
    ['loss/exceptions', is('a', ['x'], [many, 'y'])],
    ['loss/exceptions', not({ ...is('a', ['x'], ['y']), quantifier: 'all' })],
    ['loss/constant', is('a')],
    ['loss/constant', { kind: 'cidr', field: 'a', networks: [] }],
    ['loss/constant', { kind: 'constant', value: true }],
    ['loss/value-type', is('a', [''])],
    ['loss/placeholder', is('a', [{ placeholder: 'admins' }])],
    ['loss/comparison', { kind: 'range', field: 'a', operator: '>', value: 5 }],
    [
      'loss/regex-flavour',
      { kind: 'regex', field: 'a', patterns: ['x'], quantifier: 'any', flavour: 'pcre', caseSensitive: true },
    ],
    ['loss/free-text', { kind: 'free-text', values: [['x']], quantifier: 'any', caseSensitive: true }],
    ['loss/function', { kind: 'call', name: 'f', caseSensitive: true, arguments: [] }],
    ['loss/nested', not(nested(is('a.b', ['x'])))],
    ['loss/nested', nested(is('b', ['x']))],
    ['loss/nested', nested(nested(is('a.b', ['x'])))],
    ['loss/wildcard', nested(is('a.b', ['x', many]))],
    ['loss/language', { kind: 'opaque', language: 'sigma', text: 'x' }],
    ['loss/language', { kind: 'opaque', language: 'dsl', text: 'no list' }],
  ])('%s', (code, where) => {
    expect(failsWith(printEntries(where))).toEqual([code]);
  });
});

test.each([
  undefined,
  [],
  [null],
  ['x'],
  [{}],
  [{ ...match, operator: 'maybe' }],
  [{ ...match, type: 'hunch' }],
  [{ ...match, type: '__proto__' }],
  [{ ...match, value: '' }],
  [{ ...match, value: 5 }],
  [{ ...match, field: '' }],
  [{ ...match, type: 'match_any', value: [] }],
  [{ ...match, type: 'match_any' }],
  [{ ...listed, list: 'scanners' }],
  [{ field: 'a', type: 'nested', entries: [] }],
  [{ field: 'a', type: 'nested', entries: [listed] }],
  [{ field: 'a', type: 'nested', entries: [{ field: 'a', type: 'nested', entries: [match] }] }],
])('what is no entry is refused: %j', (given) => {
  expect(failsWith(parseEntries(given))).toEqual(['loss/exceptions']);
});

test('any data at all gives an outcome', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      parseEntries(value);
      parseEntries([value]);
    }),
  );
});
