import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { lucene } from '../../../src/languages/lucene/index.ts';
import { filter } from '../../../src/query/build.ts';
import { normal, spell } from '../../../src/query/normal.ts';
import { many, one, pattern } from '../../../src/query/pattern.ts';
import type { Predicate, Query } from '../../../src/query/query.ts';
import { everyString, keepsItsWord, must, reprint, withoutSpans } from '../../support/laws.ts';
import { anyCasePredicate, factsOf, sayablePredicate } from './arbitrary.ts';

const seeded = { seed: 11 };
const nasty = '+-=&|!(){}[]<>^"~*?:\\/ a';

describe('says the same after a round trip', () => {
  const samples = readFileSync(join(import.meta.dirname, 'samples.lucene'), 'utf8');
  keepsItsWord(
    lucene,
    samples.split('\n').filter((line) => line !== ''),
  );
});

const whereOf = (query: Query): Predicate => {
  expect(query.find.kind).toBe('filter');
  return withoutSpans(query.find.kind === 'filter' ? query.find.where : (undefined as never));
};
const again = (where: Predicate): Predicate => whereOf(must(lucene.parse(must(lucene.print(filter(where))))));

describe('Lucene writes so that it reads back', () => {
  const words = [
    ...everyString(nasty, 3),
    'AND',
    'OR',
    'NOT',
    'TO',
    'and',
    '&&',
    '||',
    ' AND',
    'true',
    '_',
    '>=5',
    '<x',
  ];

  test('every short text as a value', () => {
    for (const text of words) {
      const where = {
        kind: 'equals',
        field: 'f',
        values: [[text]],
        quantifier: 'any',
        caseSensitive: true,
      } as const;
      expect(again(where)).toEqual(where);
    }
  });

  test('every short text without a field', () => {
    for (const text of words) {
      const where = { kind: 'free-text', values: [[text]], quantifier: 'any', caseSensitive: true } as const;
      expect(again(where)).toEqual(where);
    }
  });

  test('every short text as the name of a field', () => {
    for (const field of words.filter((word) => word !== '' && word !== '*')) {
      const where = {
        kind: 'equals',
        field,
        values: [['x']],
        quantifier: 'any',
        caseSensitive: true,
      } as const;
      expect(again(where)).toEqual(where);
      expect(again({ kind: 'exists', field })).toEqual({ kind: 'exists', field });
    }
  });

  test('every short text beside wildcards', () => {
    for (const text of everyString('+-!("~*:\\/ >uMO', 3)) {
      const parts = [...text].map((char) => (char === 'M' ? many : char === 'O' ? one : char));
      for (const value of [
        pattern([...parts, many]),
        pattern([many, ...parts]),
        pattern([...parts, one, 'x']),
      ]) {
        const where = {
          kind: 'equals',
          field: 'f',
          values: [value],
          quantifier: 'any',
          caseSensitive: true,
        } as const;
        expect(normal(filter(again(where)))).toEqual(normal(filter(where)));
      }
    }
  });

  test('every short text as a bound, but for those that have no words', () => {
    for (const value of words.filter((word) => word !== '' && word !== '*')) {
      for (const operator of ['<', '<=', '>', '>='] as const) {
        const where = { kind: 'range', field: 'f', operator, value } as const;
        expect(again(where)).toEqual(where);
      }
    }
  });

  test('every short expression that is one, in one spelling', () => {
    let said = 0;
    for (const text of everyString('a/\\"[]u|.', 4)) {
      const query = filter({
        kind: 'regex',
        field: 'f',
        patterns: [text],
        quantifier: 'any',
        flavour: 'lucene',
        caseSensitive: true,
      });
      const printed = lucene.print(query);
      if (!printed.ok) continue;
      said += 1;
      // What stands after it is not drawn into it.
      const read = whereOf(must(lucene.parse(`${printed.value} AND g:/b/`)));
      const wanted = whereOf(lucene.said!(query));
      expect(spell(normal(filter(read.kind === 'and' ? read.of[0]! : read)))).toEqual(
        spell(normal(filter(wanted))),
      );
    }
    expect(said).toBeGreaterThan(5000);
  });
});

test('Every tree that Lucene can say is read back as it said it', () => {
  fc.assert(
    fc.property(sayablePredicate, (where) => {
      const query = filter(where);
      const text = must(lucene.print(query));
      const read = must(lucene.parse(text));
      expect(spell(normal(read))).toBe(spell(normal(lucene.said!(query))));
      expect(reprint(lucene, text)).toBe(text);
      expect(withoutSpans(must(lucene.parse(reprint(lucene, text))))).toEqual(withoutSpans(read));
    }),
    { ...seeded, numRuns: 1000 },
  );
});

test('Trees in which case does not count, too, whatever is known of the fields', () => {
  fc.assert(
    fc.property(anyCasePredicate, (where) => {
      const query = filter(where);
      const text = must(lucene.print(query, { factsOf }));
      const read = must(lucene.parse(text));
      expect(spell(normal(read))).toBe(spell(normal(lucene.said!(query, { factsOf }))));
      expect(reprint(lucene, text)).toBe(text);
    }),
    { ...seeded, numRuns: 1000 },
  );
});

test('What Lucene has said it says again', () => {
  fc.assert(
    fc.property(sayablePredicate, (where) => {
      const once = lucene.said!(filter(where));
      expect(lucene.said!(once)).toEqual(once);
    }),
    { ...seeded, numRuns: 1000 },
  );
});

test('Any text parses, or fails with a place', () => {
  const pieces = fc.constantFrom(
    ...[
      ...nasty,
      'AND',
      ' OR ',
      'NOT ',
      'TO',
      '\\u',
      '\\u0041',
      '~2',
      '^2',
      'f:',
      '*:*',
      '_exists_:',
      '>=',
      '\u3000',
      '\ud800',
      '\n',
      '__proto__',
      'constructor',
    ],
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.array(pieces, { maxLength: 14 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(text, (any) => {
      const outcome = lucene.parse(any);
      if (!outcome.ok) expect(outcome.diagnostics[0]?.span).toBeDefined();
      else {
        const printed = lucene.print(outcome.value);
        if (!printed.ok) return;
        expect(withoutSpans(must(lucene.parse(printed.value)))).toEqual(withoutSpans(outcome.value));
      }
    }),
    { ...seeded, numRuns: 4000 },
  );
});

test.each([
  ...nasty,
  'a ',
  'a:b ',
  '\\"',
  '"a',
  '/\\',
  '[a ',
  '["',
  '"\\',
  'f:(',
  '(a OR ',
  'a AND ',
  '~',
  'a^',
  '\\\\',
  '*?',
  '{"a\\"',
])('a long text of %j takes no longer than it is long', (piece) => {
  const time = (length: number): number => {
    const text = piece.repeat(length / piece.length);
    const start = performance.now();
    const outcome = lucene.parse(text);
    if (outcome.ok) lucene.print(outcome.value);
    return performance.now() - start;
  };
  expect(time(100_000)).toBeLessThan(3000);
});
