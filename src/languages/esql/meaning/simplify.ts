import { always, and, never, not, or } from '../../../query/build.ts';
import type { And, Or, Predicate } from '../../../query/query.ts';
import { sameTree } from '../../../query/walk.ts';
import { Known } from './known.ts';
import { needsOf } from './needs.ts';

/**
 * The same condition without tests of presence that the tests beside them make needless: what stays of
 * `f is null or f != "x"`, once it is two-valued, is that f is not "x".
 */
export function simplify(where: Predicate): Predicate {
  let simplest = where;
  for (let round = 0; round < mostRounds; round += 1) {
    const next = simpler(simplest, new Known());
    if (sameTree(next, simplest)) return next;
    simplest = next;
  }
  return simplest;
}

/** What one round leaves may show the next one more; two do for all that people write. */
const mostRounds = 4;

function simpler(node: Predicate, known: Known): Predicate {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const parts = known.within(node.kind, withPresences(node), (part) => {
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
      if (known.has(node.field)) return always;
      return known.lacks(node.field) ? never : node;
    default:
      return settled(node, known);
  }
}

/**
 * What joins within a join ask to be there is asked once beside them: `(exists f and a) or (exists f and b)` in an
 * `and`, and the mirror of it in an `or`. What turns out to be needless goes again.
 */
function withPresences({ kind, of }: And | Or): readonly Predicate[] {
  const asked = new Set<string>();
  for (const part of of) {
    const { yes, no } = needsOf(part);
    if (isCompound(part)) for (const field of (kind === 'and' ? yes : no).there) asked.add(field);
  }
  const presences = [...asked].map((field): Predicate => ({ kind: 'exists', field }));
  return asked.size === 0 ? of : [...of, ...(kind === 'and' ? presences : presences.map(not))];
}

function isCompound(node: Predicate): boolean {
  return node.kind === 'and' || node.kind === 'or' || (node.kind === 'not' && isCompound(node.of));
}

/** A test of a field that is known to be missing has its answer. */
function settled(test: Predicate, known: Known): Predicate {
  const { yes, no } = needsOf(test);
  for (const field of yes.there) if (known.lacks(field)) return never;
  for (const field of no.there) if (known.lacks(field)) return always;
  return test;
}

function joined(kind: 'and' | 'or', parts: readonly Predicate[]): Predicate {
  const ends = kind === 'or';
  if (parts.some((part) => part.kind === 'constant' && part.value === ends)) return ends ? always : never;
  const kept = parts.filter((part) => part.kind !== 'constant');
  if (kept.length === 0) return ends ? never : always;
  return kind === 'and' ? and(kept) : or(kept);
}
