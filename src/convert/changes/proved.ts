import { findEvent, relate } from '../../proof/relate.ts';
import { and, not } from '../../query/build.ts';
import { alignedSteps } from '../../query/change/align-steps.ts';
import type { Difference, TestDifference } from '../../query/change/difference.ts';
import { queryDifferences } from '../../query/change/difference.ts';
import { normal } from '../../query/normal.ts';
import type { Predicate, Query, Step } from '../../query/query.ts';

/** A difference that was found in the trees, and whether events bear it out; undefined where that is not known. */
export interface Claim {
  readonly difference: Difference;
  readonly isSo: boolean | undefined;
  /** Which way it goes: more is matched, less, or neither alone. */
  readonly gains?: boolean;
}

const budget = { steps: 4000, tries: 4, looked: 8000 };

/** In what two queries differ; each test with what events say of it: of those that are asked of, in their own step. */
export function claims(first: Query, second: Query): readonly Claim[] {
  const [a, b] = [normal(first), normal(second)];
  return queryDifferences(a, b).map((difference): Claim => {
    if (difference.kind === 'setting') return { difference, isSo: true };
    const both = askedIn(a, b, difference.event);
    return both ? borneOut(difference, ...both) : { difference, isSo: undefined };
  });
}

/** What the two ask of the event that a difference is about. */
function askedIn(
  a: Query,
  b: Query,
  event: Difference['event'],
): readonly [Predicate, Predicate] | undefined {
  if (a.find.kind === 'filter' && b.find.kind === 'filter') return [a.find.where, b.find.where];
  if (!hasSteps(a.find) || !hasSteps(b.find) || event === undefined) return undefined;
  if (event === 'until') {
    const ends = [a.find, b.find].flatMap((find) =>
      'until' in find && find.until ? [find.until.where] : [],
    );
    return ends.length === 2 ? [ends[0]!, ends[1]!] : undefined;
  }
  const place = alignedSteps(a.find.steps, b.find.steps).indexOf(event - 1);
  const [was, is] = [a.find.steps[place], b.find.steps[event - 1]];
  return was && is ? [was.where, is.where] : undefined;
}

function hasSteps(find: Query['find']): find is Extract<Query['find'], { readonly steps: readonly Step[] }> {
  return find.kind === 'sequence' || find.kind === 'sample';
}

/** There is an event that one of them matches and the other does not, and that is of the test that is told. */
function borneOut(difference: TestDifference, before: Predicate, after: Predicate): Claim {
  const { what, where } = difference;
  const gained = (test: Predicate) => isThere(and([after, not(before), test]));
  const lost = (test: Predicate) => isThere(and([before, not(after), test]));
  if (difference.before) return { difference, isSo: relate(before, after, { budget }).relation !== 'equal' };
  switch (what) {
    case 'takes':
      return { difference, isSo: gained(where), gains: true };
    case 'omits':
      return { difference, isSo: gained(not(where)), gains: true };
    case 'leaves':
      return { difference, isSo: lost(where), gains: false };
    case 'asks':
      return { difference, isSo: lost(not(where)), gains: false };
    default:
      return what satisfies never;
  }
}

function isThere(where: Predicate): boolean | undefined {
  const { kind } = findEvent([where], { budget });
  return kind === 'unknown' ? undefined : kind === 'found';
}
