import { isPattern, plainText } from '../query/pattern.ts';
import type { Equals, Predicate } from '../query/query.ts';
import { asValue } from './changes/change.ts';

/** What a field is compared with, in the rows of the tables. */
export type Word = string | number | boolean;

/** `field` is one of these words. */
export function testOf(field: string, words: readonly Word[]): Equals {
  return { kind: 'equals', field, values: words.map(asValue), quantifier: 'any', caseSensitive: true };
}

/** The plain values of a test that asks for any of them. */
export function wordsOf(test: Predicate): readonly Word[] | undefined {
  if (test.kind !== 'equals' || (test.quantifier === 'all' && test.values.length > 1)) return undefined;
  const words: Word[] = [];
  for (const value of test.values) {
    const word = value !== null && isPattern(value) ? plainText(value) : value;
    if (word === undefined || word === null) return undefined;
    words.push(word);
  }
  return words;
}

/** What a test of plain words says, or the negation of one, as a key: equal where they say the same. */
export function sayingOf(part: Predicate): string | undefined {
  const test = part.kind === 'not' ? part.of : part;
  if (test.kind !== 'equals') return undefined;
  const words = wordsOf(test);
  return words && saying(test.field, words, part.kind === 'not');
}

/** The key of `field` being one of the words, or none of them. Their order does not count, nor their type. */
export function saying(field: string, words: readonly Word[], negated: boolean): string {
  const set = words.length === 1 ? String(words[0]) : [...new Set(words.map(String))].sort().join('\0');
  return `${negated ? 'not ' : ''}${field}\0${set}`;
}
