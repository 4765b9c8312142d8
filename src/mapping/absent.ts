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
  const asks = (part: Predicate): boolean =>
    part.kind === 'or'
      ? part.of.some(asks)
      : part.kind === 'equals' && part.field === field && part.values.includes(null);
  if (values.includes(null)) return true;
  return !positive && around.some(({ of }) => of.some((part) => part.kind === 'not' && asks(part.of)));
}
