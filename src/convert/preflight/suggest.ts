import { isPlace } from '../../mapping/index-fields/family.ts';
import type { KnownFields } from '../../mapping/index-fields/model.ts';
import { nearest } from '../../source/near.ts';

interface Names {
  readonly all: ReadonlySet<string>;
  /** By the last part of the name, in small letters. */
  readonly byEnd: ReadonlyMap<string, readonly string[]>;
  readonly told: Map<string, readonly string[]>;
}

const ready = new WeakMap<KnownFields, Names>();
const most = 3;

/** Names of fields that may be meant by one that is not there: spelled almost so, or alike in their last part. */
export function suggested(field: string, known: KnownFields): readonly string[] {
  const names = ready.get(known) ?? namesIn(known);
  ready.set(known, names);
  const before = names.told.get(field);
  if (before) return before;
  const near = nearest(field, names.all);
  const alike = names.byEnd.get(endOf(field)) ?? [];
  const found = near === undefined ? (alike.length <= most ? alike : []) : [near];
  names.told.set(field, found);
  return found;
}

function namesIn({ indices }: KnownFields): Names {
  const all = new Set(
    indices.flatMap(({ fields }) => [...fields].flatMap(([name, { type }]) => (isPlace(type) ? [] : [name]))),
  );
  const byEnd = new Map<string, string[]>();
  for (const name of all) {
    const end = endOf(name);
    const group = byEnd.get(end);
    if (group) group.push(name);
    else byEnd.set(end, [name]);
  }
  return { all, byEnd, told: new Map() };
}

function endOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}
