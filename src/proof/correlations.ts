import { allOf } from '../query/bound.ts';
import { always } from '../query/build.ts';
import { normal, spell } from '../query/normal.ts';
import type { Correlation, PartTest, Query } from '../query/query.ts';
import { mapParts, partsOf } from '../query/walk.ts';
import { planOf } from './plan-of.ts';
import type { Questions } from './questions.ts';

/**
 * Whether two queries are built alike and ask the same of each event, so that they find the same, as often and in the
 * same order, even where it is not known what is found.
 */
export function areAlike(first: Query, second: Query, ask: Questions): boolean {
  if (areSaidAlike(first, second)) return true;
  if (frameOf(first) !== frameOf(second)) return false;
  const others = slotsOf(second);
  return slotsOf(first).every((where, at) => ask.areEqual(where, others[at]!));
}

/** Whether two queries have the same normal form, wherever they search. */
export function areSaidAlike(first: Query, second: Query): boolean {
  return spelled(first) === spelled(second);
}

function spelled(query: Query): string {
  return spell(normal({ ...query, from: [] }));
}

/** What is left of a query where nothing is asked of events. */
function frameOf(query: Query): string {
  return spelled(mapParts(query, () => ({ category: undefined, where: always })));
}

function slotsOf(query: Query) {
  return partsOf(query).map(({ category, where }) => {
    const { plan } = planOf({
      from: [],
      find: { kind: 'filter', where, ...(category !== undefined && { category }) },
      stages: [],
    });
    return plan.kind === 'ordered' ? plan.slots[0]!.where : where;
  });
}

/** Part by part, where both ask the same of their parts. */
export function isContainedCorrelation(first: Correlation, second: Correlation, ask: Questions): boolean {
  if (first.of.length !== second.of.length || asksOf(first) !== asksOf(second)) return false;
  const grows = first.asks.kind === 'presence' && !first.asks.ordered && growsWithParts(first.asks.where);
  if (grows ? first.within > second.within : first.within !== second.within) return false;
  return first.of.every((part, at) => {
    const other = second.of[at]!;
    if (part.by.join('\n') !== other.by.join('\n')) return false;
    return areAlike(part.query, other.query, ask) || (grows && isWiderFilter(part.query, other.query, ask));
  });
}

function isWiderFilter(first: Query, second: Query, ask: Questions): boolean {
  if ([first, second].some(({ find, stages }) => find.kind !== 'filter' || stages.length > 0)) return false;
  return ask.implies(slotsOf(first)[0]!, slotsOf(second)[0]!);
}

/** What is asked, with the parts by their numbers. */
function asksOf({ of, asks }: Correlation): string {
  const names = of.map(({ name }) => name);
  return JSON.stringify(asks, (key, value) => (key === 'name' ? names.indexOf(value) : value));
}

/** Whether more finds of parts never make it untrue. */
function growsWithParts(where: PartTest): boolean {
  switch (where.kind) {
    case 'part':
      return true;
    case 'and':
    case 'or':
      return where.of.every(growsWithParts);
    case 'not':
      return false;
    case 'count':
      return allOf(where.keep).every(({ operator }) => operator === '>' || operator === '>=');
    default:
      return where satisfies never;
  }
}
