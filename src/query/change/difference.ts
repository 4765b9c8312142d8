import { not } from '../build.ts';
import { normal, normalPredicate, spell } from '../normal.ts';
import type { Predicate, Query, Step } from '../query.ts';
import { sameTree } from '../walk.ts';
import { aligned } from './align.ts';
import { alignedSteps } from './align-steps.ts';
import type { Event, Setting } from './clash.ts';
import { headOf, type Join, partsUnder, spellValue, valuesOf, withValues } from './parts.ts';

/** In what a second query differs from a first, thing by thing. */
export type Difference = TestDifference | SettingDifference;

/** `asks`: what has to hold as well; `omits`: what has not to hold any more; `takes`: what is enough as well; `leaves`: what is not any more. */
export interface TestDifference {
  readonly kind: 'test';
  readonly event?: Event;
  readonly what: 'asks' | 'omits' | 'takes' | 'leaves';
  readonly where: Predicate;
  /** What stands in its place: of a test that has become another one. */
  readonly before?: Predicate;
  /** Where it is one of several things that are enough: this one, as it is now. */
  readonly within?: Predicate;
}

export interface SettingDifference {
  readonly kind: 'setting';
  readonly event?: Event;
  readonly setting: Setting;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** In what a second predicate differs from a first. */
export function differences(first: Predicate, second: Predicate): readonly TestDifference[] {
  return [...between(normalPredicate(first), normalPredicate(second), {})];
}

type Around = Pick<TestDifference, 'within'>;

function* between(a: Predicate, b: Predicate, around: Around): Generator<TestDifference> {
  if (spell(a) === spell(b)) return;
  const listed = listDifferences(a, b, around);
  if (listed) {
    yield* listed;
    return;
  }
  if (a.kind === 'nested' && b.kind === 'nested' && a.path === b.path) {
    for (const one of differences(a.where, b.where))
      yield { ...one, within: { ...b, where: one.within ?? b.where } };
    return;
  }
  const kinds = (['and', 'or'] as const).filter((kind) => a.kind === kind || b.kind === kind);
  const [kind, other] = kinds;
  if (kind === undefined) yield { kind: 'test', what: 'asks', before: a, where: b, ...around };
  else if (other === undefined) yield* inJoin(kind, a, b, around);
  else yield* inJoin(lostIn('and', a, b) <= lostIn('or', a, b) ? 'and' : 'or', a, b, around);
}

function lostIn(kind: Join, a: Predicate, b: Predicate): number {
  const { now, added } = aligned(partsUnder(kind, a), partsUnder(kind, b));
  return now.filter((part) => part === undefined).length + added.length;
}

function* inJoin(kind: Join, a: Predicate, b: Predicate, around: Around): Generator<TestDifference> {
  const was = partsUnder(kind, a);
  const { now, added } = aligned(was, partsUnder(kind, b));
  const isAnd = kind === 'and';
  for (const [place, part] of was.entries()) {
    const after = now[place];
    if (after === undefined) yield { kind: 'test', what: isAnd ? 'omits' : 'leaves', where: part, ...around };
    else
      yield* between(part, after, isAnd || partsUnder('and', after).length < 2 ? around : { within: after });
  }
  for (const where of added) yield { kind: 'test', what: isAnd ? 'asks' : 'takes', where, ...around };
}

/** Two lists of values for one field: what came is enough as well, and what is excluded as well has not to be there. */
function listDifferences(a: Predicate, b: Predicate, around: Around): readonly TestDifference[] | undefined {
  const isNegated = a.kind === 'not' && b.kind === 'not';
  const [before, after] = isNegated ? [a.of, b.of] : [a, b];
  const [had, has] = [valuesOf(before), valuesOf(after)];
  if (had === undefined || has === undefined || headOf(before) !== headOf(after)) return undefined;
  const [was, is] = [new Set(had.map(spellValue)), new Set(has.map(spellValue))];
  const come = has.filter((value) => !was.has(spellValue(value)));
  const gone = had.filter((value) => !is.has(spellValue(value)));
  const tell = (what: TestDifference['what'], values: typeof come): readonly TestDifference[] => {
    if (values.length === 0) return [];
    const listed = withValues(after, values);
    return [{ kind: 'test', what, where: isNegated ? not(listed) : listed, ...around }];
  };
  return isNegated
    ? [...tell('asks', come), ...tell('omits', gone)]
    : [...tell('takes', come), ...tell('leaves', gone)];
}

/** In what a second query differs from a first; undefined where they are of other shapes and nothing can be told. */
export function queryDifferences(first: Query, second: Query): readonly Difference[] {
  const [a, b] = [normal(first), normal(second)];
  return [
    ...settingDifference('indices', a.from, b.from),
    ...findDifferences(a.find, b.find),
    ...settingDifference('stages', a.stages, b.stages),
  ];
}

function findDifferences(a: Query['find'], b: Query['find']): readonly Difference[] {
  if (a.kind === 'filter' && b.kind === 'filter')
    return [...settingDifference('category', a.category, b.category), ...differences(a.where, b.where)];
  if (a.kind !== 'sequence' && a.kind !== 'sample') return settingDifference('shape', a, b);
  if (b.kind !== a.kind) return settingDifference('shape', a, b);
  const [end, then] = [a, b].map((find) => (find.kind === 'sequence' ? find.until : undefined));
  return [
    ...settingDifference('keys', a.by, b.by),
    ...settingDifference('time', a.within, b.within),
    ...stepDifferences(a.steps, b.steps),
    ...(end && then ? inStep(end, then, 'until') : settingDifference('end', end, then)),
  ];
}

function stepDifferences(before: readonly Step[], after: readonly Step[]): readonly Difference[] {
  const now = alignedSteps(before, after);
  const kept = before.flatMap((step, place) => {
    const index = now[place];
    if (index === undefined)
      return [{ kind: 'setting', setting: 'steps', event: place + 1, before: step } as const];
    return inStep(step, after[index]!, index + 1);
  });
  const added = after.flatMap((step, index) =>
    now.includes(index)
      ? []
      : [{ kind: 'setting', setting: 'steps', event: index + 1, after: step } as const],
  );
  return [...kept, ...added];
}

function inStep(a: Step, b: Step, event: Event): readonly Difference[] {
  const found: readonly Difference[] = [
    ...settingDifference('category', a.category, b.category),
    ...differences(a.where, b.where),
    ...settingDifference('keys', a.by, b.by),
    ...settingDifference('repeats', a.runs, b.runs),
    ...settingDifference('absence', a.missing, b.missing),
  ];
  return found.map((one) => ({ ...one, event }));
}

function settingDifference(setting: Setting, before: unknown, after: unknown): readonly SettingDifference[] {
  if (sameTree(before, after)) return [];
  const said = { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
  return [{ kind: 'setting', setting, ...said }];
}
