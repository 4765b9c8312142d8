import { isPlace } from './ends.ts';
import { type Expression, some } from './expression.ts';
import { refuse } from './print.ts';

/** How many alternatives an expression may become. */
export const mostAlternatives = 64;

type Items = readonly Expression[];

/** A sequence once for each way through the groups that anchors and boundaries stand in. */
export function expanded(items: Items): readonly Items[] {
  let lines: Expression[][] = [[]];
  for (const item of items) {
    const ways = waysOf(item);
    if (lines.length * ways.length > mostAlternatives)
      refuse(item, 'anchors or boundaries of words in too many alternatives');
    const [only] = ways;
    if (ways.length === 1) for (const line of lines) line.push(...only!);
    else lines = lines.flatMap((line) => ways.map((way) => [...line, ...way]));
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
      if (item.most === 0) return [[]];
      if (item.most !== 1) refuse(item, 'an anchor or a boundary of words in a repeat');
      return item.least === 1 ? waysOf(item.of) : [[], ...waysOf(item.of)];
    default:
      return [[item]];
  }
}
