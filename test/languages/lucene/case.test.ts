import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { lucene } from '../../../src/languages/lucene/index.ts';
import { longestRegex } from '../../../src/languages/lucene/regex.ts';
import { match } from '../../../src/match/match.ts';
import { filter, not } from '../../../src/query/build.ts';
import { many, one, pattern } from '../../../src/query/pattern.ts';
import type { Equals, FreeText, Pattern, Predicate, Regex } from '../../../src/query/query.ts';
import { failsWith, must } from '../../support/laws.ts';
import { factsOf } from './arbitrary.ts';

const is = (field: string, ...values: Equals['values']): Equals => ({
  kind: 'equals',
  field,
  values,
  quantifier: 'any',
  caseSensitive: false,
});
const free = (...values: FreeText['values']): FreeText => ({
  kind: 'free-text',
  values,
  quantifier: 'any',
  caseSensitive: false,
});
const expression = (text: string): Regex => ({
  kind: 'regex',
  field: 'f',
  patterns: [text],
  quantifier: 'any',
  flavour: 'lucene',
  caseSensitive: false,
});
const print = (where: Predicate, options = {}) => lucene.print(filter(where), options);
const told = (where: Predicate, options = {}) =>
  print(where, options).diagnostics.map(({ code, effect }) => (effect ? `${code} ${effect}` : code));

describe('Where case does not count, Lucene says', () => {
  test.each<[string, Predicate]>([
    ['f:/[cC][mM][dD]\\.[eE][xX][eE]/', is('f', ['cmd.exe'])],
    ['f:/.*\\\\[cC][mM][dD]/', is('f', [many, '\\CMD'])],
    ['f:/.[äÄ]ß.*/', is('f', [one, 'Äß', many])],
    ['f:(1 OR "a*" OR "2 3")', { ...is('f', 1, ['a*'], ['2 3']), caseSensitive: true }],
    ['f:(1 OR "2 3") OR f:/[aA]\\*/', is('f', 1, ['a*'], ['2 3'])],
    ['f:4625', is('f', ['4625'])],
    ['f:/[cC]:[\\\\]/', is('f', ['C:\\'])],
    ['f:/[aA]\\/[bB]/', is('f', ['a/b'])],
    ['plain:CMD.exe', is('plain', ['CMD.exe'])],
    ['low.caseless:"c:\\\\cmd.exe"', is('low', ['C:\\cmd.exe'])],
    ['address:"FE80::1"', is('address', ['FE80::1'])],
    ['f:/[aA]|[bB][0-9]/', expression('a|B[0-9]')],
    ['f:/[a-zA-Z]\\d[xXyY]/', expression('[a-z]\\d[xy]')],
    ['f:/[0-9]+/', expression('[0-9]+')],
    [
      '"Failed password" OR /.*[fF][aA][iI][lL][eE][dD] [pP][aA][sS][sS][wW][oO][rR][dD].*/',
      free(['Failed password']),
    ],
    ['"4625" OR /.*4625.*/'.replaceAll('"', ''), free(4625)],
    ['"a b" OR /.*[aA] [bB].*/', free([many, 'a b', many])],
    ['/.*[aA].*[bB].*/', free(['a', many, 'b'])],
    ['*:*', free([many])],
  ])('%s', (text, where) => {
    expect(must(print(where, { factsOf }))).toBe(text);
  });

  test('by all of the values where all are asked for', () => {
    const where = { ...is('f', ['a'], ['b'], 1), quantifier: 'all' } as const;
    expect(must(print(where))).toBe('f:1 AND f:(/[aA]/ AND /[bB]/)');
    expect(must(print({ ...free(['a'], ['b']), quantifier: 'all' }))).toBe(
      '(a OR /.*[aA].*/) AND (b OR /.*[bB].*/)',
    );
  });

  test('nothing, if the expression would be too long', () => {
    const fits = 'a'.repeat(longestRegex / 4);
    expect(print(is('f', [fits])).ok).toBe(true);
    expect(failsWith(print(is('f', [`${fits}a`])))).toEqual(['loss/case-sensitivity']);
    expect(failsWith(print({ ...expression('a'.repeat(longestRegex + 1)), caseSensitive: true }))).toEqual([
      'loss/regex-flavour',
    ]);
    expect(failsWith(print(expression('"a/b"')))).toEqual(['loss/case-sensitivity', 'loss/regex-flavour']);
    expect(failsWith(print(free([fits, one, 'x'])))).toEqual(['loss/case-sensitivity']);
  });

  test('a phrase alone, if the expression would be too long, and that fewer events are found', () => {
    const words = 'failed password '.repeat(30).trim();
    expect(must(print(free([words])))).toBe(`"${words}"`);
    expect(told(free([words]))).toEqual(['loss/free-text narrower']);
  });
});

test('A search in every field tells how words are looked for', () => {
  expect(told(free(['x']))).toEqual(['mapping/assumption']);
  expect(told({ ...free(['x']), caseSensitive: true })).toEqual([]);
  const unsaid: Predicate = { kind: 'call', name: 'f', caseSensitive: true, arguments: [] };
  expect(told({ kind: 'and', of: [free(['x']), unsaid] })).toEqual(['loss/function']);
});

