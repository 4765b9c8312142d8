import { always, never } from './build.ts';
import { normalPredicate } from './normal.ts';
import type { Predicate } from './query.ts';
import { mapLeaves } from './walk.ts';

/**
 * A predicate without the tests that can not be said. Each becomes `true` where it stands unnegated
 * and `false` under a negation, so what is left matches all it did, and maybe more; never less.
 */
export function weaken(where: Predicate, sayable: (leaf: Predicate) => boolean): Predicate {
  const weaker = mapLeaves(where, (leaf, positive) => (sayable(leaf) ? leaf : positive ? always : never));
  return withoutConstants(weaker);
}

/** The same predicate with its constants taken in, and everything else left as it stands. */
function withoutConstants(node: Predicate): Predicate {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const ends = node.kind === 'or';
      const parts = node.of.map(withoutConstants);
      if (parts.some((part) => part.kind === 'constant' && part.value === ends)) return ends ? always : never;
      const kept = parts.filter((part) => part.kind !== 'constant');
      if (kept.length === 0) return ends ? never : always;
      return kept.length === 1 ? kept[0]! : { kind: node.kind, of: kept };
    }
    case 'not': {
      const of = withoutConstants(node.of);
      return of.kind === 'constant' ? normalPredicate({ kind: 'not', of }) : { kind: 'not', of };
    }
    default:
      return node;
  }
}
