import type { Diagnostic, Effect, Report } from '../diagnostic/diagnostic.ts';
import type { FieldFacts } from '../query/facts.ts';
import { hasCase } from '../query/normal.ts';
import { isMany, isPattern, plainText } from '../query/pattern.ts';
import type { Equals, Pattern, Predicate, Query, Regex, Value } from '../query/query.ts';
import { mapLeaves, mapPredicates } from '../query/walk.ts';
import { asksForCase, caseDropped } from './case-dropped.ts';
import type { PrintOptions } from './language.ts';
import { patternsOf } from './obstacles.ts';

/** A language whose tests leave it to the index what a value is, and maybe whether its case counts. */
export interface Leaving {
  /** As messages name it. */
  readonly name: string;
  /** Whether a test can say itself that case does not count. */
  readonly saysCase: boolean;
}

/**
 * A query as such a language asks it of fields that are kept as the facts say: without case where the field has
 * none, or by the field that holds the same in lower case or in words. What is then asked is not always what
 * was meant, and each such test is reported with its effect.
 */
export function asKept(
  query: Query,
  language: Leaving,
  options: PrintOptions | undefined,
  report: Report = () => {},
): Query {
  const factsOf = options?.factsOf;
  if (factsOf === undefined) return query;
  return mapPredicates(query, (where) =>
    mapLeaves(where, (leaf, positive) => {
      if (leaf.kind !== 'equals' && leaf.kind !== 'regex') return leaf;
      const facts = factsOf(leaf.field);
      const { test, loss }: Kept =
        leaf.kind === 'equals' ? kept(leaf, facts, language) : keptRegex(leaf, facts);
      if (loss) report(findingOf(leaf, loss, positive, language));
      return test;
    }),
  );
}

/** What the index does to a test that is not as it was meant. */
type Loss = 'finds-words' | 'cuts-words' | 'drops-case';
type Kept = { readonly test: Predicate; readonly loss?: Loss };

function kept(test: Equals, facts: FieldFacts, { saysCase }: Leaving): Kept {
  const meetsCase = patternsOf(test).some(hasCase);
  if (facts.type === 'text') return inWords(test, test.field, meetsCase);
  if (!meetsCase) return { test };
  if (test.caseSensitive) return facts.caseless ? { test, loss: 'drops-case' } : { test };
  if (saysCase) return { test };
  if (facts.caseless) return { test: { ...test, caseSensitive: true } };
  if (facts.lowered !== undefined) return { test: lowered(test, facts.lowered) };
  if (facts.words === undefined) return { test };
  const found = inWords(test, facts.words, meetsCase);
  return found.loss === 'cuts-words' ? { test } : found;
}

/** An expression is written for the letters that it has, and stays as it is. */
function keptRegex(test: Regex, facts: FieldFacts): Kept {
  if (facts.type === 'text') return { test, loss: 'cuts-words' };
  return facts.caseless && asksForCase(test) ? { test, loss: 'drops-case' } : { test };
}

/**
 * A test as a field of words takes it. That a word is a part of the value is the same of the words in it; whatever
 * is equal to a text has its words in it, and so may others; of other patterns nothing can be said.
 */
function inWords(test: Equals, field: string, meetsCase: boolean): Kept {
  if (test.values.every((value) => value === null)) return { test };
  const asked: Equals = { ...test, field, caseSensitive: true };
  if (test.values.every(isPartOfWord)) {
    return meetsCase && test.caseSensitive ? { test: asked, loss: 'drops-case' } : { test: asked };
  }
  return { test: asked, loss: test.values.every(hasWords) ? 'finds-words' : 'cuts-words' };
}

/** `*foo*`, with nothing in it at which words are cut. */
function isPartOfWord(value: Value): boolean {
  if (value === null || !isPattern(value) || value.length !== 3) return false;
  const [before, text, after] = value;
  return isMany(before) && isMany(after) && typeof text === 'string' && /^[A-Za-z0-9]+$/.test(text);
}

function hasWords(value: Value): boolean {
  return value !== null && isPattern(value) && /[\p{L}\p{N}]/u.test(plainText(value) ?? '');
}

/** The same test of a field that holds the same in lower case. */
export function lowered(test: Equals, field: string): Equals {
  const values = test.values.map((value) => (value !== null && isPattern(value) ? inLower(value) : value));
  return { ...test, field, values, caseSensitive: true };
}

function inLower(value: Pattern): Pattern {
  return value.map((part) => (typeof part === 'string' ? part.toLowerCase() : part));
}

function findingOf(test: Equals | Regex, loss: Loss, positive: boolean, { name }: Leaving): Diagnostic {
  switch (loss) {
    case 'drops-case':
      return caseDropped(test, positive, name);
    case 'finds-words':
      return cut(
        test,
        positive ? 'broader' : 'narrower',
        `${name} finds the value anywhere in it, whatever its case`,
      );
    case 'cuts-words':
      return cut(test, 'approximate', `${name} looks for the value in each of them`);
    default:
      return loss satisfies never;
  }
}

function cut({ field, span }: Equals | Regex, effect: Effect, found: string): Diagnostic {
  const message = `The index cuts ${field} into words, so ${found}, which makes the query ${effect}.`;
  return { code: 'loss/words', effect, message, ...(span && { span }) };
}
