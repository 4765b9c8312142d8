import { not } from '../../query/build.ts';
import type { Difference, SettingDifference, TestDifference } from '../../query/change/difference.ts';
import { isExclusion } from '../../query/change/parts.ts';
import { normalPredicate } from '../../query/normal.ts';
import { isPattern, plainText } from '../../query/pattern.ts';
import type { Aggregate, Bound, Operand, Predicate, Query, Stage, Step } from '../../query/query.ts';
import { clause } from '../compare/words.ts';

/** What a query does now that it did not do before, as what follows its name: `now also matches user.name "root"`. */
export function phraseOf(difference: Difference, spelled: Speller = asItIs): string {
  const place = placeOf(difference.event);
  if (difference.kind === 'setting') return `${place}${settingPhrase(difference)}`;
  const within = difference.within ? `where ${bare(spelled(difference.within))}, ` : '';
  return `${place}${within}${testPhrase(difference, spelled)}`;
}

/** Gives a predicate in normal form the letters that its authors wrote. */
export type Speller = (where: Predicate) => Predicate;

export function asItIs(where: Predicate): Predicate {
  return where;
}

/** A clause that stands for itself needs no parentheses. */
function bare(where: Predicate): string {
  const said = clause(where);
  return where.kind === 'and' || where.kind === 'or' ? said.slice(1, -1) : said;
}

function placeOf(event: Difference['event']): string {
  if (event === undefined) return '';
  return event === 'until' ? 'what ends the sequence ' : `step ${event} `;
}

function testPhrase({ what, where, before }: TestDifference, spelled: Speller): string {
  const asked = bare(spelled(where));
  if (before) return `now asks that ${asked} where it asked that ${bare(spelled(before))}`;
  const isTaken = isExclusion(where);
  const excluded = () => things(spelled(normalPredicate(not(where))));
  switch (what) {
    case 'asks':
      return isTaken ? `now also excludes ${excluded()}` : `now also asks that ${asked}`;
    case 'omits':
      return isTaken ? `no longer excludes ${excluded()}` : `no longer asks that ${asked}`;
    case 'takes':
      return `now also matches ${things(spelled(where))}`;
    case 'leaves':
      return `no longer matches ${things(spelled(where))}`;
    default:
      return what satisfies never;
  }
}

/** `process.name "a.exe" or "b.exe"`; what is no plain list of values is a clause. */
export function things(where: Predicate): string {
  const isPlain =
    where.kind === 'equals' &&
    where.quantifier === 'any' &&
    where.values.length <= 5 &&
    where.values.every((value) => value !== null && (!isPattern(value) || plainText(value) !== undefined));
  const said = bare(where);
  return isPlain ? said.replace(`${where.field} is `, `${where.field} `) : `where ${said}`;
}

function settingPhrase({ setting, before, after }: SettingDifference): string {
  switch (setting) {
    case 'time':
      return `its time went from ${timeOf(before)} to ${timeOf(after)}`;
    case 'keys':
      return `its keys went from ${keysOf(before)} to ${keysOf(after)}`;
    case 'category':
      return `its category went from ${before ?? 'any'} to ${after ?? 'any'}`;
    case 'repeats':
      return `is asked for ${after} times where it was ${before}`;
    case 'absence':
      return after === true ? 'must now be missing' : 'must now be there';
    case 'end':
      if (before === undefined) return `now ends where ${stepOf(after)}`;
      return after === undefined ? `no longer ends where ${stepOf(before)}` : 'ends otherwise';
    case 'steps':
      return after === undefined ? `was removed (${stepOf(before)})` : `was added (${stepOf(after)})`;
    case 'indices':
      return `names other indices to search (${listOf(after)} where it was ${listOf(before)})`;
    case 'stages':
      return stagesPhrase(before as readonly Stage[], after as readonly Stage[]);
    case 'shape':
      return isOneKind(before, after) ? 'joins its events otherwise' : 'is a query of another shape';
    default:
      return setting satisfies never;
  }
}

function isOneKind(before: unknown, after: unknown): boolean {
  return (before as Query['find']).kind === (after as Query['find']).kind;
}

/** Of one count that has become another, what is otherwise. */
function stagesPhrase(before: readonly Stage[], after: readonly Stage[]): string {
  const [was, is] = [before[0], after[0]];
  const areCounts =
    before.length === 1 && after.length === 1 && was?.kind === 'aggregate' && is?.kind === 'aggregate';
  if (!areCounts) return 'has other commands behind its tests';
  const said: string[] = [];
  const measure = measureOf(is);
  if (measureOf(was) !== measure) said.push(`measures ${measure} where it measured ${measureOf(was)}`);
  if (boundOf(was.keep) !== boundOf(is.keep))
    said.push(`asks that ${measure} is ${boundOf(is.keep)} where it was ${boundOf(was.keep)}`);
  if (was.least !== is.least)
    said.push(`asks for ${is.least ?? 1} events or more where it was ${was.least ?? 1}`);
  if (was.by.join() !== is.by.join())
    said.push(`counts by ${is.by.join(', ') || 'nothing'} where it was ${was.by.join(', ') || 'nothing'}`);
  if (was.within !== is.within) said.push(`its time went from ${timeOf(was.within)} to ${timeOf(is.within)}`);
  return said.join(' and ') || 'measures its events otherwise';
}

function measureOf({ measure, field }: Aggregate): string {
  if (measure === 'count') return 'the number of events';
  return measure === 'count-distinct' ? `the number of values of ${field}` : `the ${measure} of ${field}`;
}

function boundOf(bound: Bound | undefined): string {
  if (bound === undefined) return 'anything';
  return `${bound.operator} ${bound.value}${bound.and ? ` and ${boundOf(bound.and)}` : ''}`;
}

function stepOf(step: unknown): string {
  return bare((step as Step).where);
}

function listOf(names: unknown): string {
  return (names as readonly string[]).join(', ') || 'none';
}

function keysOf(keys: unknown): string {
  const names = (keys as readonly Operand[]).map((key) =>
    key.kind === 'field' ? key.field : 'an expression',
  );
  return names.join(', ') || 'none';
}

/** `5m`, `90s`; none where no time is set. */
function timeOf(time: unknown): string {
  if (typeof time !== 'number') return 'none';
  const unit = (
    [
      ['d', 86_400_000],
      ['h', 3_600_000],
      ['m', 60_000],
      ['s', 1000],
    ] as const
  ).find(([, length]) => time % length === 0);
  return unit ? `${time / unit[1]}${unit[0]}` : `${time}ms`;
}
