import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { sigma } from '../../../src/languages/sigma/index.ts';
import type { Event } from '../../../src/match/event.ts';
import { match } from '../../../src/match/match.ts';
import { and, filter, not, or } from '../../../src/query/build.ts';
import { normal, spell } from '../../../src/query/normal.ts';
import { many, one, pattern } from '../../../src/query/pattern.ts';
import type { Pattern, Predicate, Query, Value } from '../../../src/query/query.ts';
import { everyString, must } from '../../support/laws.ts';

/** Few fields, and values that are near to one another, so that many events match. */
const field = fc.constantFrom('a', 'b', 'c.d', 'when');
const words = [
  'x',
  'X',
  'xy',
  'x*',
  'x?y',
  '\\',
  'x\\',
  '*',
  '',
  '5',
  '-x',
  '/x',
  '–x',
  '10.0.0.1',
  '10.9.0.1',
];
const moments = ['2024-01-01T00:30:00Z', '2023-12-31T23:59:59Z', '2024-06-15T12:00:00Z'];
const scalar = fc.constantFrom<string | number | boolean>(...words, ...moments, 5, 5.5, -1, true, false);
const event: fc.Arbitrary<Event> = fc.dictionary(
  field,
  fc.oneof(scalar, fc.constant(null), fc.array(scalar, { maxLength: 3 })),
  { maxKeys: 4 },
) as fc.Arbitrary<Event>;

const part = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...words) },
  fc.constant(many),
  fc.constant(one),
);
const texts: fc.Arbitrary<Pattern> = fc.array(part, { maxLength: 3 }).map((parts) => pattern(parts));
const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 5, arbitrary: texts },
  fc.constantFrom<Value>(5, 5.5, -1, true, false, null),
);
const quantifier = fc.constantFrom('any', 'all') as fc.Arbitrary<'any' | 'all'>;
const order = fc.constantFrom('<', '<=', '>', '>=') as fc.Arbitrary<'<' | '<=' | '>' | '>='>;
const ofField = (name: string) => ({ kind: 'field', field: name }) as const;

const leaf: fc.Arbitrary<Predicate> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('equals' as const),
      field,
      values: fc.array(value, { minLength: 1, maxLength: 3 }),
      quantifier,
      caseSensitive: fc.boolean(),
    }),
  },
  fc.record({
    kind: fc.constant('free-text' as const),
    values: fc.array(texts, { minLength: 1, maxLength: 3 }),
    quantifier,
    caseSensitive: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('regex' as const),
    field,
    patterns: fc.array(fc.constantFrom('^x', 'y$', 'x+|5', '[^x]', '(?:x|\\\\)\\d?'), {
      minLength: 1,
      maxLength: 2,
    }),
    quantifier,
    flavour: fc.constant('pcre' as const),
    caseSensitive: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('cidr' as const),
    field,
    networks: fc.array(fc.constantFrom('10.0.0.0/16', '10.0.0.0/8', '::/0'), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    kind: fc.constant('range' as const),
    field,
    operator: order,
    value: fc.constantFrom(5, 5.5, -1, 0),
  }),
  field.map((name): Predicate => ({ kind: 'exists', field: name })),
  fc
    .tuple(field, field)
    .map(([a, b]): Predicate => ({ kind: 'compare', left: ofField(a), operator: '==', right: ofField(b) })),
  fc.tuple(field, field, fc.constantFrom('startsWith', 'endsWith', 'stringContains')).map(
    ([a, b, name]): Predicate => ({
      kind: 'call',
      name,
      caseSensitive: false,
      arguments: [ofField(a), ofField(b)],
    }),
  ),
  fc
    .tuple(
      field,
      fc.constantFrom('minute', 'hour', 'day', 'week', 'month', 'year'),
      fc.oneof(order, fc.constant('==' as const)),
      fc.constantFrom(0, 1, 12, 30, 52, 2024),
    )
    .map(([name, time, operator, number]): Predicate => {
      const call = { kind: 'call', name: time, caseSensitive: true, arguments: [ofField(name)] } as const;
      return { kind: 'compare', left: call, operator, right: { kind: 'literal', value: number } };
    }),
);

const { tree } = fc.letrec<{ tree: Predicate }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    tie('tree').map((inner) => not(inner)),
    fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((parts) => and(parts)),
    fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((parts) => or(parts)),
  ),
}));

const found = (query: Query, events: readonly Event[]) =>
  match(query, events).map(({ events: [position] }) => position);

describe('what is written means what was meant', () => {
  test('a random tree has its normal form, and matches the same events', () => {
    fc.assert(
      fc.property(tree, fc.array(event, { minLength: 1, maxLength: 8 }), (where, events) => {
        const query = filter(where);
        const again = must(sigma.parse(must(sigma.print(query))));
        expect(spell(normal(again))).toBe(spell(normal(query)));
        expect(found(again, events)).toEqual(found(query, events));
        expect(found(normal(query), events)).toEqual(found(query, events));
      }),
      { numRuns: 700, seed: 11 },
    );
  });
});

