import { spell } from '../normal.ts';
import type { Operand, Predicate } from '../query.ts';
import { isFieldTest } from '../walk.ts';
import { spellValue, valuesOf } from './parts.ts';

/**
 * How likely it is that the second of two parts was made of the first, from 0 (another thing) to 1: tests of one field,
 * joins that share tests.
 */
export function likeness(a: Predicate, b: Predicate): number {
  if (a.kind === 'not' && b.kind === 'not') return likeness(a.of, b.of);
  if (isFieldTest(a) && isFieldTest(b)) {
    if (a.field !== b.field) return 0;
    return a.kind === b.kind ? 0.5 + 0.5 * shared(keysOf(a), keysOf(b)) : 0.4;
  }
  if (a.kind === 'nested' && b.kind === 'nested') return a.path === b.path ? 0.6 : 0;
  if (a.kind === 'compare' && b.kind === 'compare') return sameOperand(a.left, b.left) ? 0.6 : 0;
  if (a.kind === 'call' && b.kind === 'call') return a.name === b.name ? 0.3 + 0.3 * asksAlike(a, b) : 0;
  if (a.kind === 'free-text' && b.kind === 'free-text') return 0.3 + 0.7 * shared(keysOf(a), keysOf(b));
  const both = shared(keysOf(a), keysOf(b));
  return both === 0 ? 0 : 0.2 + 0.8 * both;
}

function asksAlike(a: { arguments: readonly Operand[] }, b: { arguments: readonly Operand[] }): number {
  const [mine, its] = [a.arguments[0], b.arguments[0]];
  return mine && its && sameOperand(mine, its) ? 1 : 0;
}

function sameOperand(a: Operand, b: Operand): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What share of all there is in both is in each. */
function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((key) => b.has(key)).length;
  return both === 0 ? 0 : both / (a.size + b.size - both);
}

const known = new WeakMap<Predicate, ReadonlySet<string>>();

/** A text for each value of each test in it. */
function keysOf(where: Predicate): ReadonlySet<string> {
  const before = known.get(where) ?? new Set(keysIn(where, ''));
  known.set(where, before);
  return before;
}

function* keysIn(where: Predicate, sign: string): Generator<string> {
  switch (where.kind) {
    case 'and':
    case 'or':
      for (const part of where.of) yield* keysIn(part, sign);
      break;
    case 'not':
      yield* keysIn(where.of, `${sign}!`);
      break;
    case 'nested':
      yield* keysIn(where.where, sign);
      break;
    default: {
      const values = valuesOf(where);
      const name = 'field' in where ? where.field : where.kind;
      if (values === undefined) yield `${sign}${spell(where)}`;
      else for (const value of values) yield `${sign}${name} ${spellValue(value)}`;
    }
  }
}
