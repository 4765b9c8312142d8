import type { And, Constant, Filter, Not, Or, Predicate, Query } from './query.ts';

/** Joins predicates with `and`; one alone needs no join, nested joins are one join. */
export function and(parts: readonly Predicate[]): Predicate {
  return join('and', parts);
}

/** Joins predicates with `or`; one alone needs no join, nested joins are one join. */
export function or(parts: readonly Predicate[]): Predicate {
  return join('or', parts);
}

export function not(of: Predicate): Not {
  return { kind: 'not', of };
}

export const always: Constant = { kind: 'constant', value: true };
export const never: Constant = { kind: 'constant', value: false };

/** A query for single events, and nothing else in it. */
export function filter(where: Predicate, category?: string): Query {
  const find: Filter = { kind: 'filter', ...(category !== undefined && { category }), where };
  return { from: [], find, stages: [] };
}

function join(kind: 'and' | 'or', parts: readonly Predicate[]): Predicate {
  const of = parts.some((part) => part.kind === kind)
    ? parts.flatMap((part) => (part.kind === kind ? part.of : [part]))
    : parts;
  if (of.length === 0) throw new Error(`An empty ${kind} has no meaning.`);
  return of.length === 1 ? of[0]! : ({ kind, of } satisfies And | Or);
}
