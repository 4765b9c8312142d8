import { and, never, not } from '../../../query/build.ts';
import type { Predicate } from '../../../query/query.ts';

/**
 * What a test says in three values: where it is true, where it is false, each in the two values of the tree.
 * Elsewhere it is null.
 */
export interface Truth {
  readonly yes: Predicate;
  readonly no: Predicate;
  /** What all of these fields together make not null, if that is all it takes. */
  readonly fields?: ReadonlySet<string>;
}

/** A test that is null if one of these fields is, and otherwise true or false. */
export function strict(yes: Predicate, fields: Iterable<string>): Truth {
  const needed = new Set(fields);
  return { yes, no: and([...presences(needed), not(yes)]), fields: needed };
}

/** A test that is never null. */
export function total(yes: Predicate): Truth {
  return { yes, no: yes.kind === 'not' ? yes.of : not(yes), fields: new Set() };
}

export function negated({ yes, no }: Truth): Truth {
  return { yes: no, no: yes };
}

/** Null for every event, so neither true nor false. */
export const unknown: Truth = { yes: never, no: never };

export function presences(fields: Iterable<string>): readonly Predicate[] {
  return [...fields].map((field) => ({ kind: 'exists', field }));
}
