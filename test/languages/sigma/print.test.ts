import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { sigma } from '../../../src/languages/sigma/index.ts';
import { and, filter, not, or } from '../../../src/query/build.ts';
import { normal, spell } from '../../../src/query/normal.ts';
import { many, one, pattern } from '../../../src/query/pattern.ts';
import type { Predicate, Query, Value } from '../../../src/query/query.ts';
import { failsWith, must } from '../../support/laws.ts';

const read = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8').trim();
const print = (where: Predicate) => must(sigma.print(filter(where)));

const is = (field: string, values: readonly Value[], more: object = {}): Predicate => ({
  kind: 'equals',
  field,
  values,
  quantifier: 'any',
  caseSensitive: false,
  ...more,
});

describe('a detection in house style keeps every letter', () => {
  test.each(read('identity.yml').split('\n---\n'))('%s', (text) => {
    expect(must(sigma.print(must(sigma.parse(text))))).toBe(text);
  });
});

describe('what is not house style yet is written so', () => {
  const written: readonly (readonly [string, Predicate, string])[] = [
    [
      'tests of one field that all hold are one list',
      and([is('f', [[many, 'a', many]]), is('f', [[many, 'b', many]])]),
      "selection:\n    f|contains|all:\n        - 'a'\n        - 'b'\ncondition: selection",
    ],
    [
      'alternatives of one field are one list, without repeats',
      or([is('f', [['a']]), is('f', [['b'], ['a']])]),
      "selection:\n    f:\n        - 'a'\n        - 'b'\ncondition: selection",
    ],
    [
      'a list of several shapes is a list of maps',
      is('Image', [[many, '\\a.exe'], ['b']]),
      "selection:\n    - Image|endswith: '\\a.exe'\n    - Image: 'b'\ncondition: selection",
    ],
    [
      'several things that must not be are filters',
      and([is('a', [1]), not(is('b', [1])), not(is('c', [1]))]),
      'selection:\n    a: 1\nfilter_main_b:\n    b: 1\nfilter_main_c:\n    c: 1\ncondition: selection and not 1 of filter_main_*',
    ],
    ['a double negation is none', not(not(is('a', [1]))), 'selection:\n    a: 1\ncondition: selection'],
    [
      'text without letters needs no case',
      is('a', [['4624']], { caseSensitive: true }),
      "selection:\n    a: '4624'\ncondition: selection",
    ],
    [
      'numbers among texts whose case counts stand apart',
      is('a', [['X'], 5], { caseSensitive: true }),
      "selection:\n    - a|cased: 'X'\n    - a: 5\ncondition: selection",
    ],
    [
      'null stands in no list',
      is('a', [['x'], null]),
      "selection:\n    - a: 'x'\n    - a: null\ncondition: selection",
    ],
    [
      'a network has no bits of an address',
      { kind: 'cidr', field: 'ip', networks: ['10.1.2.3/8', 'FE80:0::1/10'] },
      "selection:\n    ip|cidr:\n        - '10.0.0.0/8'\n        - 'fe80::/10'\ncondition: selection",
    ],
    [
      'a pattern of names is not used where it would mean others too',
      and([
        is('a', [1]),
        or([is('b', [1]), and([is('c', [1]), not(is('d', [1]))])]),
        or([is('e', [1]), is('f', [2])]),
      ]),
      'selection_a:\n    a: 1\nselection_e:\n    - e: 1\n    - f: 2\nselection_b:\n    b: 1\nselection_c:\n    c: 1\nfilter_d:\n    d: 1\ncondition: selection_a and selection_e and (selection_b or (selection_c and not filter_d))',
    ],
  ];
  test.each(written)('%s', (_, where, text) => {
    expect(print(where)).toBe(text);
  });

  test('an event category is the field that it is kept in', () => {
    const text = must(sigma.print(filter(is('a', [1]), 'process')));
    expect(text).toBe("selection:\n    event.category|cased: 'process'\n    a: 1\ncondition: selection");
  });
});

