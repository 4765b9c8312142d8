import type { Operand } from '../../../query/query.ts';
import type * as syntax from '../syntax.ts';
import { call, column, number, string } from './build.ts';
import { negation, signNames, toEsqlPlaces, valueNames } from './functions.ts';
import { Loss } from './loss.ts';
import { isRisky } from './scalar.ts';

/** A value in ES|QL's words. */
export function operandExpression(operand: Operand): syntax.Expression {
  switch (operand.kind) {
    case 'field':
      return columnOf(operand.field);
    case 'literal':
      return literalExpression(operand.value);
    case 'call':
      return callExpression(operand.name, operand.arguments);
    case 'test':
      throw new Loss('loss/comparison', 'The answer to a test is used as a value');
    default:
      return operand satisfies never;
  }
}

/** Fields that a name with stars stands for can not be tested together. */
export function columnOf(field: string): syntax.Column {
  if (field === '' || field.includes('*'))
    throw new Loss('loss/field-name', `"${field}" is no name of one field`);
  return column(field);
}

export function literalExpression(value: string | number | boolean | null): syntax.Expression {
  switch (typeof value) {
    case 'string':
      return string(value);
    case 'boolean':
      return { kind: 'boolean', value };
    case 'number':
      if (!Number.isFinite(value)) throw new Loss('loss/value-type', 'A value is no number');
      return number(value);
    default:
      throw new Loss('loss/null', 'A value is compared with null');
  }
}

function callExpression(name: string, given: readonly Operand[]): syntax.Expression {
  const sign = signNames.toEsql.get(name);
  const [left, right, ...more] = given;
  if (sign && left && right && more.length === 0) {
    if (isRisky(sign, right)) throw new Loss('loss/function', 'A value is divided by what may be nothing');
    const [one, other] = [operandExpression(left), operandExpression(right)];
    return { kind: 'arithmetic', left: one, operator: sign, right: other };
  }
  // In front of a number a minus would be a part of it.
  if (name === negation && left && !right && left.kind !== 'literal')
    return { kind: 'sign', sign: '-', of: operandExpression(left) };
  if (name === 'substring') return pieceExpression(given);
  const inEsql = valueNames.toEsql.get(name);
  const fits = name === 'concat' ? given.length > 0 : given.length === 1;
  if (inEsql === undefined || !fits)
    throw new Loss('loss/function', `The function ${name} has no counterpart`);
  return call(inEsql, ...given.map(operandExpression));
}

function pieceExpression([text, ...places]: readonly Operand[]): syntax.Expression {
  const numbers = places.map((place) =>
    place.kind === 'literal' && typeof place.value === 'number' ? place.value : Number.NaN,
  );
  const [start = Number.NaN, end] = numbers;
  const inEsql = numbers.length <= 2 ? toEsqlPlaces(start, end) : undefined;
  if (!text || !inEsql)
    throw new Loss('loss/function', 'A piece of a text is taken by places that are counted otherwise');
  return call('substring', operandExpression(text), ...inEsql.map(number));
}
