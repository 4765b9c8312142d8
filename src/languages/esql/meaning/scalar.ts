import type { Operand } from '../../../query/query.ts';
import type { Call, Expression } from '../syntax.ts';
import { constantOf } from './constant.ts';
import { call, negation, signNames, toTreePlaces, valueNames } from './functions.ts';
import type { Fold } from './letters.ts';

/** A value that is asked of an event, and what its case goes through last. */
export interface Scalar {
  readonly operand: Exclude<Operand, { kind: 'test' }>;
  readonly fold?: Fold;
}

/** A value in the words of the tree; undefined for what it has no words for. Null is not one of its values. */
export function scalarOf(node: Expression): Scalar | undefined {
  if (node.kind === 'call' && node.arguments.length === 1 && node.options === undefined) {
    const fold = foldOf(node.name);
    const of = fold && scalarOf(node.arguments[0]!);
    if (fold) return of && { operand: of.operand, fold };
  }
  const operand = operandOf(node);
  return operand && { operand };
}

function foldOf(name: string): Fold | undefined {
  const lower = name.toLowerCase();
  if (lower === 'to_lower') return 'lower';
  return lower === 'to_upper' ? 'upper' : undefined;
}

/** In the tree a name with stars is that of several fields, and here a star is a letter like others. */
export function isOneField(name: string): boolean {
  return !name.includes('*');
}

function operandOf(node: Expression): Scalar['operand'] | undefined {
  const constant = constantOf(node);
  // The tree does not tell 2.0 from 2, and arithmetic does.
  if (constant)
    return constant.value === null || constant.isFraction
      ? undefined
      : { kind: 'literal', value: constant.value };
  switch (node.kind) {
    case 'column':
      return isOneField(node.name) ? { kind: 'field', field: node.name } : undefined;
    case 'sign': {
      const of = operandOf(node.of);
      return node.sign === '+' ? of : of && call(negation, [of]);
    }
    case 'arithmetic': {
      const [left, right] = [operandOf(node.left), operandOf(node.right)];
      if (isRisky(node.operator, right)) return undefined;
      const name = [...signNames.toEsql].find(([, sign]) => sign === node.operator)?.[0];
      return left && right && name !== undefined ? call(name, [left, right]) : undefined;
    }
    case 'call':
      return callOf(node);
    default:
      return undefined;
  }
}

/** What is divided by nothing is null, and the tree asks of a value only whether its fields are there. */
export function isRisky(sign: string, by: Operand | undefined): boolean {
  return (sign === '/' || sign === '%') && !(by?.kind === 'literal' && by.value !== 0);
}

function callOf({ name, arguments: given, options }: Call): Scalar['operand'] | undefined {
  const inTree = valueNames.toTree.get(name.toLowerCase());
  const operands = given.map(operandOf);
  if (inTree === undefined || options || given.length === 0) return undefined;
  if (!operands.every((operand) => operand !== undefined)) return undefined;
  if (inTree !== 'concat' && inTree !== 'substring' && operands.length !== 1) return undefined;
  return inTree === 'substring' ? pieceOf(operands) : call(inTree, operands);
}

function pieceOf([text, ...places]: readonly Scalar['operand'][]): Scalar['operand'] | undefined {
  const numbers = places.map((place) => (place.kind === 'literal' ? place.value : undefined));
  const [start, length] = numbers;
  if (!text || numbers.length > 2 || typeof start !== 'number') return undefined;
  if (length !== undefined && typeof length !== 'number') return undefined;
  const inTree = numbers.length === 1 || length !== undefined ? toTreePlaces(start, length) : undefined;
  return inTree && call('substring', [text, ...inTree.map((value) => ({ kind: 'literal', value }) as const)]);
}
