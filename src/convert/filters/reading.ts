import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { not } from '../../query/build.ts';
import type { Predicate } from '../../query/query.ts';

/**
 * What the condition of a Sigma filter means. pySigma, and so every tool built on it, joins it to the
 * rule's by `and`: it says what is kept, and exclusions are written `not selection`. The specification's
 * own example says what is excluded. One document has opposite meanings in the two.
 */
export type Reading = 'pysigma' | 'specification';

/** What a filter with this condition leaves out. */
export function excludedBy(condition: Predicate, reading: Reading): Predicate {
  return reading === 'pysigma' ? opposite(condition) : condition;
}

/** The condition of a filter that leaves this out. */
export function excluding(excluded: Predicate, reading: Reading): Predicate {
  return reading === 'pysigma' ? opposite(excluded) : excluded;
}

/** Two negations are none. */
export function opposite(where: Predicate): Predicate {
  return where.kind === 'not' ? where.of : not(where);
}

/** Says which reading was taken, as the documents themselves do not. */
export function assumptionOf(reading: Reading): Diagnostic {
  const message =
    reading === 'pysigma'
      ? 'Sigma filters are taken as pySigma reads them: their condition is joined to that of the rule by "and", and says what is kept.'
      : 'Sigma filters are taken as the example of the specification has them: their condition says what is excluded.';
  return { code: 'mapping/assumption', message };
}
