import { and, never, not, or } from '../../query/build.ts';
import type { Equals, Predicate, Regex } from '../../query/query.ts';

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

/** Values behind one `field:(` are one test with many values, and so are expressions; it stands where the first stood. */
function lists(parts: readonly Part[], quantifier: 'any' | 'all'): readonly Predicate[] {
  const heads = new Map<Predicate, Predicate>();
  for (const kind of ['equals', 'regex'] as const) {
    const tests = parts.flatMap((part) => listedIn(part, kind, quantifier));
    if (tests.length > 1)
      tests.forEach((test, at) => heads.set(test, at === 0 ? listOf(tests, quantifier) : never));
  }
  return parts.map(({ of }) => heads.get(of) ?? of).filter((of) => of !== never);
}

type Listed = Equals | Regex;

function listOf(tests: readonly Listed[], quantifier: 'any' | 'all'): Predicate {
  const [head] = tests;
  const span = { start: head!.span?.start ?? 0, end: tests.at(-1)!.span?.end ?? 0 };
  if (head!.kind === 'regex') {
    const patterns = tests.flatMap((test) => (test.kind === 'regex' ? test.patterns : []));
    return { ...head!, patterns, quantifier, span };
  }
  const values = tests.flatMap((test) => (test.kind === 'equals' ? test.values : []));
  return { ...head!, values, quantifier, span };
}

function listedIn({ of, listed }: Part, kind: Listed['kind'], quantifier: 'any' | 'all'): readonly Listed[] {
  if (listed === undefined || (of.kind !== 'equals' && of.kind !== 'regex')) return [];
  if (of.kind !== kind || of.field !== listed) return [];
  const count = of.kind === 'equals' ? of.values.length : of.patterns.length;
  return of.quantifier === quantifier || count === 1 ? [of] : [];
}
