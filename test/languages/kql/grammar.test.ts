import fc from 'fast-check';
import { expect, test } from 'vitest';

import { kql } from '../../../src/languages/kql/index.ts';
import { normalPredicate, spell } from '../../../src/query/normal.ts';
import { readByGrammar } from './grammar.ts';

/** What KQL's grammar is made of, so that short rows of them are mostly near to a query. */
const pieces = [
  'a',
  ' ',
  ':',
  '(',
  ')',
  '{',
  '}',
  '<',
  '"',
  '*',
  '\\',
  ' or ',
  ' and ',
  'not ',
  'x\n',
  'null',
];
const rare = [
  'not',
  'And ',
  '\t',
  '\u00a0',
  '\u3000',
  '>=',
  '\\n',
  '\\not ',
  '\\or',
  '\\u0020',
  '\\*',
  '\\"',
  '?',
  '5',
  'true',
  'N',
];

function meaningOf(text: string): string | undefined {
  const outcome = kql.parse(text);
  if (!outcome.ok || outcome.value.find.kind !== 'filter') return undefined;
  return spell(normalPredicate(outcome.value.find.where));
}

function grammarMeaningOf(text: string): string | undefined {
  const where = readByGrammar(text);
  return where && spell(normalPredicate(where));
}

function* everyRow(of: readonly string[], longest: number): Generator<string> {
  let layer = [''];
  for (let length = 0; length <= longest; length += 1) {
    yield* layer;
    layer = layer.flatMap((text) => of.map((piece) => text + piece));
  }
}

test('reads every short text as the grammar does, and refuses what it refuses', () => {
  let read = 0;
  for (const text of everyRow(pieces, 4)) {
    const meaning = meaningOf(text);
    if (meaning !== undefined) read += 1;
    if (meaning !== grammarMeaningOf(text)) expect([text, meaning]).toEqual([text, grammarMeaningOf(text)]);
  }
  expect(read).toBeGreaterThan(1_000);
});

test('reads longer texts as the grammar does', () => {
  const text = fc.array(fc.constantFrom(...pieces, ...pieces, ...rare), { maxLength: 14 });
  fc.assert(
    fc.property(text, (parts) => {
      expect(meaningOf(parts.join(''))).toBe(grammarMeaningOf(parts.join('')));
    }),
    { numRuns: 30_000 },
  );
});
