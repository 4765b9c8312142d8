import { anything, type Expression, isAnything, itemsOf, mapParts, sequence } from './expression.ts';

/** The expression to search for that finds something where this one matches the whole value. */
export function searchOf(whole: Expression): Expression {
  const tree = spelledOut(whole);
  if (tree.kind === 'alternation')
    return anchored([{ kind: 'group', of: tree, captures: false }], true, true);
  const items = itemsOf(tree);
  // `.*x.*` asks for x somewhere; that is what a search does without being asked.
  const isOpenBefore = items.length > 1 && isAnything(items[0]);
  const isOpenBehind = items.length > (isOpenBefore ? 2 : 1) && isAnything(items.at(-1));
  const inner = items.slice(isOpenBefore ? 1 : 0, isOpenBehind ? -1 : undefined);
  return anchored(inner, !isOpenBefore, !isOpenBehind);
}

/** What only Lucene has a sign for. */
function spelledOut(node: Expression): Expression {
  if (node.kind === 'any-string') return anything;
  return node.kind === 'sequence' ? sequence(node.of.map(spelledOut)) : mapParts(node, spelledOut);
}

function anchored(items: readonly Expression[], before: boolean, behind: boolean): Expression {
  return sequence([
    ...(before ? [{ kind: 'anchor', at: 'start' } as const] : []),
    ...items,
    ...(behind ? [{ kind: 'anchor', at: 'end' } as const] : []),
  ]);
}
