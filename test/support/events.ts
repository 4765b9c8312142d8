import type { Event } from '../../src/match/event.ts';
import { readNetwork } from '../../src/query/network.ts';
import { isMany, isPattern } from '../../src/query/pattern.ts';
import type { Predicate, Query, Value } from '../../src/query/query.ts';
import { predicates } from '../../src/query/walk.ts';

/**
 * Events made up of what queries ask for: each field with each of its values and near to it, alone, with others, in
 * lists, and not at all.
 */
export function eventsFor(queries: readonly Query[], most = 300): readonly Event[] {
  const asked = askedBy(queries.flatMap(wheresOf));
  const fields = [...asked];
  let events: readonly Event[] = [{}];
  for (const [field, values] of fields) {
    const some = [...values].slice(0, 12);
    const one = some.map((value) => ({ [field]: value }));
    const lists = some.length > 1 ? [{ [field]: some }, { [field]: some.slice(1) }] : [];
    events = events.flatMap((event) => [event, ...[...one, ...lists].map((more) => ({ ...event, ...more }))]);
    events = spread(events, most);
  }
  return events;
}

function wheresOf({ find }: Query): readonly Predicate[] {
  if (find.kind === 'filter') {
    const { category, where } = find;
    if (category === undefined) return [where];
    return [
      where,
      {
        kind: 'equals',
        field: 'event.category',
        values: [[category]],
        quantifier: 'any',
        caseSensitive: true,
      },
    ];
  }
  return find.kind === 'opaque' || find.kind === 'correlation' ? [] : find.steps.map((step) => step.where);
}

function askedBy(wheres: readonly Predicate[]): ReadonlyMap<string, ReadonlySet<unknown>> {
  const asked = new Map<string, Set<unknown>>();
  const add = (field: string, ...values: readonly unknown[]) => {
    const known = asked.get(field) ?? new Set();
    for (const value of values) known.add(value);
    asked.set(field, known);
  };
  for (const part of wheres.flatMap((where) => [...predicates(where)])) {
    if (part.kind === 'equals') add(part.field, 'other', ...part.values.flatMap(like));
    else if (part.kind === 'cidr') add(part.field, '203.0.113.9', ...part.networks.flatMap(hostsOf));
    else if (part.kind === 'exists') add(part.field, 'other');
    else if (part.kind === 'range') add(part.field, ...around(part.value));
    else if (part.kind === 'regex') add(part.field, 'other', ...part.patterns);
    else if (part.kind === 'free-text') add('any.field', 'other', ...part.values.flatMap(like));
  }
  return asked;
}

/** A value, in another case, and what nearly is one. */
function like(value: Value): readonly unknown[] {
  if (value === null) return [];
  if (!isPattern(value)) return [value, typeof value === 'number' ? value + 1 : !value];
  const fill = (many: string) =>
    value.map((part) => (typeof part === 'string' ? part : isMany(part) ? many : '-')).join('');
  const [text, longer] = [fill(''), fill('more')];
  return [text, text.toUpperCase(), `${longer}+`, longer, ...hostsOf(text)];
}

function hostsOf(text: string): readonly string[] {
  return text.includes('/') && readNetwork(text) ? [text.replace(/\/.*$/, '')] : [];
}

function around(value: number | string): readonly unknown[] {
  return typeof value === 'number' ? [value - 1, value, value + 1] : ['', value, `${value}+`];
}

/** So many of them, from everywhere among them. */
function spread<T>(list: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, list.length / most);
  return Array.from({ length: Math.min(most, list.length) }, (_, index) => list[Math.floor(index * step)]!);
}
