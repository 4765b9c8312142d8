import { boundariesSettled } from './boundary.ts';
import { edgeOf } from './edge.ts';
import { isNullable, isPlace } from './ends.ts';
import { expanded, mostAlternatives } from './expand.ts';
import {
  type Anchor,
  alternation,
  anything,
  type Expression,
  isAnything,
  itemsOf,
  sequence,
} from './expression.ts';
import { linesSettled } from './lines.ts';
import { refuse } from './print.ts';

/** One alternative of a search on its way: things one after the other, and whether more may stand before and behind. */
export interface Line {
  readonly items: readonly Expression[];
  readonly isOpenBefore: boolean;
  readonly isOpenBehind: boolean;
}

/**
 * The expression for whole values that matches where a search for this one finds something. Anchors and boundaries
 * of words are taken out: at the edges they say what may stand beside, within they hold or the alternative can not.
 * Fails with `loss/regex-flavour` where that takes more than going through the alternatives.
 */
export function wholeOf(tree: Expression): Expression {
  const alternatives = tree.kind === 'alternation' ? tree.of : [tree];
  const lines = alternatives.flatMap((one) => {
    const line = edgeOf({ items: itemsOf(one), isOpenBefore: true, isOpenBehind: true });
    return expanded(line.items).map((items): Line => ({ ...line, items }));
  });
  const settled = lines
    .flatMap((line) => anchorsSettled(line) ?? [])
    .flatMap((line) => boundariesSettled(line));
  if (settled.length > mostAlternatives) refuse(tree, 'too many alternatives once its anchors are taken out');
  return alternation(settled.map(filled));
}

/** With any text before and behind it, where that may stand. */
function filled({ items, isOpenBefore, isOpenBehind }: Line): Expression {
  const before = isOpenBefore && !isAnything(items[0]) ? [anything] : [];
  const all = [...before, ...items];
  return sequence(isOpenBehind && !isAnything(all.at(-1)) ? [...all, anything] : all);
}

function isAnchor(node: Expression, ...at: readonly Anchor['at'][]): boolean {
  return node.kind === 'anchor' && at.includes(node.at);
}

/** Without anchors; undefined if nothing can match, since something stands before the start or behind the end. */
function anchorsSettled(given: Line): Line | undefined {
  const from = given.items.findLastIndex((item) => isAnchor(item, 'start'));
  const before = leftOver(given.items.slice(0, Math.max(from, 0)), 'start');
  if (before === undefined) return undefined;
  const items = [...before, ...given.items.slice(from + 1)];
  const to = items.findIndex((item) => isAnchor(item, 'end'));
  const behind = to < 0 ? [] : leftOver(items.slice(to + 1), 'end');
  if (behind === undefined) return undefined;
  return linesSettled({
    items: [...items.slice(0, to < 0 ? undefined : to), ...behind],
    isOpenBefore: given.isOpenBefore && from < 0,
    isOpenBehind: given.isOpenBehind && to < 0,
  });
}

/** What is left of things that must be empty: what asks of a place, and takes no text. */
function leftOver(items: readonly Expression[], at: Anchor['at']): readonly Expression[] | undefined {
  if (!items.every(isNullable)) return undefined;
  return items.filter((item) => isPlace(item) && !isAnchor(item, at));
}
