import type { Relation, Verdict } from '../../proof/relation.ts';

/**
 * What is certain of the events of two rules. What is not certain is left out: a rule in other names may match more or less than
 * the rule itself, and not all that is so of the one follows for the other.
 */
export interface Facts {
  /** All that the first matches, the second matches. */
  readonly firstInSecond?: boolean;
  readonly secondInFirst?: boolean;
  /** There are events that both match. */
  readonly meet?: boolean;
}

/** How the query that is compared stands to what its rule means. */
export interface Exactness {
  /** It may match what the rule does not. */
  readonly mayGain: boolean;
  /** It may not match what the rule does. */
  readonly mayLose: boolean;
  /** Of one event that nothing came before it matches just what the rule does. */
  readonly isExactAlone?: boolean;
}

export const exact: Exactness = { mayGain: false, mayLose: false };

/** What follows for two rules from how two queries stand to one another that stand for them. */
export function factsFrom(verdict: Verdict, first: Exactness, second: Exactness): Facts {
  const queries = factsOf(verdict);
  const isEqual = verdict.relation === 'equal';
  const isAlone = (matches: 'first' | 'second') =>
    verdict.counterexamples.some((one) => one.matches === matches && one.events.length === 1);
  const firstInSecond =
    within(queries.firstInSecond, first, second, isAlone('first')) ?? declared(isEqual, first, second);
  const secondInFirst =
    within(queries.secondInFirst, second, first, isAlone('second')) ?? declared(isEqual, second, first);
  const areBothAlone = verdict.both?.length === 1;
  const meet = queries.meet
    ? isReal(first, areBothAlone) && isReal(second, areBothAlone)
    : !first.mayLose && !second.mayLose;
  return {
    ...(firstInSecond !== undefined && { firstInSecond }),
    ...(secondInFirst !== undefined && { secondInFirst }),
    ...(queries.meet !== undefined && meet && { meet: queries.meet }),
  };
}

/**
 * a ⊆ b follows from a' ⊆ b' where a ⊆ a' and b' ⊆ b. That something of a is outside of b follows from what is in a' and not
 * in b', where that is in a, and not in b.
 */
function within(
  queries: boolean | undefined,
  inner: Exactness,
  outer: Exactness,
  isAlone: boolean,
): boolean | undefined {
  if (queries === undefined) return undefined;
  const follows = queries ? !inner.mayLose && !outer.mayGain : isReal(inner, isAlone) && !outer.mayLose;
  return follows ? queries : undefined;
}

/** Whether what the query matches is matched by the rule. */
function isReal({ mayGain, isExactAlone = false }: Exactness, isAlone: boolean): boolean {
  return !mayGain || (isExactAlone && isAlone);
}

/**
 * Of a query that stands for two rules, and for one of them exactly: what the tables say it does to the other is so.
 */
function declared(isEqual: boolean, inner: Exactness, outer: Exactness): false | undefined {
  const isLessOutside = outer.mayGain && !outer.mayLose && inner === exact;
  const isMoreInside = inner.mayLose && !inner.mayGain && outer === exact;
  return isEqual && (isLessOutside || isMoreInside) ? false : undefined;
}

const known: Readonly<Record<Relation, Facts>> = {
  equal: { firstInSecond: true, secondInFirst: true },
  broader: { firstInSecond: true, secondInFirst: false },
  narrower: { firstInSecond: false, secondInFirst: true },
  overlapping: { firstInSecond: false, secondInFirst: false, meet: true },
  disjoint: { firstInSecond: false, secondInFirst: false, meet: false },
  unknown: {},
};

function factsOf({ relation, counterexamples }: Verdict): Facts {
  if (relation !== 'unknown') return known[relation];
  const isShown = (by: 'first' | 'second') => counterexamples.some(({ matches }) => matches === by);
  return {
    ...(isShown('first') && { firstInSecond: false }),
    ...(isShown('second') && { secondInFirst: false }),
  };
}

/**
 * What is known in one way or in another. That nothing is outside of something is a proof, in whatever names; an event that
 * shows the contrary in others is one that the tables say there is not.
 */
export function joinedFacts(one: Facts, other: Facts): Facts {
  const firstInSecond = either(true, one.firstInSecond, other.firstInSecond);
  const secondInFirst = either(true, one.secondInFirst, other.secondInFirst);
  const meet = either(false, one.meet, other.meet);
  return {
    ...(firstInSecond !== undefined && { firstInSecond }),
    ...(secondInFirst !== undefined && { secondInFirst }),
    ...(meet !== undefined && { meet }),
  };
}

function either(proven: boolean, one: boolean | undefined, other: boolean | undefined): boolean | undefined {
  return one === proven || other === proven ? proven : (one ?? other);
}

/** How the second stands to the first. */
export function relationOf({ firstInSecond, secondInFirst, meet }: Facts): Relation {
  if (firstInSecond && secondInFirst) return 'equal';
  if (firstInSecond && secondInFirst === false) return 'broader';
  if (secondInFirst && firstInSecond === false) return 'narrower';
  if (firstInSecond || secondInFirst) return 'unknown';
  if (meet === false) return 'disjoint';
  return meet && firstInSecond === false && secondInFirst === false ? 'overlapping' : 'unknown';
}
