import type { Event } from '../../src/match/event.ts';
import { match } from '../../src/match/match.ts';
import type { Predicate, Query } from '../../src/query/query.ts';
import { fieldsOf, isFieldTest, predicates } from '../../src/query/walk.ts';
import { candidatesFor, type Held } from './witness-values.ts';

/** What an event holds, by field. */
type Holding = ReadonlyMap<string, Held>;

/** Enough to meet each test of a rule that people write. */
const enough = 200;
/** Ways to satisfy a part; more of them would be combined with more of the others. */
const waysKept = 12;

/**
 * Small events that tell queries apart, if anything does: some satisfy all of a query, or all of its negation, and
 * the others miss it by one value. What a query finds in them is for the matcher to say. The same for the same.
 */
export function witnesses(...queries: readonly Query[]): readonly Event[] {
  const wheres = queries.flatMap(partsOf);
  const near = nearBy(wheres);
  const whole = wheres.flatMap((where) => [...waysTo(where, true), ...waysTo(where, false).slice(0, 4)]);
  const varied = whole.flatMap((holding) => variationsOf(holding, near));
  const events = new Map<string, Event>();
  for (const holding of [new Map(), ...whole, ...spread(varied, enough * 2)]) {
    const event = eventOf(holding, queries);
    events.set(JSON.stringify(event), event);
  }
  return [...events.values()].slice(0, enough);
}

/** The events on which two queries do not agree. */
export function disagreements(a: Query, b: Query, events: readonly Event[]): readonly Event[] {
  return events.filter((event) => match(a, [event]).length > 0 !== match(b, [event]).length > 0);
}

/** Whether two queries find the same of these events. */
export function agreeOn(a: Query, b: Query, events: readonly Event[]): boolean {
  return disagreements(a, b, events).length === 0;
}

function partsOf({ find }: Query): readonly Predicate[] {
  switch (find.kind) {
    case 'filter':
      return find.category === undefined ? [find.where] : [find.where, isOf(find.category)];
    case 'sequence':
    case 'sample':
      return find.steps.map(({ where }) => where);
    case 'correlation':
      return find.of.flatMap(({ query }) => partsOf(query));
    case 'opaque':
      return [];
    default:
      return find satisfies never;
  }
}

const categoryField = 'event.category';

function isOf(category: string): Predicate {
  const values = [[category]];
  return { kind: 'equals', field: categoryField, values, quantifier: 'any', caseSensitive: true };
}

/** What to hold so that a predicate is true, or is not: a few ways. */
function waysTo(where: Predicate, isWanted: boolean): readonly Holding[] {
  if (where.kind === 'not') return waysTo(where.of, !isWanted);
  if (where.kind === 'and' || where.kind === 'or') {
    const each = where.of.map((part) => waysTo(part, isWanted));
    return (where.kind === 'and') === isWanted ? joined(each) : spread(each.flat(), waysKept);
  }
  return waysOfLeaf(where, isWanted);
}

/** One way of each part, and then another of each in turn. */
function joined(each: readonly (readonly Holding[])[]): readonly Holding[] {
  if (each.some((ways) => ways.length === 0)) return [];
  const most = Math.max(...each.map((ways) => ways.length));
  return Array.from({ length: Math.min(most, waysKept) }, (_, turn) => {
    const all = each.map((ways) => ways[turn % ways.length]!);
    return all.reduce<Holding>(merged, new Map());
  });
}

/** Two tests of a field: both values, as one text where they are texts. */
function merged(a: Holding, b: Holding): Holding {
  const all = new Map(a);
  for (const [field, held] of b) {
    const before = all.get(field);
    const isBoth = typeof before === 'string' && typeof held === 'string' && before !== held;
    all.set(field, isBoth ? together(before, held) : (held ?? before));
  }
  return all;
}

function together(a: string, b: string): string {
  if (a.toLowerCase().includes(b.toLowerCase())) return a;
  return b.toLowerCase().includes(a.toLowerCase()) ? b : `${a}${b}`;
}

function waysOfLeaf(leaf: Predicate, isWanted: boolean): readonly Holding[] {
  if (isFieldTest(leaf)) {
    const { passing, near } = candidatesFor(leaf);
    return spread(isWanted ? passing : near, waysKept).map((held) => new Map([[leaf.field, held]]));
  }
  if (leaf.kind === 'constant') return leaf.value === isWanted ? [new Map()] : [];
  if (leaf.kind === 'nested') return waysTo(leaf.where, isWanted).map((inner) => under(leaf.path, inner));
  if (leaf.kind === 'free-text') {
    if (!isWanted) return [new Map()];
    return candidatesFor({ ...leaf, kind: 'equals', field: 'message' }).passing.map(
      (held) => new Map([['message', held]]),
    );
  }
  return operandWays(leaf);
}

/** Functions and comparisons: the same few values for each of their fields, alike and not. */
function operandWays(leaf: Predicate): readonly Holding[] {
  const fields = fieldsOf(leaf);
  const values: readonly Held[] = ['a', 'A', 'ab', 5, 25, '', ...literalsIn(leaf)];
  const alike = values.map((held): Holding => new Map(fields.map((field) => [field, held])));
  const apart = values.map(
    (_, index): Holding => new Map(fields.map((field, at) => [field, values[(index + at) % values.length]])),
  );
  return [...alike, ...apart];
}

function literalsIn(leaf: Predicate): readonly Held[] {
  const found: Held[] = [];
  JSON.stringify(leaf, (key, value) => {
    if (key !== 'value') return value;
    if (['string', 'number', 'boolean'].includes(typeof value)) found.push(value);
    // A number may be asked of the length of a text.
    if (typeof value === 'number' && value >= 1 && value < 1_000)
      found.push('a'.repeat(value), 'a'.repeat(value + 1), 'a'.repeat(value - 1), value + 1);
    return value;
  });
  return found;
}

function under(path: string, inner: Holding): Holding {
  return new Map(
    [...inner].map(([field, held]) => [field.startsWith(`${path}.`) ? field : `${path}.${field}`, held]),
  );
}

/** Every value that is nearly right, or right, by field. */
function nearBy(wheres: readonly Predicate[]): ReadonlyMap<string, readonly Held[]> {
  const near = new Map<string, Held[]>();
  for (const where of wheres) {
    for (const leaf of predicates(where)) {
      if (!isFieldTest(leaf)) continue;
      const candidates = candidatesFor(leaf);
      near.set(leaf.field, [...(near.get(leaf.field) ?? []), ...candidates.near, ...candidates.passing]);
    }
  }
  return near;
}

/** The same with one field changed. */
function variationsOf(holding: Holding, near: ReadonlyMap<string, readonly Held[]>): readonly Holding[] {
  return [...near].flatMap(([field, values]) =>
    [...new Set(values)].map((held) => new Map(holding).set(field, held)),
  );
}

/** That many of a list, from all over it. */
function spread<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, index) => list[Math.floor((index * list.length) / most)]!);
}

/** A field with stars in its name is any of those; an event is of the category that is asked for, unless it says. */
function eventOf(holding: Holding, queries: readonly Query[]): Event {
  const event: Record<string, unknown> = {};
  for (const { find } of queries) {
    if (find.kind === 'filter' && find.category !== undefined) event[categoryField] = find.category;
  }
  for (const [field, held] of holding) {
    if (held === undefined) delete event[field];
    else event[field.replaceAll('*', 'x')] = held;
  }
  return event;
}
