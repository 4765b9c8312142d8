import { nameTest } from '../match/wildcard.ts';
import { countedBy } from '../query/fields.ts';
import type { Operand, Predicate, Query, Step } from '../query/query.ts';

/** Whether some event has a field of this name, or a name below it. */
export type Seen = (field: string) => boolean;

/** What is seen of fields in events that have these. */
export function seenIn(names: Iterable<string>): Seen {
  const all = new Set<string>();
  for (const name of names) {
    all.add(name);
    for (let at = name.indexOf('.'); at !== -1; at = name.indexOf('.', at + 1)) all.add(name.slice(0, at));
  }
  return (field) => (field.includes('*') ? [...all].some(nameTest(field)) : all.has(field));
}

/**
 * The fields that are in no event, and without which a query can find nothing. None, where it could find something
 * in events that have these fields. What is not certain counts as possible.
 */
export function missingFor({ find, stages }: Query, seen: Seen, categoryField: string): readonly string[] {
  const part = ({ category, where }: { readonly category?: string; readonly where: Predicate }) => [
    ...(category === undefined ? [] : lacking([categoryField], seen)),
    ...missingIn(where, seen),
  ];
  const step = (one: Step) => (one.missing ? [] : [...part(one), ...lacking(keysOf(one.by), seen)]);
  const counted = lacking(stages.flatMap(countedBy), seen);
  switch (find.kind) {
    case 'filter':
      return [...new Set([...part(find), ...counted])];
    case 'sequence':
    case 'sample':
      return [...new Set([...lacking(keysOf(find.by), seen), ...find.steps.flatMap(step), ...counted])];
    case 'correlation':
      return all(find.of.map(({ query }) => missingFor(query, seen, categoryField)));
    case 'opaque':
      return [];
    default:
      return find satisfies never;
  }
}

function missingIn(where: Predicate, seen: Seen): readonly string[] {
  switch (where.kind) {
    case 'and':
      return where.of.flatMap((part) => missingIn(part, seen));
    case 'or':
      return all(where.of.map((part) => missingIn(part, seen)));
    case 'equals':
      return where.values.includes(null) ? [] : lacking([where.field], seen);
    case 'range':
    case 'regex':
    case 'cidr':
    case 'exists':
      return lacking([where.field], seen);
    case 'nested':
      return lacking([where.path], seen);
    case 'not':
    case 'compare':
    case 'call':
    case 'free-text':
    case 'constant':
    case 'opaque':
      return [];
    default:
      return where satisfies never;
  }
}

/** Of several ways, each of which lacks something; none, if one lacks nothing. */
function all(ways: readonly (readonly string[])[]): readonly string[] {
  return ways.every((fields) => fields.length > 0) ? [...new Set(ways.flat())] : [];
}

function lacking(fields: readonly string[], seen: Seen): readonly string[] {
  return fields.filter((field) => !seen(field));
}

function keysOf(by: readonly Operand[]): readonly string[] {
  return by.flatMap((key) => (key.kind === 'field' && key.optional !== true ? [key.field] : []));
}
