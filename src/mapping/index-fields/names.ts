import type { IndexFields } from './model.ts';

/** The indices that a rule's patterns name, in the order of Elasticsearch: an exclusion takes from those before it. */
export function indicesFor(
  patterns: readonly string[],
  indices: readonly IndexFields[],
): { readonly found: readonly IndexFields[]; readonly unmet: readonly string[] } {
  const asked = patterns.flatMap((pattern) => pattern.split(',')).map((one) => one.trim());
  const found = new Set<IndexFields>();
  const unmet: string[] = [];
  for (const pattern of asked.filter((one) => one !== '')) {
    const isExclusion = pattern.startsWith('-');
    const fitting = namedBy(isExclusion ? pattern.slice(1) : pattern, indices);
    for (const index of fitting) {
      if (isExclusion) found.delete(index);
      else found.add(index);
    }
    if (!isExclusion && fitting.length === 0) unmet.push(pattern);
  }
  return { found: indices.filter((index) => found.has(index)), unmet };
}

/** Rules name the same few patterns again and again. */
const known = new WeakMap<readonly IndexFields[], Map<string, readonly IndexFields[]>>();

function namedBy(pattern: string, indices: readonly IndexFields[]): readonly IndexFields[] {
  const before = known.get(indices) ?? new Map<string, readonly IndexFields[]>();
  known.set(indices, before);
  const found = before.get(pattern) ?? indices.filter((index) => isNamed(pattern, index));
  before.set(pattern, found);
  return found;
}

/** A mapping that does not say whose it is may be anybody's. */
function isNamed(pattern: string, { name, also }: IndexFields): boolean {
  if (name === undefined && also.length === 0) return true;
  const names = [...(name === undefined ? [] : namesOf(name)), ...also];
  return names.some((one) => fits(pattern, one));
}

/** Of the mapping of a remote cluster nobody says which cluster it is of. */
function fits(pattern: string, name: string): boolean {
  const asked = plain(pattern);
  const own = asked.slice(asked.indexOf(':') + 1);
  return overlap(asked, name) || (!name.includes(':') && own !== asked && overlap(own, name));
}

/** `<logs-{now/d}>` is a day of many; `::data` says which part of a data stream. `_all` is all. */
function plain(pattern: string): string {
  const without = pattern.replace(/::\w+$/, '');
  if (without === '_all') return '*';
  return without.startsWith('<') ? without.slice(1, -1).replace(/\{.*\}/, '*') : without;
}

const backing =
  /^(?:partial-|restored-)?(?:shrink-[^-]+-|downsample-[^-]+-)?\.(?:ds|fs)-(.+)-\d{4}\.\d{2}\.\d{2}-\d{6,}$/;

/** A backing index is asked by the name of its data stream. */
function namesOf(name: string): readonly string[] {
  const at = name.lastIndexOf(':') + 1;
  const [, stream] = backing.exec(name.slice(at)) ?? [];
  return stream === undefined ? [name] : [name, `${name.slice(0, at)}${stream}`];
}

/** What people know an index by. */
export function shownName({ name }: IndexFields): string {
  return name === undefined ? 'the mapping' : namesOf(name).at(-1)!;
}

const longest = 1024;

/** Whether some name fits both of two patterns; a plain name is a pattern, too. */
export function overlap(one: string, other: string): boolean {
  if (one.length > longest || other.length > longest) return one === other;
  const sure = Math.min(sureLength(one), sureLength(other));
  if (one.slice(0, sure) !== other.slice(0, sure)) return false;
  // In `row[j]`: whether the beginning of `one` so far and the first j characters of `other` can be one text.
  let row = Array.from({ length: other.length + 1 }, (_, j) => /^\**$/.test(other.slice(0, j)));
  for (const char of one) {
    const next: boolean[] = [char === '*' && row[0]!];
    for (let j = 1; j <= other.length; j += 1) {
      const there = other.charAt(j - 1);
      const isEither = char === '*' || there === '*';
      next.push(isEither ? row[j]! || next[j - 1]! : row[j - 1]! && char === there);
    }
    row = next;
  }
  return row[other.length]!;
}

/** How far a pattern says its first characters. */
function sureLength(pattern: string): number {
  const star = pattern.indexOf('*');
  return star < 0 ? pattern.length : star;
}
