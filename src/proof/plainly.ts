import type { Layout } from '../match/timeline.ts';
import { and, or } from '../query/build.ts';
import { readNetwork } from '../query/network.ts';
import { isPattern, plainText } from '../query/pattern.ts';
import type { Equals, Predicate, Query, Value } from '../query/query.ts';
import { mapLeaves, mapParts } from '../query/walk.ts';

/**
 * A query that asks of plain events what it asks of those that are laid out so: the kind of an event is a test like others, of the
 * field that has it, and a network that an address is asked to be is one that it is asked to be in.
 */
export function plainly(query: Query, { categoryField = 'event.category', types }: Layout): Query {
  if (categoryField === 'event.category' && types === undefined) return query;
  return mapParts(query, ({ category, where }) => {
    const asked = types ? mapLeaves(where, (leaf) => inNetworks(leaf, types)) : where;
    return {
      category: undefined,
      where: category === undefined ? asked : and([isOne(categoryField, category), asked]),
    };
  });
}

function isOne(field: string, text: string): Predicate {
  return { kind: 'equals', field, values: [[text]], quantifier: 'any', caseSensitive: true };
}

function inNetworks(leaf: Predicate, types: NonNullable<Layout['types']>): Predicate {
  if (leaf.kind !== 'equals' || leaf.quantifier !== 'any' || types.get(leaf.field) !== 'ip') return leaf;
  const networks = leaf.values.filter(isNetwork);
  if (networks.length === 0) return leaf;
  const others = leaf.values.filter((value) => !isNetwork(value));
  const cidr: Predicate = { kind: 'cidr', field: leaf.field, networks: networks.map(textOf) };
  return or([cidr, ...(others.length > 0 ? [{ ...leaf, values: others } satisfies Equals] : [])]);
}

function isNetwork(value: Value): boolean {
  const text = textOf(value);
  return text.includes('/') && readNetwork(text) !== undefined;
}

function textOf(value: Value): string {
  return (isPattern(value) ? plainText(value) : undefined) ?? '';
}
