import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { eql } from '../../../src/languages/eql/index.ts';
import { filter } from '../../../src/query/build.ts';
import { normal, normalPredicate } from '../../../src/query/normal.ts';
import { many, one, pattern } from '../../../src/query/pattern.ts';
import type { Equals, Predicate, Query } from '../../../src/query/query.ts';
import { everyString, keepsItsWord, must, reprint, withoutSpans } from '../../support/laws.ts';
import { anyPredicate, plainPredicate, plainQuery } from './arbitrary.ts';

const identity = readFileSync(join(import.meta.dirname, 'identity.eql'), 'utf8')
  .trimEnd()
  .split('\n\n');

/** The same trees in every run. */
const seeded = { seed: 7 };

/** The condition that a tree prints as and is read back as. */
const again = (where: Predicate): Predicate => readBack(filter(where)).find.where;

function readBack(query: Query): Query & { readonly find: { readonly where: Predicate } } {
  return withoutSpans(must(eql.parse(must(eql.print(query))))) as never;
}

describe('EQL says the same after a round trip', () => {
  keepsItsWord(eql, identity);
});

describe('EQL in house style is printed as it was read', () => {
  test.each(identity)('%s', (text) => {
    expect(reprint(eql, text)).toBe(text);
  });
});

const is = (value: Equals['values'][number], caseSensitive: boolean): Equals => ({
  kind: 'equals',
  field: 'f',
  values: [value],
  quantifier: 'any',
  caseSensitive,
});

describe('EQL quotes', () => {
  test.each([true, false])('every short text so that it reads back (case counts: %s)', (caseSensitive) => {
    for (const text of everyString('a*?"\\\n', 5)) {
      expect(again(is([text], caseSensitive))).toEqual(is([text], caseSensitive));
    }
  });

  test('every odd character', () => {
    for (const text of everyString("\t\b\f\r'{}`\u{0}\u{feff}é🔥", 2)) {
      expect(again(is([text], true))).toEqual(is([text], true));
    }
  });

  test.each([true, false])('every short pattern, literal stars or not (case counts: %s)', (caseSensitive) => {
    for (const text of everyString('a*?"\\.MO', 4)) {
      const parts = [...text].map((char) => (char === 'M' ? many : char === 'O' ? one : char));
      const where = is(pattern(parts), caseSensitive);
      expect(normalPredicate(again(where))).toEqual(normalPredicate(where));
    }
  });

  test('every short regular expression', () => {
    for (const text of everyString('a.*[\\"\n', 4)) {
      const patterns = [text, '[x]'];
      const where = { kind: 'regex', field: 'f', patterns, quantifier: 'any', flavour: 'lucene' } as const;
      expect(again({ ...where, caseSensitive: true })).toEqual({ ...where, caseSensitive: true });
    }
  });

  test('every short field name', () => {
    for (const field of everyString('aZ.`?-1_@ \n', 3)) {
      if (field === '') continue;
      expect(again({ kind: 'exists', field })).toEqual({ kind: 'exists', field });
      expect(again({ kind: 'exists', field, optional: true })).toEqual({
        kind: 'exists',
        field,
        optional: true,
      });
    }
  });

  test('every short event category', () => {
    for (const category of ['any', 'where', 'sequence', ...everyString('aZ.`"-1_\\\n', 3)]) {
      const query = filter({ kind: 'constant', value: true }, category);
      expect(readBack(query)).toEqual(query);
    }
  });
});

describe('a random tree', () => {
  test('prints and parses to itself', () => {
    fc.assert(
      fc.property(plainPredicate, (where) => {
        expect(again(where)).toEqual(where);
      }),
      { ...seeded, numRuns: 2000 },
    );
  });

  test('of several events prints and parses to itself', () => {
    fc.assert(
      fc.property(plainQuery, (query) => {
        expect(readBack(query)).toEqual(query);
      }),
      { ...seeded, numRuns: 1000 },
    );
  });

  test('that EQL would build in another way keeps its meaning', () => {
    fc.assert(
      fc.property(anyPredicate, (where) => {
        expect(normal(readBack(filter(where)))).toEqual(normal(filter(where)));
      }),
      { ...seeded, numRuns: 2000 },
    );
  });

  test('leaves no blank at the end of a line', () => {
    fc.assert(
      fc.property(plainQuery, (query) => {
        expect(must(eql.print(query))).not.toMatch(/ $/m);
      }),
      { ...seeded, numRuns: 500 },
    );
  });
});

test('any text at all has an outcome', () => {
  const piece = fc.constantFrom(
    ...[
      'sequence',
      'sample',
      'by',
      'with',
      'maxspan=1m',
      '[',
      '![',
      ']',
      'any',
      'where',
      'a',
      'and',
      'not',
      '(',
      ')',
    ],
    ...[
      'in',
      '"x"',
      '"""',
      '`',
      '/*',
      '*/',
      '//',
      '\n',
      '5',
      '-',
      '==',
      ':',
      'length(',
      '?',
      '|',
      'head',
      '\\',
      '🔥',
    ],
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(' ')),
  );
  fc.assert(
    fc.property(text, (any) => {
      const outcome = eql.parse(any);
      if (outcome.ok) expect(eql.print(outcome.value).ok || any.includes('*')).toBe(true);
      else expect(outcome.diagnostics[0]?.span).toBeDefined();
    }),
    { ...seeded, numRuns: 5000 },
  );
});
