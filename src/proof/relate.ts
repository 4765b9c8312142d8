import { attempt } from '../diagnostic/attempt.ts';
import type { Event } from '../match/event.ts';
import { occurrenceOf, testOf } from '../match/predicate.ts';
import { always, and, not } from '../query/build.ts';
import { normalPredicate, spell } from '../query/normal.ts';
import type { Predicate } from '../query/query.ts';
import { Tests, valuesOfAtoms } from './atoms.ts';
import { Entailment } from './entails.ts';
import { madeEvent } from './event.ts';
import type { Multiplicity } from './fields.ts';
import { Atoms } from './formula.ts';
import { clauseOf, type Relation } from './relation.ts';
import { type Budget, type Found, search } from './search.ts';
import { smallest } from './smaller.ts';

/** How a second predicate stands to a first, and single events that show it. */
export interface Related {
  readonly relation: Relation;
  readonly first?: Event;
  readonly second?: Event;
  /** An event that both match; looked for only where each matches something that the other does not. */
  readonly both?: Event;
  readonly because?: string;
}

export interface RelateOptions {
  /** What holds of every event that is looked at. */
  readonly assume?: readonly Predicate[];
  readonly budget?: Budget;
  /** Each is held against many others: the simplest event of each is worked out once, and is looked at first. */
  readonly isOneOfMany?: boolean;
}

const usual: Budget = { steps: 20_000, tries: 12, looked: 60_000 };

/** Decides how the events that two predicates match stand to each other. */
export function relate(first: Predicate, second: Predicate, options: RelateOptions = {}): Related {
  const [a, b] = [normalPredicate(first), normalPredicate(second)];
  if (spell(a) === spell(b)) return { relation: 'equal' };
  const known = new Entailment((options.assume ?? []).map(normalPredicate));
  const alone = known.entails(a, b) ? none : findApart(a, b, options);
  const other = known.entails(b, a) ? none : findApart(b, a, options);
  const shown = {
    ...(alone.kind === 'found' && { first: alone.result }),
    ...(other.kind === 'found' && { second: other.result }),
  };
  if (alone.kind === 'unknown') return { relation: 'unknown', ...shown, because: alone.because };
  if (other.kind === 'unknown') return { relation: 'unknown', ...shown, because: other.because };
  if (alone.kind === 'none') return { relation: other.kind === 'none' ? 'equal' : 'broader', ...shown };
  if (other.kind === 'none') return { relation: 'narrower', ...shown };
  const both = findBoth(a, b, options);
  if (both.kind === 'unknown') return { relation: 'unknown', ...shown, because: both.because };
  return both.kind === 'none'
    ? { relation: 'disjoint', ...shown }
    : { relation: 'overlapping', ...shown, both: both.result };
}

const none = { kind: 'none' } as const;

/** An event of the one that is none of the other. */
function findApart(one: Predicate, other: Predicate, options: RelateOptions): Found<Event> {
  const example = options.isOneOfMany ? exampleOf(one) : undefined;
  if (example && isFound(example, [not(other)], options)) return { kind: 'found', result: example };
  return findEvent([one, not(without(other, one))], options);
}

function findBoth(one: Predicate, other: Predicate, options: RelateOptions): Found<Event> {
  const [a, b] = options.isOneOfMany ? [exampleOf(one), exampleOf(other)] : [];
  const both = a && b && merged(a, b);
  return both && isFound(both, [one, other], options)
    ? { kind: 'found', result: both }
    : findEvent([one, other], options);
}

/** An event that holds what either holds. */
function merged(a: Event, b: Event): Event {
  const fields = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...fields].map((field) => [field, together(a[field], b[field])]));
}

function together(one: unknown, other: unknown): unknown {
  const values = [...new Set([one, other].flat())].filter((value) => value !== undefined);
  return values.length === 1 ? values[0] : values;
}

/** Whether it is certain that an event is one of all these, and one that is looked at. */
function isFound(event: Event, wheres: readonly Predicate[], { assume = [] }: RelateOptions): boolean {
  const one = occurrenceOf(event);
  const outcome = attempt(() => [...wheres, ...assume].every((where) => testOf(where)(one)));
  return outcome.ok && outcome.value;
}

const examples = new WeakMap<Predicate, { readonly event: Event | undefined }>();

function exampleOf(where: Predicate): Event | undefined {
  const known = examples.get(where) ?? { event: foundIn(findEvent([where])) };
  examples.set(where, known);
  return known.event;
}

function foundIn(found: Found<Event>): Event | undefined {
  return found.kind === 'found' ? found.result : undefined;
}

/** A join without the parts that another has as well; where both have to hold, these say nothing more. */
function without(one: Predicate, other: Predicate): Predicate {
  const known = new Set(partsOf(other).map(spell));
  const left = partsOf(one).filter((part) => !known.has(spell(part)));
  return left.length === 0 ? always : and(left);
}

function partsOf(where: Predicate): readonly Predicate[] {
  return where.kind === 'and' ? where.of : [where];
}

/**
 * The simplest event that all of some predicates match: with one value for each field where that will do. `none` is certain: no
 * event at all is matched.
 */
export function findEvent(
  wheres: readonly Predicate[],
  { assume = [], budget = usual }: RelateOptions = {},
): Found<Event> {
  const asked = [...wheres, ...assume].map(normalPredicate);
  const outcome = attempt(() => {
    const found = lookedFor(asked, 'many', budget);
    if (found.kind !== 'found' || !hasSeveral(found.result)) return found;
    const single = lookedFor(asked, 'one', { ...budget, looked: budget.looked >> 2 });
    return single.kind === 'found' ? single : found;
  });
  return outcome.ok ? outcome.value : { kind: 'unknown', because: clauseOf(outcome.diagnostics[0]?.message) };
}

function lookedFor(asked: readonly Predicate[], multiplicity: Multiplicity, budget: Budget): Found<Event> {
  const atoms = new Atoms();
  const formulas = asked.map((one) => atoms.formulaOf(one));
  const values = valuesOfAtoms(atoms.all);
  const conditions = asked.map((where) => testOf(where));
  const does = (event: Event) => {
    const one = occurrenceOf(event);
    return conditions.every((test) => test(one));
  };
  const inner = (where: Predicate) => {
    return foundIn(findEvent([where], { budget: { ...budget, steps: budget.steps >> 2 } }));
  };
  const found = search(
    formulas,
    new Tests(atoms.all, values, multiplicity, { left: budget.looked }),
    (truth, holding) => {
      const event = madeEvent(atoms.all, values, truth, holding, inner);
      return event !== undefined && does(event) ? event : undefined;
    },
    budget,
  );
  return found.kind === 'found' ? { kind: 'found', result: smallest(found.result, does) } : found;
}

function hasSeveral(event: Event): boolean {
  return Object.values(event).some(Array.isArray);
}
