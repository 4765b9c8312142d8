import { isPattern, plainText } from '../query/pattern.ts';
import type { And, Equals, Predicate, Value } from '../query/query.ts';
import { nothings } from './changes/empty.ts';

/**
 * Whether a rule asks for events without a field wherever it asks a test of it: in the list of the test, or, where it is
 * negated, in a bare negation beside it: `not f: ''` and `not f: null`.
 */
export function asksForAbsent(
  { field, values }: Equals,
  positive: boolean,
  around: readonly And[] = [],
): boolean {
  return values.includes(null) || (!positive && around.some((join) => excludedIn(join).absent.has(field)));
}

/** The same for events in which the field is empty, in any of the spellings of nothing. */
export function asksForEmpty(
  { field, values }: Equals,
  positive: boolean,
  around: readonly And[] = [],
): boolean {
  return values.some(isEmpty) || (!positive && around.some((join) => excludedIn(join).empty.has(field)));
}

function isEmpty(value: Value): boolean {
  const text = value !== null && isPattern(value) ? plainText(value) : undefined;
  return text !== undefined && nothings.includes(text);
}

interface Excluded {
  readonly absent: ReadonlySet<string>;
  readonly empty: ReadonlySet<string>;
}

const known = new WeakMap<And, Excluded>();

/** The fields of which a join excludes that they are absent, or empty; looked through once for all that ask. */
function excludedIn(join: And): Excluded {
  const found = known.get(join);
  if (found) return found;
  const lists = join.of.flatMap((part) => (part.kind === 'not' ? listsIn(part.of) : []));
  const fieldsWith = (isOne: (value: Value) => boolean) =>
    new Set(lists.filter(({ values }) => values.some(isOne)).map(({ field }) => field));
  const fresh = { absent: fieldsWith((value) => value === null), empty: fieldsWith(isEmpty) };
  known.set(join, fresh);
  return fresh;
}

function listsIn(part: Predicate): readonly Equals[] {
  if (part.kind === 'or') return part.of.flatMap(listsIn);
  return part.kind === 'equals' ? [part] : [];
}
