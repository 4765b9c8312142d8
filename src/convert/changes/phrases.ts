import { not } from '../../query/build.ts';
import type { Difference, SettingDifference, TestDifference } from '../../query/change/difference.ts';
import { isExclusion } from '../../query/change/parts.ts';
import { normalPredicate } from '../../query/normal.ts';
import { isPattern, plainText } from '../../query/pattern.ts';
import type { Operand, Predicate, Step } from '../../query/query.ts';
import { clause } from '../compare/words.ts';

/** What a query does now that it did not do before, as what follows its name: `now also matches user.name "root"`. */
export function phraseOf(difference: Difference): string {
  const place = placeOf(difference.event);
  if (difference.kind === 'setting') return `${place}${settingPhrase(difference)}`;
  const within = difference.within ? `, where ${clause(difference.within)}, ` : '';
  return `${place}${within === '' ? '' : `${within.slice(2)}`}${testPhrase(difference)}`;
}

function placeOf(event: Difference['event']): string {
  if (event === undefined) return '';
  return event === 'until' ? 'what ends the sequence ' : `step ${event} `;
}

function testPhrase({ what, where, before }: TestDifference): string {
  if (before) return `now asks that ${clause(where)} where it asked that ${clause(before)}`;
  const isTaken = isExclusion(where);
  const excluded = () => things(normalPredicate(not(where)));
  switch (what) {
    case 'asks':
      return isTaken ? `now also excludes ${excluded()}` : `now also asks that ${clause(where)}`;
    case 'omits':
      return isTaken ? `no longer excludes ${excluded()}` : `no longer asks that ${clause(where)}`;
    case 'takes':
      return `now also matches ${things(where)}`;
    case 'leaves':
      return `no longer matches ${things(where)}`;
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
  const said = clause(where);
  return isPlain ? said.replace(`${where.field} is `, `${where.field} `) : `what ${inWords(said)}`;
}

function inWords(said: string): string {
  return `is so: ${said}`;
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
      return 'has another condition over several events, or another last command';
    case 'shape':
      return 'is a query of another shape';
    default:
      return setting satisfies never;
  }
}

function stepOf(step: unknown): string {
  return clause((step as Step).where);
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
