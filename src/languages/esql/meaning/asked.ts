import { and, never, not, or } from '../../../query/build.ts';
import type { Predicate } from '../../../query/query.ts';
import type { Expression, Join } from '../syntax.ts';
import { calledTruth } from './called.ts';
import { among, compared, fieldsOf } from './compared.ts';
import { constantOf } from './constant.ts';
import { likeTruth } from './liked.ts';
import { matchTruth } from './matched.ts';
import { opaque } from './opaque.ts';
import { isOneField, scalarOf } from './scalar.ts';
import { negated, presences, strict, type Truth, total, unknown } from './truth.ts';

/**
 * Where a condition is true, or where it is false, in two values. ES|QL has three: what is null is neither, and
 * `where` keeps what is true.
 */
export function asked(node: Expression, wanted: boolean): Predicate {
  switch (node.kind) {
    case 'and':
      return wanted ? and(allAsked(node, true)) : or(allAsked(node, false));
    case 'or':
      return wanted ? or(allAsked(node, true)) : noneOf(node);
    case 'not':
      return asked(node.of, !wanted);
    default: {
      const truth = truthOf(node);
      return wanted ? truth.yes : truth.no;
    }
  }
}

function allAsked({ of }: Join, wanted: boolean): readonly Predicate[] {
  return of.map((part) => asked(part, wanted));
}

/** `not (a == 1 or b == 2)`: both fields are there, and neither test holds. */
function noneOf(node: Join): Predicate {
  const { of } = node;
  const parts = of.map((part) => ({ part, truth: isJoin(part) ? undefined : truthOf(part) }));
  const plain = parts.flatMap(({ truth }) => (truth?.fields ? [truth] : []));
  if (plain.length < 2) return and(allAsked(node, false));
  const fields = new Set(plain.flatMap((truth) => [...(truth.fields ?? [])]));
  const others = parts.filter(({ truth }) => !truth?.fields).map(({ part }) => asked(part, false));
  return and([...presences(fields), not(or(plain.map(({ yes }) => yes))), ...others]);
}

function isJoin({ kind }: Expression): boolean {
  return kind === 'and' || kind === 'or' || kind === 'not';
}

const known = new WeakMap<Expression, Truth>();

/** What a test says, worked out once. What the tree has no words for is kept as text, its negation too. */
export function truthOf(node: Expression): Truth {
  const found = known.get(node) ?? readTruth(node) ?? unread(node);
  known.set(node, found);
  return found;
}

/** Only what is asked for becomes text: much of it may stand within what becomes text itself. */
function unread(node: Expression): Truth {
  const texts = new Map<boolean, Predicate>();
  const text = (wanted: boolean): Predicate => {
    const place = node.span && { span: node.span };
    const found = texts.get(wanted) ?? opaque(wanted ? node : { kind: 'not', of: node, ...place });
    texts.set(wanted, found);
    return found;
  };
  return {
    get yes() {
      return text(true);
    },
    get no() {
      return text(false);
    },
  };
}

function readTruth(node: Expression): Truth | undefined {
  switch (node.kind) {
    case 'and':
    case 'or':
    case 'not':
      return { yes: asked(node, true), no: asked(node, false) };
    case 'boolean':
      return total({ kind: 'constant', value: node.value });
    case 'null':
      return unknown;
    case 'column': {
      const { name: field, span } = node;
      if (!isOneField(field)) return undefined;
      const test = { kind: 'equals', field, values: [true], quantifier: 'any', caseSensitive: true } as const;
      return strict({ ...test, ...(span && { span }) }, [field]);
    }
    case 'compare':
      return (
        truthCompared(node.left, node.operator, node.right) ??
        compared(node.left, node.operator, node.right, node.span)
      );
    case 'in':
      return signed(among(node.value, node.of, node.span), node.negated);
    case 'is-null':
      return signed(nullness(node.value), node.negated);
    case 'like':
    case 'rlike':
      return signed(likeTruth(node), node.negated);
    case 'match':
      return matchTruth(node);
    case 'call':
      return calledTruth(node, { truthOf, nullness });
    case 'cast':
      return constantOf(node)?.value === null ? unknown : undefined;
    default:
      return undefined;
  }
}

function signed(truth: Truth | undefined, isNegated: boolean): Truth | undefined {
  return truth && isNegated ? negated(truth) : truth;
}

/** `starts_with(f, "x") == true`: a test beside a constant answer. */
function truthCompared(left: Expression, operator: string, right: Expression): Truth | undefined {
  const [test, answer] = isTest(left) ? [left, right] : [right, left];
  if (!isTest(test) || answer.kind !== 'boolean' || (operator !== '==' && operator !== '!='))
    return undefined;
  const truth = truthOf(test);
  return answer.value === (operator === '==') ? truth : negated(truth);
}

const questions = new Set<Expression['kind']>([
  'and',
  'or',
  'not',
  'compare',
  'in',
  'is-null',
  'like',
  'rlike',
  'match',
]);

/** Whether an expression is true or false by its form; a call may be anything. */
function isTest(node: Expression): boolean {
  return (
    questions.has(node.kind) ||
    (node.kind === 'call' && scalarOf(node) === undefined && constantOf(node) === undefined)
  );
}

/** Where a value is null. */
function nullness(node: Expression): Truth | undefined {
  const constant = constantOf(node);
  if (constant) return total({ kind: 'constant', value: constant.value === null });
  if (node.kind === 'column') {
    if (!isOneField(node.name)) return undefined;
    return total(not({ kind: 'exists', field: node.name, ...(node.span && { span: node.span }) }));
  }
  const scalar = scalarOf(node);
  if (scalar) return isSound(node) ? isMissing(fieldsOf([scalar.operand])) : undefined;
  const fields = isTest(node) && !isJoin(node) ? truthOf(node).fields : undefined;
  return fields && isMissing(fields);
}

function isMissing(fields: Iterable<string>): Truth {
  const missing = presences(fields).map(not);
  return total(missing.length === 0 ? never : or(missing));
}

/** Arithmetic may come to nothing, as a division by zero does. */
function isSound(node: Expression): boolean {
  if (node.kind === 'call') return node.arguments.every(isSound);
  return node.kind === 'column' || constantOf(node) !== undefined;
}
