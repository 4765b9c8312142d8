import { isPlace } from './ends.ts';
import {
  alternation,
  anything,
  type Expression,
  isAnything,
  isEmpty,
  itemsOf,
  repeat,
  sequence,
  some,
} from './expression.ts';
import type { Line } from './whole.ts';

/** A choice at an edge with an anchor in it, in one: `(^|\W)a(\W|$)` is `(.*\W)?a(\W.*)?` for the whole value. */
export function edgeOf(line: Line): Line {
  const first = line.items[0] && choiceOf(line.items[0], 'start');
  const opened: Line = first
    ? { ...line, items: [first, ...line.items.slice(1)], isOpenBefore: false }
    : line;
  const end = opened.items.at(-1);
  const last = end && choiceOf(end, 'end');
  return last ? { ...opened, items: [...opened.items.slice(0, -1), last], isOpenBehind: false } : opened;
}

function choiceOf(item: Expression, at: 'start' | 'end'): Expression | undefined {
  const choice = item.kind === 'group' ? item.of : item;
  if (choice.kind !== 'alternation' || !some(choice, isPlace)) return undefined;
  const sides = choice.of.map((part) => sideOf(itemsOf(part), at));
  if (!sides.every((side) => side !== undefined)) return undefined;
  const full = sides.filter((side) => !isEmpty(side));
  const all: Expression = { kind: 'group', of: alternation(full), captures: false };
  if (full.length === sides.length) return all;
  return full.length === 0 ? sequence([]) : repeat(all, 0, 1);
}

/** One of the choices: as it is where it stands at the anchor, with any text before or behind it elsewhere. */
function sideOf(items: readonly Expression[], at: 'start' | 'end'): Expression | undefined {
  const edge = at === 'start' ? items[0] : items.at(-1);
  const isAnchored = edge?.kind === 'anchor' && edge.at === at;
  const rest = !isAnchored ? items : at === 'start' ? items.slice(1) : items.slice(0, -1);
  if (rest.some((item) => some(item, isPlace))) return undefined;
  if (isAnchored || isAnything(edge)) return sequence(rest);
  return sequence(at === 'start' ? [anything, ...rest] : [...rest, anything]);
}
