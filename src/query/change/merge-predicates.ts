import type { Versions } from '../../source/merge-pieces.ts';
import { not } from '../build.ts';
import { normalPredicate, spell } from '../normal.ts';
import type { Predicate } from '../query.ts';
import { aligned } from './align.ts';
import type { TestClash } from './clash.ts';
import { mergedSet } from './merge-values.ts';
import {
  fieldOf,
  headOf,
  isExclusion,
  type Join,
  joinOf,
  partsUnder,
  spellValue,
  valuesOf,
  withValues,
} from './parts.ts';

/** What two sides made of one predicate, in normal form, and what of it does not go together. */
export interface MergedPredicate {
  readonly where: Predicate;
  readonly clashes: readonly TestClash[];
}

type Three = Versions<Predicate>;

/** Beyond so many steps the trees are too much unlike one another. */
const mostSteps = 5000;

/** The changes of both sides in one predicate. What does not go together stays as ours has it. */
export function mergePredicates({ base, ours, theirs }: Three): MergedPredicate {
  const three = {
    base: normalPredicate(base),
    ours: normalPredicate(ours),
    theirs: normalPredicate(theirs),
  };
  return merged(three, { steps: mostSteps });
}

interface Budget {
  steps: number;
}

function merged(three: Three, budget: Budget): MergedPredicate {
  const { base, ours, theirs } = three;
  const [b, o, t] = [spell(base), spell(ours), spell(theirs)];
  if (o === t || b === t) return clean(ours);
  if (b === o) return clean(theirs);
  budget.steps -= 1;
  if (budget.steps < 0) return clash('too-large', three);
  const laid = exclusionLaid(three);
  if (laid) return clean(laid);
  const kinds = (['and', 'or'] as const).filter((kind) =>
    [base, ours, theirs].some((one) => one.kind === kind),
  );
  const [first, second] = kinds.map((kind) => mergedJoin(kind, three, budget)).sort(byFit);
  if (first === undefined) return mergedTest(three, budget);
  return second && isUndecided(first, second) ? clash('two-ways', three) : first;
}

/** Seen as a join of one kind or of the other: the way in which more of what was there is found again is the way it is. */
interface Fitted extends MergedPredicate {
  readonly lost: number;
}

function byFit(a: Fitted, b: Fitted): number {
  return a.lost - b.lost || a.clashes.length - b.clashes.length;
}

function isUndecided(first: Fitted, second: Fitted): boolean {
  return byFit(first, second) === 0 && spell(first.where) !== spell(second.where);
}

/** What one side excludes from the whole is excluded from what the other side adds to the whole as well. */
function exclusionLaid({ base, ours, theirs }: Three): Predicate | undefined {
  for (const [narrowed, widened] of [
    [ours, theirs],
    [theirs, ours],
  ] as const) {
    const excluded = addedTo(base, narrowed, 'and');
    if (excluded?.every(isExclusion) && addedTo(base, widened, 'or')) {
      return joinOf('and', [...partsUnder('and', widened), ...excluded]);
    }
  }
  return undefined;
}

/** What stands beside all that was there; undefined where that is not all there. */
function addedTo(base: Predicate, after: Predicate, kind: Join): readonly Predicate[] | undefined {
  if (after.kind !== kind) return undefined;
  const was = new Set(partsUnder(kind, base).map(spell));
  const added = after.of.filter((part) => !was.has(spell(part)));
  return added.length > 0 && added.length + was.size === after.of.length ? added : undefined;
}