describe('what Sigma has no words for is refused', () => {
  const span = { start: 3, end: 5 };
  const field = { kind: 'field', field: 'a' } as const;
  const refused: readonly (readonly [string, Predicate])[] = [
    ['loss/constant', { kind: 'constant', value: true }],
    ['loss/constant', is('a', [])],
    ['loss/nested', { kind: 'nested', path: 'a', where: is('b', [1]), span }],
    ['loss/language', { kind: 'opaque', language: 'esql', text: 'x', span }],
    ['loss/field-name', is('a|b', [1])],
    ['loss/field-name', is('', [1])],
    ['loss/value-type', is('a', [2 ** 60])],
    ['loss/value-type', is('a', [Number.NaN])],
    ['loss/value-type', { kind: 'free-text', values: [null], quantifier: 'any', caseSensitive: false }],
    ['loss/value-type', { kind: 'cidr', field: 'a', networks: ['10.0.0.0/99'] }],
    ['loss/comparison', { kind: 'range', field: 'a', operator: '>', value: 'now-1h', span }],
    ['loss/comparison', { kind: 'compare', left: field, operator: '!=', right: field, span }],
    ['loss/comparison', { kind: 'compare', left: field, operator: '<', right: field, span }],
    ['loss/function', { kind: 'call', name: 'wildcard', caseSensitive: true, arguments: [field], span }],
    [
      'loss/case-sensitivity',
      { kind: 'call', name: 'endsWith', caseSensitive: true, arguments: [field, field], span },
    ],
    ['loss/regex-flavour', regex('a', 'lucene')],
    ['loss/regex-flavour', regex('(a', 'pcre')],
  ];
  test.each(refused)('%s', (code, where) => {
    const outcome = sigma.print(filter(where));
    expect(failsWith(outcome)).toEqual([code]);
    if ('span' in where) expect(outcome.diagnostics[0]?.span).toEqual(where.span);
  });

  function regex(text: string, flavour: 'lucene' | 'pcre'): Predicate {
    return { kind: 'regex', field: 'a', patterns: [text], quantifier: 'any', flavour, caseSensitive: true };
  }

  test('all of it at once, not only the first', () => {
    const where = and([is('a|b', [1]), not({ kind: 'constant', value: false }), is('c', [1])]);
    const query: Query = {
      from: ['logs-*'],
      find: { kind: 'filter', where },
      stages: [{ kind: 'limit', end: 'first', count: 5 }],
    };
    expect(failsWith(sigma.print(query))).toEqual([
      'loss/log-source',
      'loss/pipe',
      'loss/field-name',
      'loss/constant',
    ]);
  });

  test.each(['sequence', 'sample'] as const)('a %s', (kind) => {
    const query: Query = { from: [], find: { kind, by: [], steps: [] }, stages: [] };
    expect(failsWith(sigma.print(query))).toEqual([`loss/${kind}`]);
  });
});

