import { always, never } from './build.ts';
import { normalPredicate } from './normal.ts';
import type { Predicate } from './query.ts';
import { mapLeaves } from './walk.ts';

/** What a test becomes that can not be said: with it, whatever is left matches all it did, and maybe more. */
export function leftOut(positive: boolean): Predicate {
  return positive ? always : never;
}

/**
 * A predicate with some of its tests changed, and the constants that come of it taken in; everything else is left as
 * it stands. `positive` says whether a test stands under an even number of negations.
 */
export function weaken(
  where: Predicate,
  change: (leaf: Predicate, positive: boolean) => Predicate,
): Predicate {
  return withoutConstants(mapLeaves(where, change));
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
