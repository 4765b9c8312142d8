import { normalPredicate } from '../normal.ts';
import type { Predicate, Value } from '../query.ts';
import { isFieldTest } from '../walk.ts';

export type Join = 'and' | 'or';

/** What a predicate joins so; alone it is its one part, and nothing is joined where all, or nothing, is matched. */
export function partsUnder(kind: Join, where: Predicate): readonly Predicate[] {
  if (where.kind === kind) return where.of;
  return where.kind === 'constant' && where.value === (kind === 'and') ? [] : [where];
}

/** The way back, in normal form. */
export function joinOf(kind: Join, parts: readonly Predicate[]): Predicate {
  const [only, ...more] = parts;
  if (only === undefined) return { kind: 'constant', value: kind === 'and' };
  return more.length === 0 ? only : normalPredicate({ kind, of: parts });
}

/** Whether a part of what is asked takes events away, and asks for nothing: `not a`, `not (a and b)`. */
export function isExclusion(where: Predicate): boolean {
  return where.kind === 'not' || (where.kind === 'or' && where.of.every(isExclusion));
}

/** The values, patterns or networks of a test that is a list of them. */
export function valuesOf(where: Predicate): readonly Value[] | undefined {
  switch (where.kind) {
    case 'equals':
    case 'free-text':
      return where.values;
    case 'regex':
      return where.patterns.map((text) => [text]);
    case 'cidr':
      return where.networks.map((text) => [text]);
    default:
      return undefined;
  }
}

/** The same test with other values. */
export function withValues(where: Predicate, values: readonly Value[]): Predicate {
  const texts = () => values.map((value) => (value as readonly string[])[0]!);
  switch (where.kind) {
    case 'equals':
    case 'free-text':
      return { ...where, values };
    case 'regex':
      return { ...where, patterns: texts() };
    case 'cidr':
      return { ...where, networks: texts() };
    default:
      return where;
  }
}

/** What a list of values is a list of: two of the same differ in their values alone. */
export function headOf(where: Predicate): string {
  return JSON.stringify({ ...where, values: [], patterns: [], networks: [] });
}

/** A text for a value: equal for equal ones. */
export function spellValue(value: Value): string {
  return JSON.stringify(value);
}

/** The field that a test, or the negation of one, asks. */
export function fieldOf(where: Predicate): string | undefined {
  if (where.kind === 'not') return fieldOf(where.of);
  return isFieldTest(where) ? where.field : undefined;
}
