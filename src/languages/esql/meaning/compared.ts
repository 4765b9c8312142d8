import { and, never, or } from '../../../query/build.ts';
import type {
  Comparison,
  Equals,
  FieldOperand,
  LiteralOperand,
  Operand,
  Order,
  Predicate,
} from '../../../query/query.ts';
import { addFields } from '../../../query/walk.ts';
import type { Span } from '../../../source/source.ts';
import { mirrored } from '../../mirrored.ts';
import type { Expression } from '../syntax.ts';
import { constantOf, type Plain } from './constant.ts';
import { call } from './functions.ts';
import { isFolded } from './letters.ts';
import { type Scalar, scalarOf } from './scalar.ts';
import { negated, strict, type Truth, unknown } from './truth.ts';

/** `left operator right`; undefined for what the tree has no words for. */
export function compared(
  left: Expression,
  operator: Comparison,
  right: Expression,
  span: Span | undefined,
): Truth | undefined {
  const [one, other] = [constantOf(left), constantOf(right)];
  if (one?.value === null || other?.value === null) return unknown;
  if (one && !other) return compared(right, mirrored[operator], left, span);
  const value = scalarOf(left);
  if (!value || one) return undefined;
  return other
    ? withConstant(value, operator, other.value, span)
    : withScalar(value, operator, scalarOf(right), span);
}

function withConstant(
  scalar: Scalar,
  operator: Comparison,
  value: Exclude<Plain, null>,
  span: Span | undefined,
) {
  if (operator === '!=' || operator === '==') {
    const same = equal(scalar, [value], span);
    return operator === '==' ? same : same && negated(same);
  }
  if (typeof value === 'boolean' || scalar.fold) return undefined;
  const { operand } = scalar;
  if (operand.kind === 'field') return ranged(operand, operator, value, span);
  return comparison(operand, operator, { kind: 'literal', value }, span);
}

function ranged(
  { field }: FieldOperand,
  operator: Order,
  value: string | number,
  span: Span | undefined,
): Truth {
  return strict({ kind: 'range', field, operator, value, ...(span && { span }) }, [field]);
}

/** The value is one of these. What it can not be, once its case was folded, is none of them. */
export function equal(
  { operand, fold }: Scalar,
  values: readonly Exclude<Plain, null>[],
  span: Span | undefined,
): Truth {
  const fields = fieldsOf([operand]);
  const possible = values.filter((value) => typeof value !== 'string' || !fold || isFolded(value, fold));
  if (possible.length === 0) return strict(never, fields);
  const caseSensitive = fold === undefined;
  if (operand.kind === 'field') {
    const test: Equals = {
      kind: 'equals',
      field: operand.field,
      values: possible.map((value) =>
        typeof value === 'string' ? [fold ? value.toLowerCase() : value] : value,
      ),
      quantifier: 'any',
      caseSensitive,
      ...(span && { span }),
    };
    return strict(test, fields);
  }
  const literals = possible.map(
    (value): LiteralOperand => ({
      kind: 'literal',
      value: fold && typeof value === 'string' ? value.toLowerCase() : value,
    }),
  );
  const [only, ...more] = literals;
  if (caseSensitive && only && more.length === 0) return comparison(operand, '==', only, span);
  return strict({ ...call('in', [operand, ...literals], caseSensitive), ...(span && { span }) }, fields);
}

function withScalar(left: Scalar, operator: Comparison, right: Scalar | undefined, span: Span | undefined) {
  if (!right) return undefined;
  const operands = [left.operand, right.operand];
  if (left.fold || right.fold) {
    if (left.fold !== right.fold || (operator !== '==' && operator !== '!=')) return undefined;
    const same = strict({ ...call('in', operands, false), ...(span && { span }) }, fieldsOf(operands));
    return operator === '==' ? same : negated(same);
  }
  return comparison(left.operand, operator, right.operand, span);
}

function comparison(left: Operand, operator: Comparison, right: Operand, span: Span | undefined): Truth {
  const sign = operator === '!=' ? '==' : operator;
  const test: Predicate = { kind: 'compare', left, operator: sign, right, ...(span && { span }) };
  const truth = strict(test, fieldsOf([left, right]));
  return operator === '!=' ? negated(truth) : truth;
}

export function fieldsOf(operands: readonly Operand[]): ReadonlySet<string> {
  const fields = new Set<string>();
  for (const operand of operands) addFields(operand, fields);
  return fields;
}

/** `left in (values)`: true if one is equal, false if none is, null if one that is not equal is null. */
export function among(
  left: Expression,
  values: readonly Expression[],
  span: Span | undefined,
): Truth | undefined {
  const constants = values.map(constantOf);
  const scalar = constantOf(left) ? undefined : scalarOf(left);
  if (scalar && constants.every((constant) => constant !== undefined)) {
    const plain = constants.map(({ value }) => value).filter((value) => value !== null);
    const truth = plain.length === 0 ? unknown : equal(scalar, plain, span);
    return plain.length === constants.length ? truth : { yes: truth.yes, no: never };
  }
  const each = values.map((value) => compared(left, '==', value, span));
  if (!each.every((truth) => truth !== undefined)) return undefined;
  return { yes: or(each.map(({ yes }) => yes)), no: and(each.map(({ no }) => no)) };
}
