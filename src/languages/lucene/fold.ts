import { and, or } from '../../query/build.ts';
import { hasCase } from '../../query/normal.ts';
import { hasWildcard, isMany, isPattern, isWildcard, plainText } from '../../query/pattern.ts';
import { regexOf } from '../../query/pattern-regex.ts';
import type { Equals, Pattern, Predicate, Regex, Value } from '../../query/query.ts';
import type { FieldFacts } from '../language.ts';
import { anyCase, anyCaseRegex, normalRegex, printRegex } from './regex.ts';
import type { Tell } from './said.ts';

/** Types of fields in which letters have no part. */
const withoutCase: ReadonlySet<string | undefined> = new Set(['ip', 'date', 'number', 'boolean', 'version']);

/** A test of values as its field can be asked. Where case can not be said, it is left as it was. */
export function foldEquals(test: Equals, facts: FieldFacts, tell: Tell): Predicate {
  const cased: Equals = { ...test, caseSensitive: true };
  if (facts.type === 'text') return inWords(cased, tell);
  const isPlain = test.caseSensitive || facts.caseless || withoutCase.has(facts.type);
  if (isPlain || !test.values.some(countsCase)) return cased;
  if (facts.lowered !== undefined) {
    return { ...cased, field: facts.lowered, values: test.values.map((value) => lowered(value)) };
  }
  const plain = test.values.filter((value) => !countsCase(value));
  const patterns = test.values.filter(countsCase).map(anyCaseOf);
  if (!patterns.every((text) => printRegex(text) !== undefined)) return test;
  const regex = regexTest(test, patterns);
  if (plain.length === 0) return regex;
  const parts = [{ ...cased, values: plain }, regex];
  return test.quantifier === 'any' ? or(parts) : and(parts);
}

function regexTest({ field, quantifier, span }: Equals, patterns: readonly string[]): Regex {
  const test = {
    kind: 'regex',
    field,
    patterns,
    quantifier,
    flavour: 'lucene',
    caseSensitive: true,
  } as const;
  return span ? { ...test, span } : test;
}

function countsCase(value: Value): value is Pattern {
  return value !== null && isPattern(value) && hasCase(value);
}

function lowered(value: Value): Value {
  if (value === null || !isPattern(value)) return value;
  return value.map((part) => (typeof part === 'string' ? part.toLowerCase() : part));
}

/** `[cC][mM][dD]\.[eE][xX][eE]` */
export function anyCaseOf(value: Pattern): string {
  const parts = value.map((part) =>
    typeof part === 'string'
      ? part
          .split('')
          .map((char) => (anyCase(char) === char ? regexOf([char]) : anyCase(char)))
          .join('')
      : regexOf([part]),
  );
  return normalRegex(parts.join(''));
}

/** An expression as its field can be asked. */
export function foldRegex(test: Regex, facts: FieldFacts, tell: Tell): Predicate {
  if (facts.type === 'text') tellWords(test, 'approximate', tell);
  if (test.caseSensitive) return test;
  const cased: Regex = { ...test, caseSensitive: true };
  if (facts.caseless || withoutCase.has(facts.type)) return cased;
  const folded = test.patterns.map(anyCaseRegex);
  if (folded.every((text, index) => text === test.patterns[index])) return cased;
  if (!folded.every((text) => text !== undefined && printRegex(text) !== undefined)) return test;
  const field = facts.lowered ?? test.field;
  return { ...cased, field, patterns: folded as readonly string[] };
}

/** A field of words is asked for words that stand side by side; nothing asks whether they are all of the value. */
function inWords(test: Equals, tell: Tell): Predicate {
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

function tellWords({ field, span }: Equals | Regex, effect: 'broader' | 'approximate', tell: Tell): void {
  const message = `The field ${field} is kept as words in lower case, so whole words of its values are looked for and not the whole values.`;
  tell({ code: 'loss/mapping', message, effect, ...(span && { span }) });
}