describe('every short text over the nasty characters reads back', () => {
  const nasty = `*?\\%|'"-/#:&! `;
  const strings = [...everyString(nasty, 3)];

  /** Many at once: each is a test of its own in one list. */
  function readsBack(make: (text: string) => Predicate): void {
    for (let at = 0; at < strings.length; at += 200) {
      const tests = strings.slice(at, at + 200).map(make);
      const query = filter(or(tests));
      const again = must(sigma.parse(must(sigma.print(query))));
      expect(spell(normal(again))).toBe(spell(normal(query)));
    }
  }

  const is = (values: readonly Value[], caseSensitive = false): Predicate => ({
    kind: 'equals',
    field: 'f',
    values,
    quantifier: 'any',
    caseSensitive,
  });

  test('as a value', () => readsBack((text) => is([[text]])));
  test('as a value whose case counts', () => readsBack((text) => is([[`a${text}`]], true)));
  test('between wildcards', () => readsBack((text) => is([pattern([many, text, many])])));
  test('before and behind a wildcard', () => readsBack((text) => is([pattern([text, one, text])])));
  test('beside a placeholder', () => readsBack((text) => is([pattern([text, { placeholder: 'p' }, text])])));
  test('as a keyword', () =>
    readsBack((text) => ({ kind: 'free-text', values: [[text]], quantifier: 'any', caseSensitive: false })));
  test('as the name of a field', () =>
    readsBack((text) => ({ ...is([1]), field: `f${text.replaceAll('|', '')}` }) as Predicate));
  test('as the field that another is compared with', () =>
    readsBack((text) => ({
      kind: 'compare',
      left: { kind: 'field', field: 'f' },
      operator: '==',
      right: { kind: 'field', field: `g${text}` },
    })));
});

describe('conditions', () => {
  type Condition =
    | string
    | { readonly not: Condition }
    | { readonly join: 'and' | 'or'; readonly of: Condition[] };
  const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom(
        's1',
        's2',
        '_s',
        'not_s',
        '1',
        '1 of s*',
        'all of s*',
        'any of _*',
        '1 of them',
        'all of *s',
      ),
      tie('condition').map((inner) => ({ not: inner })),
      fc.record({
        join: fc.constantFrom('and', 'or') as fc.Arbitrary<'and' | 'or'>,
        of: fc.array(tie('condition'), { minLength: 2, maxLength: 3 }),
      }),
    ),
  }));
  const names = ['s1', 's2', '_s', 'not_s', '1'];

  /** In brackets where they are needed; blanks and lines as they come. */
  function write(node: Condition, within = 0): string {
    if (typeof node === 'string') return node;
    if ('not' in node) return `not ${write(node.not, 3)}`;
    const own = node.join === 'and' ? 2 : 1;
    const text = node.of.map((one) => write(one, own)).join(`\n ${node.join}  `);
    return own < within || own === within ? `(${text} )` : text;
  }

  function holds(node: Condition, there: ReadonlySet<string>): boolean {
    if (typeof node !== 'string') {
      if ('not' in node) return !holds(node.not, there);
      return node.join === 'and'
        ? node.of.every((one) => holds(one, there))
        : node.of.some((one) => holds(one, there));
    }
    const [quantity, pattern] = node.split(' of ');
    if (pattern === undefined) return there.has(node);
    const isOpen = pattern.startsWith('_');
    const expression = new RegExp(`^${(pattern === 'them' ? '*' : pattern).replace('*', '.*')}$`);
    const meant = names.filter((name) => expression.test(name) && (isOpen || !name.startsWith('_')));
    return quantity === 'all'
      ? meant.every((name) => there.has(name))
      : meant.some((name) => there.has(name));
  }

  test('mean what they say, whatever the brackets and lines', () => {
    const searches = names.map((name) => `'${name}': {f_${name}: 1}`).join('\n');
    fc.assert(
      fc.property(condition, fc.subarray(names), (node, there) => {
        const query = must(sigma.parse(`${searches}\ncondition: ${JSON.stringify(write(node))}`));
        const [event] = [Object.fromEntries(there.map((name) => [`f_${name}`, 1]))];
        expect(found(query, [event]).length > 0).toBe(holds(node, new Set(there)));
      }),
      { numRuns: 2000, seed: 5 },
    );
  });
});

describe('any text is a detection, or fails at a place in it', () => {
  const characters = fc.string({
    unit: fc.constantFrom(...`ab: \n-'"|*?&!#%[]{},>\t\\0\u0000\ufeff\u2028é😀\ud800`.split('')),
    maxLength: 60,
  });
  const bytes = fc.uint8Array({ maxLength: 80 }).map((list) => new TextDecoder().decode(list));

  test.each([
    ['signs of YAML', characters.map((text) => `s:\n  ${text}\ncondition: s`)],
    ['signs in a condition', characters.map((text) => `s: x\ncondition: ${JSON.stringify(text)}`)],
    ['signs behind a bar', characters.map((text) => `s: x\ncondition: ${JSON.stringify(`s | ${text}`)}`)],
    ['signs alone', characters],
    ['bytes', bytes],
  ])('%s', (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (text) => {
        const outcome = sigma.parse(text);
        if (outcome.ok) return;
        for (const { span } of outcome.diagnostics) {
          expect(span && span.start >= 0 && span.start <= span.end && span.end <= text.length + 1).toBe(true);
        }
      }),
      { numRuns: 2000, seed: 3 },
    );
  });
});