describe('In a field of words Lucene looks for words, and says so', () => {
  const text = { factsOf: () => ({ type: 'text' as const }) };
  test.each<[string, readonly string[], Pattern]>([
    ['f:cmd', ['loss/words broader'], ['cmd']],
    ['f:"cmd /c"', ['loss/words broader'], ['cmd /c']],
    ['f:*mimikatz*', [], [many, 'mimikatz', many]],
    ['f:invoke-mimikatz', ['loss/words approximate'], [many, 'invoke-mimikatz', many]],
    ['f:"/c" AND f:"x y"', ['loss/words approximate'], ['/c', many, 'x y', many]],
    ['f:mimi*', ['loss/words approximate'], ['mimi', many]],
  ])('%s', (printed, findings, value) => {
    const found = must(print(is('f', value), text));
    expect(found).toBe(printed);
    expect(told(is('f', value), text)).toEqual(findings);
  });

  test('and finds nothing where there is no word', () => {
    expect(told(is('f', [many, '\\', many, '--']), text)).toEqual(['loss/wildcard narrower']);
    expect(told(is('f', ['--']), text)).toEqual(['loss/wildcard narrower']);
  });
});

const word = fc.string({ unit: fc.constantFrom(...'aBkÄßſµ1.\\/ *-[]"'), maxLength: 5 });
const value = fc
  .array(fc.oneof(word, fc.constantFrom(many, one)), { minLength: 1, maxLength: 4 })
  .map(pattern);
/** A text that a pattern may match, in other letters. */
const filled = (asked: Pattern, turn: number): string =>
  asked
    .map((part) => (typeof part === 'string' ? part : 'x'))
    .join('')
    .split('')
    .map((char, at) => ((turn >> (at % 8)) & 1 ? char.toUpperCase() : char.toLowerCase()))
    .join('');

test('What is said of case finds the same events', () => {
  const field = fc.constantFrom('f', 'plain', 'low', '*');
  const asked = fc.record({
    field,
    values: fc.array(value, { minLength: 1, maxLength: 3 }),
    quantifier: fc.constantFrom('any' as const, 'all' as const),
    everywhere: fc.boolean(),
    turn: fc.nat({ max: 255 }),
    extra: fc.constantFrom('', '', 'y', 'a'),
  });
  fc.assert(
    fc.property(asked, ({ field, values, quantifier, everywhere, turn, extra }) => {
      const where: Predicate = everywhere
        ? { kind: 'free-text', values, quantifier, caseSensitive: false }
        : { kind: 'equals', field, values, quantifier, caseSensitive: false };
      const query = filter(where);
      const said = lucene.said!(query, { factsOf: (name) => (name === 'plain' ? {} : factsOf(name)) });
      const text = filled(values[0]!, turn) + extra;
      const event = {
        f: text,
        plain: text,
        low: text,
        'low.caseless': text.toLowerCase(),
        other: filled(values.at(-1)!, 255 - turn),
      };
      expect(match(said, [event])).toEqual(match(query, [event]));
    }),
    { seed: 5, numRuns: 3000 },
  );
});

test('An expression that takes both cases finds what it finds without case', () => {
  const piece = fc.constantFrom(
    'a',
    'B',
    '\\.',
    '\\d',
    '[a-c]',
    '[^xY]',
    '.*',
    '(b|C)',
    'é',
    '[\\]a]',
    '+',
    '{2}',
    '"',
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 5 }),
      fc.string({ unit: fc.constantFrom(...'aAbBcCxXyYéÉ1.]'), maxLength: 4 }),
      (pieces, text) => {
        const where = expression(pieces.join('').replace(/^[+{"][^]*/, 'a'));
        const said = lucene.said!(filter(where));
        if (said.find.kind === 'filter' && said.find.where === where) return;
        let wanted: unknown;
        try {
          wanted = match(filter(where), [{ f: text }]);
        } catch {
          return;
        }
        expect(match(said, [{ f: text }])).toEqual(wanted);
      },
    ),
    { seed: 5, numRuns: 3000 },
  );
});

test('Case that the index does not keep is told of, either way', () => {
  const caseless = { factsOf: () => ({ caseless: true }) };
  const equals = {
    kind: 'equals',
    field: 'a',
    values: [['Ab']],
    quantifier: 'any',
    caseSensitive: true,
  } as const;
  const regex = {
    kind: 'regex',
    field: 'a',
    patterns: ['Ab?'],
    quantifier: 'any',
    flavour: 'lucene',
  } as const;
  const effects = (where: Predicate) =>
    lucene.print(filter(where), caseless).diagnostics.map(({ code, effect }) => `${code} ${effect}`);
  expect(effects(equals)).toEqual(['loss/case-folded broader']);
  expect(effects(not({ ...regex, caseSensitive: true }))).toEqual(['loss/case-folded narrower']);
  expect(effects({ ...equals, caseSensitive: false })).toEqual([]);
  expect(effects({ ...equals, values: [['12']] })).toEqual([]);
  const anyCase = lucene.print(filter({ ...regex, caseSensitive: false }), caseless);
  expect(anyCase).toMatchObject({ ok: true, value: 'a:/[aA][bB]?/', diagnostics: [] });
});

test('A network is not looked for among texts', () => {
  const where = { kind: 'cidr', field: 'a', networks: ['10.0.0.0/8'] } as const;
  expect(failsWith(lucene.print(filter(where), { factsOf: () => ({ type: 'keyword' }) }))).toEqual([
    'loss/value-type',
  ]);
  expect(must(lucene.print(filter(where)))).toBe('a:"10.0.0.0/8"');
});
