import { type Characters, has, isSame, lineEnd } from './characters.ts';
import { firstOf, isNullable, lastOf } from './ends.ts';
import { type Anchor, anything, type Expression, repeat, sequence } from './expression.ts';
import { refuse } from './print.ts';
import type { Line } from './whole.ts';

const end: Expression = { kind: 'character', char: '\n' };
const upToLine = repeat(sequence([anything, end]), 0, 1);
const fromLine = repeat(sequence([end, anything]), 0, 1);

/** Without the anchors of lines, which are at a line end or where the value is; undefined if nothing can match. */
export function linesSettled(given: Line): Line | undefined {
  let line = given;
  for (;;) {
    const at = line.items.findIndex(isLineAnchor);
    if (at < 0) return line;
    const settled = settle(line, at, line.items[at] as Anchor);
    if (settled === undefined) return undefined;
    line = settled;
  }
}

function isLineAnchor(node: Expression): boolean {
  return node.kind === 'anchor' && (node.at === 'line-start' || node.at === 'line-end');
}

function settle(line: Line, at: number, anchor: Anchor): Line | undefined {
  const isStart = anchor.at === 'line-start';
  const items = line.items.filter((_, index) => index !== at);
  const beside = isStart ? line.items[at - 1] : line.items[at + 1];
  if (beside === undefined) return isStart ? fromStart(line, items) : toEnd(line, items);
  if (beside.kind === 'anchor' && beside.at === anchor.at) return { ...line, items };
  const set = isNullable(beside) ? undefined : isStart ? lastOf(beside) : firstOf(beside);
  const isEnd = set === undefined ? undefined : isLineEnd(set);
  if (isEnd === undefined) refuse(anchor, 'the edge of a line among its parts');
  return isEnd ? { ...line, items } : undefined;
}

function fromStart(line: Line, items: readonly Expression[]): Line {
  return { ...line, items: line.isOpenBefore ? [upToLine, ...items] : items, isOpenBefore: false };
}

function toEnd(line: Line, items: readonly Expression[]): Line {
  return { ...line, items: line.isOpenBehind ? [...items, fromLine] : items, isOpenBehind: false };
}

/** Whether all of a set are line ends, or none is; undefined if some are. */
function isLineEnd(set: Characters): boolean | undefined {
  if (!has(set, lineEnd[0]![0])) return false;
  return isSame(set, lineEnd) ? true : undefined;
}
