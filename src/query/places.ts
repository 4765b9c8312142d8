import { type Span, shift } from '../source/source.ts';
import type { Operand, Predicate, Query, Step } from './query.ts';

/** The same query with its places moved by an offset; without places where there is none to move them by. */
export function moved(query: Query, by: number | undefined): Query {
  if (by === 0) return query;
  return {
    ...query,
    find: moveFind(query.find, by),
    stages: query.stages.map((stage) => moveSpan(stage, by)),
  };
}

function moveFind(find: Query['find'], by: number | undefined): Query['find'] {
  switch (find.kind) {
    case 'filter':
      return { ...moveSpan(find, by), where: movePredicate(find.where, by) };
    case 'sequence': {
      const until = find.until && moveStep(find.until, by);
      return { ...moveSpan(find, by), ...moveSteps(find, by), ...(until && { until }) };
    }
    case 'sample':
      return { ...moveSpan(find, by), ...moveSteps(find, by) };
    case 'correlation':
      return {
        ...moveSpan(find, by),
        of: find.of.map((part) => ({ ...part, query: moved(part.query, by) })),
      };
    case 'opaque':
      return moveSpan(find, by);
    default:
      return find satisfies never;
  }
}

type Steps = { readonly by: readonly Operand[]; readonly steps: readonly Step[] };

function moveSteps({ by: keys, steps }: Steps, by: number | undefined): Steps {
  return {
    by: keys.map((key) => moveOperand(key, by)),
    steps: steps.map((step) => moveStep(step, by)),
  };
}

function moveStep(step: Step, by: number | undefined): Step {
  const keys = step.by.map((key) => moveOperand(key, by));
  return { ...moveSpan(step, by), where: movePredicate(step.where, by), by: keys };
}

function movePredicate(node: Predicate, by: number | undefined): Predicate {
  switch (node.kind) {
    case 'and':
    case 'or':
      return { kind: node.kind, of: node.of.map((part) => movePredicate(part, by)) };
    case 'not':
      return { kind: 'not', of: movePredicate(node.of, by) };
    case 'nested':
      return { ...moveSpan(node, by), where: movePredicate(node.where, by) };
    case 'compare': {
      const [left, right] = [moveOperand(node.left, by), moveOperand(node.right, by)];
      return { ...moveSpan(node, by), left, right };
    }
    case 'call':
      return { ...moveSpan(node, by), arguments: node.arguments.map((one) => moveOperand(one, by)) };
    case 'constant':
      return node;
    default:
      return moveSpan(node, by);
  }
}

/** Operands have no places, but for the tests within. */
function moveOperand(operand: Operand, by: number | undefined): Operand {
  switch (operand.kind) {
    case 'test':
      return { kind: 'test', of: movePredicate(operand.of, by) };
    case 'call':
      return { ...operand, arguments: operand.arguments.map((one) => moveOperand(one, by)) };
    case 'field':
    case 'literal':
      return operand;
    default:
      return operand satisfies never;
  }
}

function moveSpan<T extends { readonly span?: Span }>(node: T, by: number | undefined): T {
  if (node.span === undefined) return node;
  if (by !== undefined) return { ...node, span: shift(node.span, by) };
  const { span: _, ...rest } = node;
  return rest as T;
}
