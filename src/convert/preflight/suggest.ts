import { isPlace } from '../../mapping/index-fields/family.ts';
import type { KnownFields } from '../../mapping/index-fields/model.ts';
import { nearest } from '../../source/near.ts';

interface Names {
  /** By how they begin and how they end, in small letters: what is spelled almost alike has one of these. */
  readonly byEdge: ReadonlyMap<string, readonly string[]>;
  /** By their last part and their last two, in small letters. */
  readonly byLast: ReadonlyMap<string, readonly string[]>;
  readonly told: Map<string, readonly string[]>;
}

const ready = new WeakMap<KnownFields, Names>();
const most = 3;

/** Names of fields that may be meant by one that is not there: spelled almost so, or alike in their last parts. */
export function suggested(field: string, known: KnownFields): readonly string[] {
  const names = ready.get(known) ?? namesIn(known);
  ready.set(known, names);
  const before = names.told.get(field);
  if (before) return before;
  const near = nearest(field, new Set(edgesOf(field).flatMap((edge) => names.byEdge.get(edge) ?? [])));
  const alike = names.byLast.get(lastOf(field, 2)) ?? [];
  const found = near === undefined ? (alike.length <= most ? alike : []) : [near];
  names.told.set(field, found);
  return found;
}

function namesIn({ indices }: KnownFields): Names {
  const all = new Set<string>();
  for (const { fields } of indices) for (const [name, { type }] of fields) if (!isPlace(type)) all.add(name);
  return {
    byEdge: grouped(all, edgesOf),
    byLast: grouped(all, (name) => [...new Set([lastOf(name, 1), lastOf(name, 2)])]),
    told: new Map(),
  };
}

function grouped(
  names: Iterable<string>,
  keysOf: (name: string) => readonly string[],
): Map<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    for (const key of keysOf(name)) {
      const group = groups.get(key);
      if (group) group.push(name);
      else groups.set(key, [name]);
    }
  }
  return groups;
}

const edge = 5;

function edgesOf(name: string): readonly string[] {
  const small = name.toLowerCase();
  return [`${small.slice(0, edge)}…`, `…${small.slice(-edge)}`];
}

/** The last parts of a name, or all of a shorter one. */
function lastOf(name: string, count: number): string {
  return name.toLowerCase().split('.').slice(-count).join('.');
}
