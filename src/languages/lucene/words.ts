import { and, or } from '../../query/build.ts';
import { hasWildcard, isMany, isPattern, isWildcard, plainText } from '../../query/pattern.ts';
import type { Equals, Predicate, Regex, Value } from '../../query/query.ts';
import type { Tell } from './said.ts';

/** A field of words is asked for words that stand side by side; nothing asks whether they are all of the value. */
export function inWords(test: Equals, tell: Tell): Predicate {
  const values = test.values.map(wordsOf);
  if (!values.every((asked) => asked !== undefined)) {
    const message = `The field ${test.field} is kept as words, and a value that is looked for has none, so it is not found there.`;
    tell({ code: 'loss/wildcard', message, effect: 'narrower', ...(test.span && { span: test.span }) });
    return test;
  }
  const isWider = test.values.every((value) => value === null || !isPattern(value) || !hasWildcard(value));
  const isSame = values.every(
    (asked, at) => asked.length === 1 && asked[0] === test.values[at] && isFragment(asked[0]),
  );
  if (!isSame) tellWords(test, isWider ? 'broader' : 'approximate', tell);
  if (values.every((asked) => asked.length === 1)) return { ...test, values: values.flat() };
  const parts = values.map((asked) =>
    and(asked.map((value): Predicate => ({ ...test, values: [value], quantifier: 'any' }))),
  );
  return test.quantifier === 'any' ? or(parts) : and(parts);
}

/** The values to ask for instead of one; undefined if nothing of it is a word. */
function wordsOf(value: Value): readonly Value[] | undefined {
  if (value === null || !isPattern(value) || value.every(isMany)) return [value];
  if (!value.some((part) => typeof part === 'string' && hasWord(part))) return undefined;
  if (plainText(value) !== undefined) return [value];
  if (value.every((part) => isWildcard(part) || (typeof part === 'string' && isWord(part)))) return [value];
  return value.filter((part) => typeof part === 'string' && hasWord(part)).map((text) => [text]);
}

/** `*part*` of one word finds every value that has it, and no other. */
function isFragment(value: Value | undefined): boolean {
  if (value === null || value === undefined || !isPattern(value) || value.length !== 3) return false;
  const [open, text, close] = value;
  return isMany(open) && isMany(close) && typeof text === 'string' && isWord(text);
}

function hasWord(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

function isWord(text: string): boolean {
  return /^[\p{L}\p{N}_]+$/u.test(text);
}

/** That a field of words is not asked for what the test asks. */
export function tellWords(
  { field, span }: Equals | Regex,
  effect: 'broader' | 'approximate',
  tell: Tell,
): void {
  const message = `The field ${field} is kept as words in lower case, so whole words of its values are looked for and not the whole values.`;
  tell({ code: 'loss/mapping', message, effect, ...(span && { span }) });
}