describe('whatever is said is read back', () => {
  const field = fc.constantFrom(
    'Image',
    'CommandLine',
    'process.name',
    '@timestamp',
    'a b',
    'null',
    "it's",
    '<<',
    'x: y',
    '__proto__',
    '-',
    '#c',
    'é{}[]',
  );
  const text = fc.string({
    unit: fc.constantFrom(
      'a',
      'B',
      '\\',
      '*',
      '?',
      '%',
      ' ',
      "'",
      '"',
      '-',
      '/',
      '–',
      '\n',
      '0',
      ':',
      '#',
      'é',
    ),
    maxLength: 8,
  });
  const placeholder = fc.constant({ placeholder: 'Admins' });
  const patterns = fc
    .array(fc.oneof({ weight: 4, arbitrary: text }, fc.constant(many), fc.constant(one), placeholder), {
      maxLength: 4,
    })
    .map((parts) => pattern(parts));
  const value: fc.Arbitrary<Value> = fc.oneof(
    { weight: 6, arbitrary: patterns },
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
    fc.boolean(),
    fc.constant(null),
  );
  const quantifier = fc.constantFrom('any', 'all') as fc.Arbitrary<'any' | 'all'>;
  const values = fc.array(value, { minLength: 1, maxLength: 4 });
  const operand = field.map((name) => ({ kind: 'field', field: name }) as const);
  const leaf: fc.Arbitrary<Predicate> = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant('equals'),
        field,
        values,
        quantifier,
        caseSensitive: fc.boolean(),
      }) as fc.Arbitrary<Predicate>,
    },
    fc.record({
      kind: fc.constant('free-text'),
      values: values.map((list) =>
        list.map((one) => one ?? 'none').map((one) => (typeof one === 'string' ? [one] : one)),
      ),
      quantifier,
      caseSensitive: fc.boolean(),
    }) as fc.Arbitrary<Predicate>,
    fc.record({
      kind: fc.constant('regex'),
      field,
      patterns: fc.array(fc.constantFrom('^a', 'b+', "c'd", '(e|f)\\d$', '*g'.slice(1)), {
        minLength: 1,
        maxLength: 3,
      }),
      quantifier,
      flavour: fc.constant('pcre'),
      caseSensitive: fc.boolean(),
    }) as fc.Arbitrary<Predicate>,
    fc.record({
      kind: fc.constant('cidr'),
      field,
      networks: fc.array(fc.constantFrom('10.0.0.0/8', '10.1.1.1/8', '::1', 'fe80::5/10'), {
        minLength: 1,
        maxLength: 3,
      }),
    }) as fc.Arbitrary<Predicate>,
    fc.record({
      kind: fc.constant('range'),
      field,
      operator: fc.constantFrom('<', '<=', '>', '>='),
      value: fc.integer(),
    }) as fc.Arbitrary<Predicate>,
    field.map((name): Predicate => ({ kind: 'exists', field: name })),
    fc
      .tuple(operand, operand)
      .map(([left, right]): Predicate => ({ kind: 'compare', left, operator: '==', right })),
    fc.tuple(operand, operand, fc.constantFrom('startsWith', 'endsWith', 'stringContains')).map(
      ([left, right, name]): Predicate => ({
        kind: 'call',
        name,
        caseSensitive: false,
        arguments: [left, right],
      }),
    ),
  );
  const { tree } = fc.letrec<{ tree: Predicate }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      leaf,
      tie('tree').map((part) => not(part)),
      fc.array(tie('tree'), { minLength: 2, maxLength: 4 }).map((parts) => and(parts)),
      fc.array(tie('tree'), { minLength: 2, maxLength: 4 }).map((parts) => or(parts)),
    ),
  }));

  test('a random tree means the same, and its text is its own house style', () => {
    fc.assert(
      fc.property(tree, (where) => {
        const query = filter(where);
        const printed = must(sigma.print(query));
        const again = must(sigma.parse(printed));
        expect(spell(normal(again))).toBe(spell(normal(query)));
        expect(must(sigma.print(again))).toBe(printed);
      }),
      { numRuns: 3000, seed: 7 },
    );
  });

  const texts = read('identity.yml').split('\n---\n');
  const piece = fc.constantFrom(
    '|',
    '*',
    '\\',
    "'",
    '"',
    ':',
    '\n',
    ' ',
    '-',
    '[',
    '{',
    '&a ',
    '*a',
    '!',
    'not',
    ' of ',
    '|re',
    '|all',
    '#',
    '\t',
    '0',
  );
  const broken = fc
    .tuple(fc.constantFrom(...texts), fc.array(fc.tuple(fc.nat(), fc.nat(3), piece), { maxLength: 3 }))
    .map(([text, cuts]) =>
      cuts.reduce((before, [at, length, inserted]) => {
        const place = at % (before.length + 1);
        return before.slice(0, place) + inserted + before.slice(place + length);
      }, text),
    );

  test('a text with mistakes is read or refused, and what was read is written and read back', () => {
    fc.assert(
      fc.property(broken, (text) => {
        const outcome = sigma.parse(text);
        if (!outcome.ok) {
          const spans = outcome.diagnostics.map(({ span }) => span);
          expect(spans.every((span) => span && span.start >= 0 && span.end <= text.length + 1)).toBe(true);
          return;
        }
        const printed = must(sigma.print(outcome.value));
        expect(spell(normal(must(sigma.parse(printed))))).toBe(spell(normal(outcome.value)));
      }),
      { numRuns: 3000, seed: 7 },
    );
  });
});
