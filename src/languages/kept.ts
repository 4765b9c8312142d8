import type { Diagnostic, Effect, Report } from '../diagnostic/diagnostic.ts';
import { hasCase } from '../query/normal.ts';
import { isPattern, plainText } from '../query/pattern.ts';
import type { Equals, Pattern, Predicate, Query, Value } from '../query/query.ts';
import { mapLeaves, mapPredicates } from '../query/walk.ts';
import type { FieldFacts, PrintOptions } from './language.ts';

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
      if (leaf.kind !== 'equals') return leaf;
      const { test, loss } = kept(leaf, factsOf(leaf.field), language);
      if (loss) report(findingOf(leaf, loss, positive, language));
      return test;
    }),
  );
}

/** What the index does to a test that is not as it was meant. */
type Loss = 'finds-words' | 'cuts-words' | 'drops-case';
type Kept = { readonly test: Predicate; readonly loss?: Loss };

function kept(test: Equals, facts: FieldFacts, { saysCase }: Leaving): Kept {
  const patterns = test.values.filter((value) => value !== null && isPattern(value));
  const meetsCase = patterns.some(hasCase);
  const cased: Equals = { ...test, caseSensitive: true };
  if (facts.type === 'text')
    return test.values.every(isNull) ? { test } : { test: cased, loss: lossIn(test.values) };
  if (!meetsCase) return { test };
  if (test.caseSensitive) return facts.caseless ? { test, loss: 'drops-case' } : { test };
  if (saysCase) return { test };
  if (facts.caseless) return { test: cased };
  if (facts.lowered !== undefined) return { test: lowered(cased, facts.lowered) };
  const inWords = facts.words !== undefined && lossIn(test.values) === 'finds-words';
  return inWords ? { test: { ...cased, field: facts.words! }, loss: 'finds-words' } : { test };
}

/** Whatever is equal to a text has its words in it; of a pattern, or a text without words, that can not be said. */
function lossIn(values: readonly Value[]): Loss {
  const hasWords = (value: Value) => isPattern(value) && /[\p{L}\p{N}]/u.test(plainText(value) ?? '');
  return values.every((value) => value !== null && hasWords(value)) ? 'finds-words' : 'cuts-words';
}

function lowered(test: Equals, field: string): Equals {
  return { ...test, field, values: test.values.map((value) => (isPattern(value) ? inLower(value) : value)) };
}

function inLower(value: Pattern): Pattern {
  return value.map((part) => (typeof part === 'string' ? part.toLowerCase() : part));
}

function isNull(value: Value): boolean {
  return value === null;
}

function findingOf({ field, span }: Equals, loss: Loss, positive: boolean, { name }: Leaving): Diagnostic {
  const effect: Effect = loss === 'cuts-words' ? 'approximate' : positive ? 'broader' : 'narrower';
  const [code, what] = told(field, loss, name);
  return { code, effect, message: `${what}, which makes the query ${effect}.`, ...(span && { span }) };
}

function told(field: string, loss: Loss, name: string): readonly [Diagnostic['code'], string] {
  switch (loss) {
    case 'drops-case':
      return [
        'loss/case-sensitivity',
        `The index does not keep the case of ${field}, so ${name} can not tell it apart`,
      ];
    case 'finds-words':
      return [
        'loss/words',
        `The index cuts ${field} into words, so ${name} finds the value anywhere in it, whatever its case`,
      ];
    case 'cuts-words':
      return [
        'loss/words',
        `The index cuts ${field} into words, so ${name} looks for the value in each of them`,
      ];
    default:
      return loss satisfies never;
  }
}
