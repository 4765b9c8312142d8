import { and, or } from '../../query/build.ts';
import type { FieldFacts } from '../../query/facts.ts';
import { hasCase } from '../../query/normal.ts';
import { isPattern } from '../../query/pattern.ts';
import { regexOf } from '../../query/pattern-regex.ts';
import type { Equals, FreeText, Pattern, Predicate, Regex, Value } from '../../query/query.ts';
import { lowered } from '../kept.ts';
import { anyCase, anyCaseRegex, normalRegex, printRegex } from './regex.ts';
import type { Tell } from './said.ts';
import { inWords, tellWords } from './words.ts';

/** Types of fields in which letters have no part. */
const withoutCase: ReadonlySet<string | undefined> = new Set(['ip', 'date', 'number', 'boolean', 'version']);

/** A test of values as its field can be asked. Where case can not be said, it is left as it was. */
export function foldEquals(test: Equals, facts: FieldFacts, tell: Tell): Predicate {
  const cased: Equals = { ...test, caseSensitive: true };
  if (facts.type === 'text') return inWords(cased, tell);
  const isPlain = test.caseSensitive || facts.caseless || withoutCase.has(facts.type);
  if (isPlain || !test.values.some(countsCase)) return cased;
  if (facts.lowered !== undefined) return lowered(cased, facts.lowered);
  const plain = test.values.filter((value) => !countsCase(value));
  const patterns = test.values.filter(countsCase).map(anyCaseOf);
  if (!patterns.every((text) => printRegex(text) !== undefined)) return test;
  const regex = regexTest(test, test.field, patterns);
  if (plain.length === 0) return regex;
  const parts = [{ ...cased, values: plain }, regex];
  return test.quantifier === 'any' ? or(parts) : and(parts);
}

/** One of a field, or, as Lucene asks it without one, of any. */
export function regexTest(
  { quantifier, span }: Equals | FreeText,
  field: string,
  patterns: readonly string[],
): Regex {
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
  if (withoutCase.has(facts.type)) return cased;
  const folded = test.patterns.map(anyCaseRegex);
  if (folded.every((text, index) => text === test.patterns[index])) return cased;
  if (!folded.every((text) => text !== undefined && printRegex(text) !== undefined)) return test;
  const field = facts.lowered ?? test.field;
  return { ...cased, field, patterns: folded as readonly string[] };
}
