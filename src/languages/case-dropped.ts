import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { hasCase } from '../query/normal.ts';
import type { Equals, Predicate, Regex } from '../query/query.ts';
import { patternsOf } from './obstacles.ts';

/** Whether a test tells upper from lower case, and has letters to tell apart. */
export function asksForCase(test: Predicate): test is Equals | Regex {
  if ((test.kind !== 'equals' && test.kind !== 'regex') || !test.caseSensitive) return false;
  if (test.kind === 'regex') return test.patterns.some((text) => /\p{L}/u.test(text));
  return patternsOf(test).some(hasCase);
}

/** That case was asked for, of a field whose index does not keep it. */
export function caseDropped({ field, span }: Equals | Regex, positive: boolean, name: string): Diagnostic {
  const effect = positive ? 'broader' : 'narrower';
  const message = `The index does not keep the case of ${field}, so ${name} can not tell it apart, which makes the query ${effect}.`;
  return { code: 'loss/case-folded', message, effect, ...(span && { span }) };
}
