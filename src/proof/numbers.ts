import { dateOf, momentOf, numberOf } from '../match/value.ts';
import type { Part } from './values.ts';

/**
 * Numbers at every end that tests set, between each two of them, and beyond the last ones; whole ones where there are any. Where
 * the ends are moments or texts, moments and texts likewise.
 */
export function numbersNear(parts: readonly Part[]): readonly (number | string | boolean)[] {
  const said = parts.flatMap(endOf);
  const numbers = said.map((value) => numberOf(value)).filter((value) => value !== undefined);
  const moments = said.map((value) => momentOf(value)).filter((value) => value !== undefined);
  const texts = said.filter(
    (value): value is string =>
      typeof value === 'string' && numberOf(value) === undefined && dateOf(value) === undefined,
  );
  return [
    ...around(numbers, 1),
    ...around(moments, 1000).map((moment) => new Date(moment).toISOString()),
    ...texts.flatMap((text) => [text, `${text}0`, text.slice(0, -1), `${text}~`]),
  ];
}

function endOf(part: Part): readonly (string | number)[] {
  if (part.kind === 'range') return [part.range.value];
  if (part.kind === 'text') return [part.text];
  return part.kind === 'exactly' && typeof part.value === 'number' ? [part.value] : [];
}

function around(ends: readonly number[], step: number): readonly number[] {
  const sorted = [...new Set(ends)].sort((a, b) => a - b);
  const between = sorted.slice(1).map((end, at) => (sorted[at]! + end) / 2);
  const beside = sorted.flatMap((end) => [Math.floor(end + step), Math.ceil(end - step)]);
  // Beyond numbers so large that one more is none more.
  const beyond = sorted
    .filter((end) => !Number.isSafeInteger(Math.trunc(end)))
    .flatMap((end) => [end * 2, end / 2, 0]);
  return [...sorted, ...beside.filter(Number.isSafeInteger), ...beyond, ...between];
}
