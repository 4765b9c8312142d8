import { chance, oneOf } from './places.ts';
import type { WindowsEvent } from './recordings.ts';

/** An event with something else in it, and what was done to it. */
export interface Mutant {
  readonly event: WindowsEvent;
  readonly change: string;
}

/**
 * The event with one of these fields changed in every way there is, and with some two of them: what a rule still
 * finds and what it does not stand close to one another here. The same for the same, always.
 */
export function mutantsOf(event: WindowsEvent, fields: readonly string[], seed = 1): readonly Mutant[] {
  const there = fields.filter((field) => typeof event.said[field] === 'string');
  const one = there.flatMap((field) => changesOf(event.said[field] as string).map(applied(event, field)));
  const random = chance(seed);
  const two =
    there.length < 2 ? [] : Array.from({ length: 20 }, () => pairOf(oneOf(one, random), there, random));
  return [...one, ...two];
}

function pairOf(first: Mutant, fields: readonly string[], random: () => number): Mutant {
  const field = oneOf(fields, random);
  const text = first.event.said[field];
  if (typeof text !== 'string') return first;
  const second = applied(first.event, field)(oneOf(changesOf(text), random));
  return { ...second, change: `${first.change}, ${second.change}` };
}

const applied =
  (event: WindowsEvent, field: string) =>
  ([change, text]: readonly [string, string | undefined]): Mutant => {
    const { [field]: _, ...others } = event.said;
    const said = text === undefined ? others : { ...event.said, [field]: text };
    return { event: { ...event, said }, change: `${field} ${change}` };
  };

/** Pieces of a text are cut away at either end and in its middle; other texts are put before and behind. */
function changesOf(text: string): readonly (readonly [string, string | undefined])[] {
  const middle = Math.floor(text.length / 2);
  const changed: readonly (readonly [string, string | undefined])[] = [
    ['removed', undefined],
    ['nothing', '-'],
    ['other', 'C:\\Other\\other.bin'],
    ['upper', text.toUpperCase()],
    ['lower', text.toLowerCase()],
    ['without its first', text.slice(1)],
    ['without its last', text.slice(0, -1)],
    ['its first half', text.slice(0, middle)],
    ['its second half', text.slice(middle)],
    ['with more before', `x${text}`],
    ['with more behind', `${text}x`],
    ['with a quote behind', `${text}"`],
    ['without blanks', text.replaceAll(' ', '')],
    ['without backslashes', text.replaceAll('\\', '/')],
    ['without digits', text.replace(/\d/g, '')],
    ['twice', `${text} ${text}`],
  ];
  return changed.filter(([, to]) => to !== text && to !== '');
}
