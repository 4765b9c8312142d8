import { normalPredicate } from './normal.ts';
import type { Predicate } from './query.ts';
import { mapLeaves } from './walk.ts';

/**
 * A predicate in which an expression that says no more than patterns do is a test for these: `[cC][mM][dD].*` is `cmd*`
 * without case. Languages without a word for case have to write it so, and others need not.
 */
export function withoutPlainExpressions(where: Predicate): Predicate {
  return mapLeaves(where, (leaf) => {
    if (leaf.kind !== 'regex') return leaf;
    const plain = normalPredicate(leaf);
    return plain.kind === 'equals' ? { ...plain, ...(leaf.span && { span: leaf.span }) } : leaf;
  });
}
