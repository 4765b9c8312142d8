import type { And, Equals, Predicate } from '../query/query.ts';

/**
 * Whether a rule asks for events without a field wherever it asks a test of it: in the list of the test, or, where it is
 * negated, in a bare negation beside it: `not f: ''` and `not f: null`.
 */
export function asksForAbsent(
  { field, values }: Equals,
  positive: boolean,
  around: readonly And[] = [],
): boolean {
  return values.includes(null) || (!positive && around.some((join) => absentIn(join).has(field)));
}

const known = new WeakMap<And, ReadonlySet<string>>();

/** The fields whose absence a join excludes, looked through once for all that ask. */
function absentIn(join: And): ReadonlySet<string> {
  const fields =
    known.get(join) ?? new Set(join.of.flatMap((part) => (part.kind === 'not' ? nullIn(part.of) : [])));
  known.set(join, fields);
  return fields;
}

function nullIn(part: Predicate): readonly string[] {
  if (part.kind === 'or') return part.of.flatMap(nullIn);
  return part.kind === 'equals' && part.values.includes(null) ? [part.field] : [];
}
