import type { Call, Compare, Operand, Range } from '../../query/query.ts';
import { loss, type Placed } from './failure.ts';
import { fieldOf, isExact, type Line, type Lines, lone, one } from './line.ts';
import { printPattern } from './literal.ts';

const orders = { '<': 'lt', '<=': 'lte', '>': 'gt', '>=': 'gte' } as const;

export function rangeLine(leaf: Range): Lines {
  const { value, operator } = leaf;
  if (typeof value === 'number' && isExact(value)) return one(lone(fieldOf(leaf), [orders[operator]], value));
  throw loss(
    'loss/comparison',
    `Sigma compares numbers, so a test for more or less than "${value}" was not written.`,
    leaf,
  );
}

const timeParts: ReadonlySet<string> = new Set(['minute', 'hour', 'day', 'week', 'month', 'year']);

/** `f|fieldref: g`, `f|hour|gte: 22` */
export function compareLine(leaf: Compare): Lines {
  const { left, operator, right } = leaf;
  if (left.kind === 'field' && right.kind === 'field' && operator === '==') {
    return one(reference(leaf, left.field, [], right.field));
  }
  const field = timeField(left);
  if (left.kind === 'call' && field !== undefined && right.kind === 'literal' && operator !== '!=') {
    const order = operator === '==' ? [] : [orders[operator]];
    if (typeof right.value === 'number' && isExact(right.value)) {
      return one(lone(fieldOf({ ...leaf, field }), [left.name, ...order], right.value));
    }
  }
  throw loss(
    'loss/comparison',
    'Sigma compares a field with a value or with another field, so this comparison was not written.',
    leaf,
  );
}

/** The field whose time of day, or of the year, an operand takes. */
function timeField(operand: Operand): string | undefined {
  if (operand.kind !== 'call' || !timeParts.has(operand.name)) return undefined;
  const [field, ...more] = operand.arguments;
  return field?.kind === 'field' && more.length === 0 ? field.field : undefined;
}

const ends: ReadonlyMap<string, string> = new Map([
  ['startsWith', 'startswith'],
  ['endsWith', 'endswith'],
  ['stringContains', 'contains'],
]);

/** `f|fieldref|startswith: g` */
export function callLine(leaf: Call): Lines {
  const [left, right, ...more] = leaf.arguments;
  const end = ends.get(leaf.name);
  if (end === undefined || left?.kind !== 'field' || right?.kind !== 'field' || more.length > 0) {
    throw loss('loss/function', `Sigma has no functions, so "${leaf.name}" cannot be said in it.`, leaf);
  }
  if (leaf.caseSensitive) {
    throw loss(
      'loss/case-sensitivity',
      'Sigma compares two fields without regard to case, so this was not written.',
      leaf,
    );
  }
  return one(reference(leaf, left.field, [end], right.field));
}

function reference(leaf: Placed, field: string, by: readonly string[], other: string): Line {
  if (other === '')
    throw loss('loss/field-name', 'The field has no name, so it cannot be said in Sigma.', leaf);
  const modifiers = ['fieldref', ...by];
  const values = [printPattern([other])];
  return { field: fieldOf({ ...leaf, field }), modifiers, values, quantifier: 'any', joins: 'any' };
}
