import { always, and, never, not, or } from '../../../query/build.ts';
import type { Predicate } from '../../../query/query.ts';
import { Known } from './known.ts';

/**
 * The same condition without tests of presence that the tests beside them make needless: what stays of
 * `f is null or f != "x"`, once it is two-valued, is that f is not "x".
 */
export function simplify(where: Predicate): Predicate {
  return simpler(where, new Known());
}

function simpler(node: Predicate, known: Known): Predicate {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const parts = known.within(node.kind, node.of, (part) => {
        const left = simpler(part, known);
        return { left, made: left };
      });
      return joined(node.kind, parts);
    }
    case 'not': {
      const of = simpler(node.of, known);
      if (of.kind === 'constant') return of.value ? never : always;
      return of.kind === 'not' ? of.of : not(of);
    }
    case 'exists':
      return known.has(node.field) ? always : node;
    default:
      return node;
  }
}

function joined(kind: 'and' | 'or', parts: readonly Predicate[]): Predicate {
  const ends = kind === 'or';
  if (parts.some((part) => part.kind === 'constant' && part.value === ends)) return ends ? always : never;
  const kept = parts.filter((part) => part.kind !== 'constant');
  if (kept.length === 0) return ends ? never : always;
  return kind === 'and' ? and(kept) : or(kept);
}
