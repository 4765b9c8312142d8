import fc from 'fast-check';
import { expect, test } from 'vitest';

import { Failure } from '../../../src/diagnostic/attempt.ts';

import { parseStatement } from '../../../src/languages/esql/parse-statement.ts';
import { printInLine, printStatement } from '../../../src/languages/esql/print-statement.ts';
import type { Statement } from '../../../src/languages/esql/syntax.ts';
import { withoutSpans } from '../../support/laws.ts';
import { anyExpression, anyStatement } from './syntax-arbitrary.ts';

const read = (text: string): Statement => withoutSpans(parseStatement(text));

test('every tree reads back from its text, and is written the same twice', () => {
  fc.assert(
    fc.property(anyStatement, (statement) => {
      const text = printStatement(statement);
      expect(read(text)).toEqual(withoutSpans(statement));
      expect(printStatement(read(text))).toBe(text);
    }),
    { numRuns: 1000 },
  );
});

test('every expression reads back from one line', () => {
  fc.assert(
    fc.property(anyExpression, (condition) => {
      const { commands } = read(`from a | where ${printInLine(condition)}`);
      expect(commands[1]).toEqual(withoutSpans({ kind: 'where', condition }));
    }),
    { numRuns: 1000 },
  );
});

const pieces = fc.constantFrom(
  ...[
    'from ',
    'a',
    ' | ',
    'where ',
    'stats ',
    ' by ',
    'eval ',
    'keep ',
    'rename ',
    'sort ',
    'fork ',
    'enrich ',
  ],
  ...[
    'lookup join ',
    ' on ',
    ' with ',
    'dedup ',
    'set ',
    ' metadata ',
    ' in ',
    ' like ',
    ' is not null',
    'not ',
  ],
  ...[
    ' and ',
    ' or ',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ',',
    '.',
    ':',
    '::',
    '=',
    '==',
    '<',
    '-',
    '*',
    '/',
    '?',
    '??',
  ],
  ...[
    '"',
    '"""',
    '\\',
    '`',
    '//',
    '/*',
    '*/',
    '\n',
    '1',
    '.5',
    '1e3',
    ' 5 minutes',
    '_id',
    "'",
    '\u{1f414}',
    'é',
  ],
);
const anyText = fc.oneof(
  fc.string(),
  fc.array(pieces, { maxLength: 20 }).map((all) => all.join('')),
);
const query = fc.array(pieces, { maxLength: 12 }).map((all) => `from a | where ${all.join('')}`);

test('any text is read, or refused with a place in it; what is read is written', () => {
  let count = 0;
  fc.assert(
    fc.property(fc.oneof(anyText, query), (text) => {
      const refused = refusal(text);
      if (refused === undefined) {
        count += 1;
        expect(read(printStatement(read(text)))).toEqual(read(text));
        return;
      }
      const [found] = refused.diagnostics;
      expect(found?.span?.start).toBeGreaterThanOrEqual(0);
      expect(found?.span?.end).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 10_000 },
  );
  expect(count).toBeGreaterThan(50);
});

function refusal(text: string): Failure | undefined {
  try {
    parseStatement(text);
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

/** Texts that are long in one way only, and what could be slow or deep in each. */
const long: readonly (readonly [string, (count: number) => string])[] = [
  ['joins', (count) => `from a | where b${' and b'.repeat(count)}`],
  [
    'joins deep within',
    (count) => `from a | where ${'('.repeat(190)}b${' or b'.repeat(count)}${' or b)'.repeat(190)}`,
  ],
  [
    'joins deep behind',
    (count) => `from a | where ${'b or ('.repeat(190)}b${' or b'.repeat(count)}${')'.repeat(190)}`,
  ],
  ['signs', (count) => `from a | where b${' + b'.repeat(count)}`],
  ['casts', (count) => `from a | where b${'::int'.repeat(count)}`],
  ['negations', (count) => `from a | where ${'not '.repeat(count)}b`],
  ['minuses', (count) => `from a | where ${'-'.repeat(count)}b`],
  ['parentheses', (count) => `from a | where ${'('.repeat(count)}`],
  ['lists', (count) => `from a | where b in (${'1, '.repeat(count)}1)`],
  ['lists that begin with a query', (count) => `from a | where ${'b in (from '.repeat(count)}`],
  ['calls', (count) => `from a | where ${'f('.repeat(count)}`],
  ['maps', (count) => `from a | where f(a, ${'{"a":'.repeat(count)}`],
  ['subqueries', (count) => `${'from ('.repeat(count)}`],
  ['branches', (count) => `from a ${'| fork ('.repeat(count)}`],
  ['commands', (count) => `from a ${'| limit 1 '.repeat(count)}`],
  ['quotes', (count) => `from a | where ${'"'.repeat(count)}`],
  ['raw strings', (count) => `from a | where f(${'"""a""", '.repeat(count)}1)`],
  ['escapes', (count) => `from a | where b == "${'\\'.repeat(2 * count)}"`],
  ['back-quotes', (count) => `from a | keep ${'`'.repeat(count)}`],
  ['stars', (count) => `from a | keep ${'*'.repeat(count)}`],
  ['parts of a name', (count) => `from a | keep ${'a.'.repeat(count)}b`],
  ['comments that open', (count) => `from a ${'/*'.repeat(count)}`],
  ['comments', (count) => `from a ${'/**/'.repeat(count)}`],
  ['slashes', (count) => `from ${'/'.repeat(count)}`],
  ['blanks', (count) => `from a | where b in (from${' '.repeat(count)}`],
  ['digits', (count) => `from a | where ${'1'.repeat(count)}`],
  ['unread text', (count) => `from a | dedup ${'(`a`"b"/**/'.repeat(count)}`],
  ['an unknown command', (count) => `from a | ${'x'.repeat(count)}`],
];

test.each(long)('%s in any number are read or refused, in time', (_, make) => {
  for (const count of [600, 100_000]) {
    const text = make(count);
    const begin = performance.now();
    if (refusal(text) === undefined) expect(printStatement(read(text)).length).toBeLessThan(20 * text.length);
    expect(performance.now() - begin).toBeLessThan(10_000);
  }
});
