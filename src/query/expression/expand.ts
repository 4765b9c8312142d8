import { isPlace } from './ends.ts';
import { type Expression, type Repeat, some } from './expression.ts';
import { refuse } from './print.ts';

/** How many alternatives an expression may become. */
export const mostAlternatives = 64;

/** How many things may stand in one of them. */
const longest = 20_000;

type Items = readonly Expression[];

/** A sequence once for each way through the groups that anchors and boundaries stand in. */
export function expanded(items: Items): readonly Items[] {
  let lines: Expression[][] = [[]];
  for (const item of items) {
    const ways = waysOf(item);
    if (lines.length * ways.length > mostAlternatives)
      refuse(item, 'anchors or boundaries of words in too many alternatives');
    const [only] = ways;
    if (ways.length === 1) for (const line of lines) for (const part of only!) line.push(part);
    else lines = lines.flatMap((line) => ways.map((way) => [...line, ...way]));
    if (lines.some((line) => line.length > longest))
      refuse(item, 'an anchor or a boundary of words repeated too often');
  }
  return lines;
}

function waysOf(item: Expression): readonly Items[] {
  if (isPlace(item) || !some(item, isPlace)) return [[item]];
  switch (item.kind) {
    case 'alternation':
      return item.of.flatMap(waysOf);
    case 'sequence':
      return expanded(item.of);
    case 'group':
      return waysOf(item.of);
    case 'repeat':
      return unrolled(item);
    default:
      return [[item]];
  }
}

/** How many times over a thing is written out. */
const mostTimes = 5;

function unrolled(item: Repeat): readonly Items[] {
  const { of, least, most = Number.POSITIVE_INFINITY } = item;
  if (most > mostTimes) refuse(item, 'an anchor or a boundary of words in a repeat');
  const times = Array.from({ length: most - least + 1 }, (_, more) => least + more);
  return times.flatMap((count) => expanded(Array.from({ length: count }, () => of)));
}
