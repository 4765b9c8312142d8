import type { Json } from '../../rule/json.ts';
import type { Versions } from '../../source/merge-pieces.ts';
import { isShort, listed, nameOf, valueText, verbOf } from '../changes/naming.ts';

type Said = Versions<Json | undefined>;

/** Both sides said another value. */
export function valueSentence(where: string, { base, ours, theirs }: Said): string {
  const name = `the ${nameOf(where)}`;
  const stays =
    ours === undefined ? 'stays removed' : isShort(ours) ? `stays ${valueText(ours)}` : 'stays as it is here';
  const upstream = changed(name, base, theirs, where);
  const here = changed('it', undefined, ours, where, base);
  return `Upstream ${upstream}, and here ${here}; it ${stays}.`;
}

/** `raised the severity from medium to critical`; with `it`, as what was done to it. */
function changed(
  name: string,
  from: Json | undefined,
  to: Json | undefined,
  where: string,
  was = from,
): string {
  const isIt = name === 'it';
  const verb = to === undefined ? 'removed' : was === undefined ? 'set' : verbOf(where, was, to);
  const subject = isIt ? `it was ${verb}` : `${verb} ${name}`;
  if (to === undefined || !isShort(to)) return subject;
  const origin = from !== undefined && isShort(from) ? ` from ${valueText(from)}` : '';
  return `${subject}${origin} to ${valueText(to)}`;
}

/** Both sides put other elements in the place of all there were, or took all away together. */
export function listSentence(where: string, { base, ours, theirs }: Versions<readonly Json[]>): string {
  const name = nameOf(where);
  const [come, gone] = [listed(missingIn(theirs, base)), listed(missingIn(base, theirs))];
  const upstream =
    come === '' ? `took ${gone} out of` : gone === '' ? `added ${come} to` : `replaced ${gone} by ${come} in`;
  return `Upstream ${upstream} the ${name}, and here they became ${listed(ours) || 'none'}; they stay as they are here.`;
}

function missingIn(list: readonly Json[], other: readonly Json[]): readonly Json[] {
  const there = new Set(other.map((value) => JSON.stringify(value)));
  return list.filter((value) => !there.has(JSON.stringify(value)));
}
