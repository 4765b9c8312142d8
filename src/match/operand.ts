import { Failure } from '../diagnostic/attempt.ts';
import { compares } from '../query/bound.ts';
import type { Call, Compare, Operand, Predicate } from '../query/query.ts';
import { fieldsOf } from '../query/walk.ts';
import { combinations } from './combinations.ts';
import { call, type Intermediate, plainResult, type Result } from './function.ts';
import { type Occurrence, type Types, testOf } from './predicate.ts';
import { momentOf, order } from './value.ts';

/** What an operand stands for in an event: each value of a field, or null where there is none. */
export type Evaluation = (one: Occurrence) => readonly Result[];
type Workings = (one: Occurrence) => readonly Intermediate[];

export function evaluationOf(operand: Operand, types: Types): Evaluation {
  const evaluate = workingsOf(operand, types);
  return operand.kind === 'call' ? (one) => evaluate(one).map(plainResult) : (evaluate as Evaluation);
}

/** The same within a larger expression, where fractions are told from whole numbers. */
function workingsOf(operand: Operand, types: Types): Workings {
  switch (operand.kind) {
    case 'field':
      return ({ fields }) => fields.get(operand.field) ?? [null];
    case 'literal': {
      const value = [operand.value];
      return () => value;
    }
    case 'call':
      return resultOf(operand, types);
    case 'test': {
      const truth = truthOf(operand.of, types);
      return (one) => [truth(one)];
    }
    default:
      return operand satisfies never;
  }
}

/** A function of fields with many values gives one for each. */
function resultOf(
  { name, caseSensitive, arguments: given }: Pick<Call, 'name' | 'caseSensitive' | 'arguments'>,
  types: Types,
): Workings {
  if (call(name, caseSensitive, []) === undefined) {
    const message = `The function ${name} is not known here; no event was matched.`;
    throw new Failure({ code: 'match/unsupported', message });
  }
  const parts = given.map((part) => workingsOf(part, types));
  return (one) =>
    combinations(parts.map((part) => part(one))).map((values) => call(name, caseSensitive, values) ?? null);
}

type Truth = boolean | null;

/** A null where a truth is wanted is read as one that is compared with true. */
function truthWithin(of: Predicate, types: Types): (one: Occurrence) => Truth {
  const isNull = of.kind === 'compare' && isLiteral(of.left, null) && isLiteral(of.right, true);
  return isNull ? () => null : truthOf(of, types);
}

/** As a value, a test of what is not there is neither true nor false. */
function truthOf(of: Predicate, types: Types): (one: Occurrence) => Truth {
  switch (of.kind) {
    case 'and':
    case 'or': {
      const parts = of.of.map((part) => truthWithin(part, types));
      const ends = of.kind === 'or';
      return (one) => {
        const truths = parts.map((part) => part(one));
        return truths.includes(ends) ? ends : truths.includes(null) ? null : !ends;
      };
    }
    case 'not': {
      const part = truthWithin(of.of, types);
      return (one) => {
        const truth = part(one);
        return truth === null ? null : !truth;
      };
    }
    default: {
      const test = testOf(of, types);
      const isKnown = knownTest(of);
      return (one) => (isKnown(one) ? test(one) : null);
    }
  }
}

function knownTest(of: Predicate): (one: Occurrence) => boolean {
  if (of.kind !== 'range' && of.kind !== 'compare' && of.kind !== 'equals') return () => true;
  const fields = fieldsOf(of);
  const isEqual = of.kind === 'compare' && (of.operator === '==' || of.operator === '!=');
  const sides = of.kind === 'compare' && !isEqual ? [of.left, of.right] : [];
  const hasNull = sides.some((side) => isLiteral(side, null));
  return ({ fields: there }) => !hasNull && fields.every((field) => there.has(field));
}

function isLiteral(side: Operand, value: null | true): boolean {
  return side.kind === 'literal' && side.value === value;
}

export function compareTest({ left, operator, right }: Compare, types: Types): (one: Occurrence) => boolean {
  const [a, b] = [evaluationOf(left, types), evaluationOf(right, types)];
  const isNull = (side: Operand) => isLiteral(side, null);
  const isOptional = (side: Operand) => side.kind === 'field' && side.optional === true;
  const isAskedForNone = isNull(left) || isNull(right) || (isOptional(left) && isOptional(right));
  const same = (one: Occurrence) => a(one).some((x) => b(one).some((y) => equal(x, y, isAskedForNone)));
  switch (operator) {
    case '==':
      return same;
    case '!=':
      return (one) => !same(one);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return (one) =>
        a(one).some((x) =>
          b(one).some((y) => {
            const difference = x === null || y === null ? undefined : order(x, y);
            return difference !== undefined && compares(difference, operator, 0);
          }),
        );
    default:
      return operator satisfies never;
  }
}

function equal(a: Result, b: Result, isAskedForNone: boolean): boolean {
  if (a === null || b === null) return isAskedForNone && a === b;
  if (a === b) return true;
  const [left, right] = [momentOf(a), momentOf(b)];
  return left !== undefined && left === right;
}

/** A function that says yes or no. */
export function callTest(node: Call, types: Types): (one: Occurrence) => boolean {
  const results = resultOf(node, types);
  return (one) => results(one).includes(true);
}