function mergedJoin(kind: Join, { base, ours, theirs }: Three, budget: Budget): Fitted {
  const was = partsUnder(kind, base);
  const mine = aligned(was, partsUnder(kind, ours));
  const its = aligned(was, partsUnder(kind, theirs));
  const parts: Predicate[] = [];
  const clashes: TestClash[] = [];
  let isReplaced = false;
  was.forEach((part, place) => {
    const [own, other] = [mine.now[place], its.now[place]];
    if (own && other) {
      const both = merged({ base: part, ours: own, theirs: other }, budget);
      parts.push(...partsUnder(kind, both.where));
      clashes.push(...both.clashes);
    } else if (own) {
      if (spell(own) === spell(part)) return;
      parts.push(own);
      clashes.push({ kind: 'test', what: 'removed-there', base: part, ours: own });
    } else if (other && spell(other) !== spell(part)) {
      clashes.push({ kind: 'test', what: 'removed-here', base: part, theirs: other });
    } else if (!other) {
      isReplaced = true;
    }
  });
  const added = addedByBoth(kind, mine.added, its.added, isReplaced);
  const where = joinOf(kind, [...parts, ...added.parts]);
  const lost = [...mine.now, ...its.now].filter((part) => part === undefined).length;
  const all = [...clashes, ...added.clashes];
  const isSaid = where.kind !== 'constant' || ours.kind === 'constant' || theirs.kind === 'constant';
  if (isSaid) return { where, clashes: all, lost };
  return { ...clash('nothing-left', { base, ours, theirs }), lost };
}

/** What either side added. Two that ask the same field for two things are not asked together. */
function addedByBoth(
  kind: Join,
  mine: readonly Predicate[],
  its: readonly Predicate[],
  isReplaced: boolean,
): { readonly parts: readonly Predicate[]; readonly clashes: readonly TestClash[] } {
  const parts = [...mine];
  const clashes: TestClash[] = [];
  const [here, there] = [new Set(mine.map(spell)), new Set(its.map(spell))];
  const own = mine.filter((one) => !there.has(spell(one)));
  for (const part of its.filter((one) => !here.has(spell(one)))) {
    const against = own.find((one) => areOfOneField(kind, one, part)) ?? (isReplaced ? own[0] : undefined);
    if (against === undefined) parts.push(part);
    else {
      const what = areOfOneField(kind, against, part) ? 'added' : 'replaced';
      clashes.push({ kind: 'test', what, ours: against, theirs: part });
    }
  }
  return { parts, clashes };
}

/** `f is a` and `f is b` are hardly meant together; nor is `f is not a` or `f is not b`. */
function areOfOneField(kind: Join, a: Predicate, b: Predicate): boolean {
  const field = fieldOf(a);
  const isNegated = kind === 'or';
  const isAsked = (one: Predicate) => (one.kind === 'not') === isNegated;
  return field !== undefined && field === fieldOf(b) && isAsked(a) && isAsked(b);
}

/** Three tests, all of them changed. */
function mergedTest(three: Three, budget: Budget): MergedPredicate {
  const { base, ours, theirs } = three;
  if (base.kind === 'not' && ours.kind === 'not' && theirs.kind === 'not') {
    const inner = merged({ base: base.of, ours: ours.of, theirs: theirs.of }, budget);
    return {
      where: normalPredicate(not(inner.where)),
      clashes: inner.clashes.map(negated),
    };
  }
  if (base.kind === 'nested' && ours.kind === 'nested' && theirs.kind === 'nested') {
    if (base.path !== ours.path || base.path !== theirs.path) return clash('changed', three);
    const inner = merged({ base: base.where, ours: ours.where, theirs: theirs.where }, budget);
    return { where: normalPredicate({ ...ours, where: inner.where }), clashes: inner.clashes };
  }
  const values = mergedValues(three);
  return values ? clean(normalPredicate(withValues(ours, values))) : clash('changed', three);
}

function mergedValues({ base, ours, theirs }: Three) {
  const lists = [base, ours, theirs].map(valuesOf);
  const heads = new Set([base, ours, theirs].map(headOf));
  if (heads.size > 1 || lists.some((list) => list === undefined)) return undefined;
  const [was, mine, its] = lists;
  return mergedSet({ base: was!, ours: mine!, theirs: its! }, spellValue);
}

function negated({ base, ours, theirs, ...found }: TestClash): TestClash {
  return {
    ...found,
    ...(base && { base: normalPredicate(not(base)) }),
    ...(ours && { ours: normalPredicate(not(ours)) }),
    ...(theirs && { theirs: normalPredicate(not(theirs)) }),
  };
}

function clean(where: Predicate): MergedPredicate {
  return { where, clashes: [] };
}

function clash(what: TestClash['what'], { base, ours, theirs }: Three): MergedPredicate {
  return { where: ours, clashes: [{ kind: 'test', what, base, ours, theirs }] };
}
