import { and, not, or } from '../../query/build.ts';
import type { Equals, Predicate } from '../../query/query.ts';

/** How a clause takes part: `must` filters, `not` excludes, one `should` is enough where there is no `must`. */
export type Occur = 'must' | 'should' | 'not';

export interface Part {
  occur: Occur;
  readonly of: Predicate;
  /** The field before the brackets, where the clause names none itself: such values make one list. */
  readonly listed: string | undefined;
}

/**
 * What the classic parser makes of a clause and the words before it. There is no precedence: `AND` makes the
 * clauses on both of its sides required, `OR` does nothing, `NOT` excludes.
 */
export function addPart(
  parts: Part[],
  join: 'and' | 'or' | undefined,
  sign: Occur | undefined,
  part: Omit<Part, 'occur'>,
): void {
  const last = parts.at(-1);
  if (join === 'and' && last && last.occur !== 'not') last.occur = 'must';
  parts.push({ ...part, occur: sign ?? (join === 'and' ? 'must' : 'should') });
}

/** Clauses that change nothing: beside one that is required, those that are not only add to the score. */
export function withoutEffect(parts: readonly Part[]): readonly Part[] {
  return parts.some(({ occur }) => occur === 'must') ? parts.filter(({ occur }) => occur === 'should') : [];
}

/** The events that a boolean query finds. Elasticsearch lets one that only excludes start from all events. */
export function meaningOf(parts: readonly Part[]): Predicate {
  const required = parts.some(({ occur }) => occur === 'must');
  const positive = parts.filter(({ occur }) => occur === (required ? 'must' : 'should'));
  const positives = lists(positive, required ? 'all' : 'any');
  const excluded = (part: Part) => not(part.of);
  if (!required) {
    const first = positive.length > 0 ? [or(positives)] : [];
    return and([...first, ...parts.filter(({ occur }) => occur === 'not').map(excluded)]);
  }
  const kept = parts.filter(({ occur }) => occur !== 'should');
  if (positives.length < positive.length) {
    return and([...positives, ...kept.filter(({ occur }) => occur === 'not').map(excluded)]);
  }
  return and(kept.map((part) => (part.occur === 'not' ? excluded(part) : part.of)));
}

/** Plain values behind one `field:(` are one test with many values, which stands where the first of them stood. */
function lists(parts: readonly Part[], quantifier: 'any' | 'all'): readonly Predicate[] {
  const plain = parts.flatMap((part) => (isListed(part, quantifier) ? [part.of] : []));
  if (plain.length < 2) return parts.map(({ of }) => of);
  const values = plain.flatMap((test) => test.values);
  const start = plain[0]!.span?.start ?? 0;
  const end = plain.at(-1)!.span?.end ?? 0;
  const list: Equals = { ...plain[0]!, values, quantifier, span: { start, end } };
  return parts.flatMap((part) =>
    !isListed(part, quantifier) ? [part.of] : part.of === plain[0] ? [list] : [],
  );
}

function isListed(part: Part, quantifier: 'any' | 'all'): part is Part & { readonly of: Equals } {
  const { of, listed } = part;
  if (listed === undefined || of.kind !== 'equals' || of.field !== listed) return false;
  return of.quantifier === quantifier || of.values.length === 1;
}
