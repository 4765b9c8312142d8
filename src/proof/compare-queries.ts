import { attempt } from '../diagnostic/attempt.ts';
import type { Predicate, Query } from '../query/query.ts';
import { areNeverTogether } from './apart.ts';
import { isContained } from './contained.ts';
import { areAlike, areSaidAlike } from './correlations.ts';
import { Judge } from './judge.ts';
import type { Planned } from './plan.ts';
import { planOf } from './plan-of.ts';
import { Questions } from './questions.ts';
import { type Related, relate } from './relate.ts';
import { type Counterexample, clauseOf, type Relation, type Verdict } from './relation.ts';
import type { Budget } from './search.ts';
import { settled } from './settled.ts';
import { foundTogether, type Judged, toldApart } from './shown.ts';

/** How far the comparison of two queries goes. */
export interface QueryBudget extends Budget {
  /** How many events are looked at for each thing that is to be proved or shown. */
  readonly events: number;
}

export interface CompareOptions {
  /** What holds of every event that is looked at. */
  readonly assume?: Predicate;
  readonly budget?: Partial<QueryBudget>;
  /** Each is held against many others, so that what is worked out of one alone is kept. */
  readonly isOneOfMany?: boolean;
}

const usual: QueryBudget = { steps: 5000, tries: 6, looked: 4000, events: 5000 };

/**
 * How a second query stands to a first: by what either finds something in, however often. Single events are decided
 * exactly; of several, what is proved is said, and what is told apart by a stream that the matcher was asked of.
 */
export function compareQueries(first: Query, second: Query, options: CompareOptions = {}): Verdict {
  if (areSaidAlike(first, second)) return { relation: 'equal', counterexamples: [] };
  const budget = { ...usual, ...options.budget };
  const assume = options.assume ? [options.assume] : [];
  const ask = new Questions(assume, budget);
  ask.allow(budget.events);
  const [a, b] = [settled(planOf(first), ask), settled(planOf(second), ask)];
  const alone = [a, b].map(singleOf);
  if (alone[0] && alone[1]) {
    const { isOneOfMany = false } = options;
    const single = { assume, isOneOfMany, ...(options.budget && { budget }) };
    return verdictOf(relate(alone[0], alone[1], single));
  }
  const judged = attempt(() => [new Judge(first), new Judge(second)] as const);
  if (areAlike(first, second, ask)) return { relation: 'equal', counterexamples: [] };
  if (!judged.ok) {
    const because = clauseOf(judged.diagnostics[0]?.message);
    return { relation: 'unknown', counterexamples: [], because };
  }
  const sides = [
    { query: first, plan: a.plan, judge: judged.value[0] },
    { query: second, plan: b.plan, judge: judged.value[1] },
  ] as const;
  return decided(sides, a, b, ask, budget);
}

/** The test of a query for single events. */
function singleOf({ plan, often }: Planned): Predicate | undefined {
  if (plan.kind !== 'ordered' || often !== '') return undefined;
  const { slots, absent } = plan;
  const [only] = slots;
  const isSingle = slots.length === 1 && absent.every((gap) => gap.length === 0);
  return isSingle && only!.by.every(({ kind }) => kind === 'field') ? only!.where : undefined;
}

function verdictOf({ relation, first, second, both, because }: Related): Verdict {
  const counterexamples: Counterexample[] = [];
  if (first) counterexamples.push({ matches: 'first', events: [first] });
  if (second) counterexamples.push({ matches: 'second', events: [second] });
  return {
    relation,
    counterexamples,
    ...(both && { both: [both] }),
    ...(because !== undefined && { because }),
  };
}

function decided(
  [first, second]: readonly [Judged, Judged],
  a: Planned,
  b: Planned,
  ask: Questions,
  budget: QueryBudget,
): Verdict {
  const isWithin = [isContained(a.plan, b.plan, ask), isContained(b.plan, a.plan, ask)] as const;
  const alone = isWithin[0] ? undefined : toldApart(first, second, ask, budget.events);
  const other = isWithin[1] ? undefined : toldApart(second, first, ask, budget.events);
  const counterexamples: Counterexample[] = [];
  if (alone) counterexamples.push({ matches: 'first', events: alone });
  if (other) counterexamples.push({ matches: 'second', events: other });
  const as = (relation: Relation): Verdict => ({ relation, counterexamples });
  if (isWithin[0] && isWithin[1]) {
    if (a.often === b.often) return as('equal');
    return { ...as('unknown'), because: 'both find something in the same events, but not as often' };
  }
  if (isWithin[0] && other) return as('broader');
  if (isWithin[1] && alone) return as('narrower');
  if (alone && other) {
    const both = foundTogether(first, second, ask, budget.events);
    if (both) return { ...as('overlapping'), both };
    ask.allow(budget.events);
    if (areNeverTogether(a.plan, b.plan, ask)) return as('disjoint');
  }
  return { ...as('unknown'), because: reasonFor([a, b], counterexamples, ask) };
}

function reasonFor(plans: readonly Planned[], found: readonly Counterexample[], ask: Questions): string {
  for (const { plan } of plans) if (plan.kind === 'unread') return plan.because;
  if (ask.doubt !== undefined) return ask.doubt;
  return found.length === 2
    ? 'no events were found in which both find something'
    : 'no events were found that tell them apart, and nothing proves that there are none';
}
