import { spell } from '../../query/normal.ts';
import { isPattern } from '../../query/pattern.ts';
import type { Predicate, Query, Value } from '../../query/query.ts';
import { mapLeaves, partsOf } from '../../query/walk.ts';

/**
 * The tests of a query, each as a key by which it is found among those of others: the text that is asked for, whichever field it
 * stands in and whatever wildcards stand around it, since one product keeps in one field what another keeps in two. Numbers
 * and short texts go with their field. What must not be so is told apart from what must.
 */
export function testKeys(query: Query): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { where } of partsOf(query)) {
    mapLeaves(where, (leaf, positive) => {
      for (const key of keysOf(leaf)) keys.add(positive ? key : `!${key}`);
      return leaf;
    });
  }
  return keys;
}

function keysOf(leaf: Predicate): readonly string[] {
  switch (leaf.kind) {
    case 'equals':
      return leaf.values.map((value) => keyOf(leaf.field, value));
    case 'free-text':
      return leaf.values.map((value) => keyOf('', value));
    case 'regex':
      return leaf.patterns;
    case 'cidr':
      return leaf.networks;
    case 'range':
      return [`${leaf.field} ${leaf.operator} ${leaf.value}`];
    case 'exists':
      return [`${leaf.field} is there`];
    case 'nested':
      return [...testKeysOf(leaf.where)];
    case 'compare':
    case 'call':
    case 'opaque':
      return [spell(withoutSpan(leaf))];
    case 'constant':
    case 'and':
    case 'or':
    case 'not':
      return [];
    default:
      return leaf satisfies never;
  }
}

function testKeysOf(where: Predicate): ReadonlySet<string> {
  return testKeys({ from: [], find: { kind: 'filter', where }, stages: [] });
}

function withoutSpan<T extends Predicate>(leaf: T): T {
  const { span: _, ...rest } = leaf as T & { readonly span?: unknown };
  return rest as unknown as T;
}

/** Shorter texts say little without their field. */
const shortest = 4;

function keyOf(field: string, value: Value): string {
  if (value === null || !isPattern(value)) return `${field}=${value}`;
  const text = value.map((part) => (typeof part === 'string' ? part : '*')).join('');
  const bare = text.toLowerCase().replace(edges, '');
  return bare.length < shortest ? `${field}=${text.toLowerCase()}` : bare;
}

/** Wildcards, and what parts words and the pieces of paths. */
const edges = /^[\s*/\\"'-]+|[\s*/\\"'-]+$/g;
