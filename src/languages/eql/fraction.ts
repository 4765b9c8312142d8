import type { LiteralOperand, Operand } from '../../query/query.ts';
import { negation } from './operators.ts';

/**
 * A number with a point in it that is whole. Arithmetic of whole numbers drops the rest of a division,
 * so `7 / 2.0` has to stay another value than `7 / 2`; the tree has one kind of number, and EQL a
 * function that says the other.
 */
export function fraction(value: number): Operand {
  const text: LiteralOperand = { kind: 'literal', value: `${value}.0` };
  return { kind: 'call', name: 'number', caseSensitive: true, arguments: [text] };
}

/** The literal that an operand is. Side by side with a field, `number("2.0")` is 2. */
export function literalOf(operand: Operand): LiteralOperand | undefined {
  if (operand.kind === 'literal') return operand;
  const value = fractionOf(operand);
  return value === undefined ? undefined : { kind: 'literal', value };
}

function fractionOf(operand: Operand): number | undefined {
  if (operand.kind !== 'call' || operand.name !== 'number' || operand.arguments.length > 1) return undefined;
  const [text] = operand.arguments;
  const isFraction = text?.kind === 'literal' && /^-?[0-9]{1,15}\.0$/.test(String(text.value));
  return isFraction ? Number(text.value) : undefined;
}

/** A value with a minus in front. */
export function negative(operand: Operand): Operand {
  const value = fractionOf(operand);
  if (value !== undefined) return fraction(-value);
  if (operand.kind === 'literal' && typeof operand.value === 'number') {
    return { kind: 'literal', value: -operand.value };
  }
  return { kind: 'call', name: negation, caseSensitive: true, arguments: [operand] };
}
