import { spellPredicate, spellTest } from '../../mapping/spell.ts';
import type { Operand, Predicate, Query } from '../../query/query.ts';
import { fieldsOfOperands, isFieldTest, mapLeaves, partsOf } from '../../query/walk.ts';
import type { Span } from '../../source/source.ts';

/** A test that a query makes of an event: the smallest thing that a ledger has a line for. */
export interface Leaf {
  readonly test: Predicate;
  /** The fields that it asks of; none where it asks of any. */
  readonly fields: readonly string[];
  /** Each thing that it asks for, by itself. */
  readonly asks: readonly string[];
  readonly span?: Span;
  /** Stands under an odd number of negations. */
  readonly isNegated: boolean;
}

/** The tests of a query in the order of its parts, and of the text within each. */
export function leavesOf(query: Query): readonly Leaf[] {
  const { find } = query;
  if (find.kind === 'opaque') return [];
  return partsOf(query).flatMap(({ where }) => leavesIn(where));
}

export function leavesIn(where: Predicate): readonly Leaf[] {
  const leaves: Leaf[] = [];
  mapLeaves(where, (test, positive) => {
    if (test.kind !== 'constant') leaves.push(leafOf(test, !positive));
    return test;
  });
  return leaves;
}

function leafOf(test: Predicate, isNegated: boolean): Leaf {
  const span = 'span' in test ? test.span : undefined;
  return { test, fields: fieldsIn(test), asks: asksOf(test), ...(span && { span }), isNegated };
}

function fieldsIn(test: Predicate): readonly string[] {
  if (isFieldTest(test)) return [test.field];
  if (test.kind === 'compare') return fieldsOfOperands([test.left, test.right]);
  return test.kind === 'call' ? fieldsOfOperands(test.arguments) : [];
}

function asksOf(test: Predicate): readonly string[] {
  if (isFieldTest(test)) return spellTest(test);
  if (test.kind === 'opaque') return [test.text];
  if (test.kind === 'call') return [test.name, ...test.arguments.flatMap(literalIn)];
  if (test.kind === 'compare') return [test.left, test.right].flatMap(literalIn);
  if (test.kind !== 'free-text') return [test.kind];
  return spellTest({ ...test, kind: 'equals', field: '' });
}

function literalIn(operand: Operand): readonly string[] {
  return operand.kind === 'literal' ? [String(operand.value)] : [];
}

/** A leaf for people, where its text is not at hand. */
export function spellLeaf({ test, asks, isNegated }: Leaf): string {
  const words = isFieldTest(test) ? spellPredicate(test) : asks.join(', ');
  return isNegated ? `not ${words}` : words;
}
