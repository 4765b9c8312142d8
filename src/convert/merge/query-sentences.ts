import type { Clash, SettingClash, TestClash } from '../../query/change/clash.ts';
import { differences } from '../../query/change/difference.ts';
import type { Predicate } from '../../query/query.ts';
import { asItIs, phraseOf, type Speller } from '../changes/phrases.ts';
import { clause } from '../compare/words.ts';

/** What does not go together in a query, as a sentence. */
export function clashSentence(clash: Clash, spelled: Speller = asItIs): string {
  return clash.kind === 'test' ? testSentence(clash, spelled) : settingSentence(clash);
}

function testSentence({ event, what, base, ours, theirs }: TestClash, spelled: Speller): string {
  const made = (before?: Predicate, after?: Predicate) => madeOf(before, after, spelled);
  const said = (where?: Predicate) => (where ? clause(spelled(where)) : 'nothing');
  const of =
    event === undefined ? '' : event === 'until' ? 'of what ends the sequence, ' : `of step ${event}, `;
  switch (what) {
    case 'changed':
      return `Upstream ${of}${made(base, theirs)}, and here it ${made(base, ours)}; it stays as it is here.`;
    case 'removed-here':
      return `Upstream ${of}${made(base, theirs)} in the part that was removed here (${said(base)}); it stays removed.`;
    case 'removed-there':
      return `Upstream ${of}removed the part (${said(base)}) that here ${made(base, ours)}; it stays as it is here.`;
    case 'added':
      return `Upstream ${of}now also names what is named here as well, and otherwise: ${said(theirs)}, and here ${said(ours)}; it stays as it is here.`;
    case 'replaced':
      return `Upstream ${of}put another test (${said(theirs)}) in the place of one for which here ${said(ours)} was put; it stays as it is here.`;
    case 'two-ways':
      return `Upstream ${of}${made(base, theirs)}, and here it ${made(base, ours)}; whether one counts within the other can not be told, and it stays as it is here.`;
    case 'nothing-left':
      return `Upstream ${of}${made(base, theirs)}, and here it ${made(base, ours)}; together they would leave nothing to ask for, and it stays as it is here.`;
    case 'too-large':
      return 'Upstream changed the query, and here it was changed as well, both so much that they are not put together; it stays as it is here.';
    default:
      return what satisfies never;
  }
}

/** Beyond so many, the others are counted. */
const most = 3;

/** What was made of a predicate: `now also matches …, and no longer excludes …`. */
function madeOf(before: Predicate | undefined, after: Predicate | undefined, spelled: Speller): string {
  if (before === undefined || after === undefined) return 'changed';
  const phrases = differences(before, after).map((one) => phraseOf(one, spelled));
  if (phrases.length === 0) return 'was spelled anew';
  const shown = phrases.slice(0, most);
  if (phrases.length > most) shown.push(`changed ${phrases.length - most} other parts`);
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

const names = {
  shape: 'shape of the query',
  indices: 'indices that the query names',
  category: 'category of events',
  keys: 'keys',
  time: 'maxspan',
  repeats: 'number of runs',
  absence: 'absence',
  end: 'event that ends the sequence',
  steps: 'steps of the query',
  stages: 'commands behind the query',
} as const satisfies Record<SettingClash['setting'], string>;

function settingSentence({ setting, event, base, ours, theirs }: SettingClash): string {
  const of =
    event === undefined ? '' : event === 'until' ? ' of what ends the sequence' : ` of step ${event}`;
  const name = `the ${names[setting]}${of}`;
  if (setting === 'time') {
    const [was, its, mine] = [base, theirs, ours].map((time) => timeOf(time));
    return `Upstream changed ${name} from ${was} to ${its}, and here it was changed to ${mine}; it stays ${mine}.`;
  }
  return `Upstream changed ${name}, and here it was changed otherwise; it stays as it is here.`;
}

function timeOf(time: unknown): string {
  if (typeof time !== 'number') return 'none';
  return time % 60_000 === 0 ? `${time / 60_000}m` : `${time / 1000}s`;
}
