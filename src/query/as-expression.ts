import { patternOfAffix } from './affix.ts';
import { never, not, or } from './build.ts';
import type {
  Call,
  CallOperand,
  Compare,
  Comparison,
  FieldOperand,
  LiteralOperand,
  Pattern,
  Predicate,
} from './query.ts';
import {
  concatenated,
  contained,
  cut,
  type Expressed,
  equals,
  fieldOf,
  named,
  ofLength,
  placed,
} from './text-function.ts';

export type { Expressed };

/**
 * A test by a function as a plain one that more languages have: `length(f) > 3` is an expression of four characters
 * or more, `indexOf(f, "a") == 0` a pattern. Undefined where no plain test asks the same of every event. A missing
 * field passes none of them, and all of their negations, as before.
 */
export function asExpression(node: Predicate): Expressed | undefined {
  if (node.kind === 'call') return ofCall(node);
  return node.kind === 'compare' ? ofCompare(node) : undefined;
}

type Literal = LiteralOperand['value'];

function ofCompare({ left, operator, right }: Compare): Expressed | undefined {
  if (left.kind !== 'call' || right.kind !== 'literal') return undefined;
  switch (operator) {
    case '==':
      return equalTo(left, right.value);
    case '!=': {
      const equal = equalTo(left, right.value);
      return equal && { ...equal, test: not(equal.test) };
    }
    default:
      return left.name === 'length' || left.name === 'indexOf'
        ? inOrder(left, operator, right.value)
        : undefined;
  }
}

function ofCall({ name, caseSensitive, arguments: [first, ...rest] }: Call): Expressed | undefined {
  const values = rest.map((one) => (one.kind === 'literal' ? one.value : undefined));
  if (first === undefined || !values.every((value) => value !== undefined)) return undefined;
  const field = fieldOf(first);
  if (name === 'in') {
    const known = values.filter((value) => value !== null);
    if (field && first.kind === 'field') return listed(field, known, caseSensitive);
    return first.kind === 'call' && caseSensitive
      ? anyOf(known.map((value) => equalTo(first, value)))
      : undefined;
  }
  const [text, ...more] = values;
  if (!field || typeof text !== 'string' || more.length > 0) return undefined;
  // Nothing is contained in no text, to Elasticsearch.
  if (name === 'stringContains' && text === '') return { test: never };
  const affix = patternOfAffix(name, text);
  return affix && { test: equals(field, affix, caseSensitive) };
}

function listed(field: FieldOperand, values: readonly NonNullable<Literal>[], cased: boolean): Expressed {
  if (values.length === 0) return { test: never };
  const asked = values.map((value) => (typeof value === 'string' ? ([value] as Pattern) : value));
  return {
    test: { kind: 'equals', ...named(field), values: asked, quantifier: 'any', caseSensitive: cased },
  };
}

function anyOf(tests: readonly (Expressed | undefined)[]): Expressed | undefined {
  if (tests.length === 0) return { test: never };
  if (!tests.every((one) => one !== undefined)) return undefined;
  const beside = tests.find((one) => one.beside !== undefined)?.beside;
  return { test: or(tests.map(({ test }) => test)), ...(beside !== undefined && { beside }) };
}

/** `function(f, …) == value`. */
function equalTo(call: CallOperand, value: Literal): Expressed | undefined {
  const field = fieldOf(call.arguments[0]);
  switch (call.name) {
    case 'length':
      return field && typeof value === 'number' ? ofLength(field, value, value) : undefined;
    case 'indexOf':
      return field && placed(field, call, value);
    case 'substring':
      return field && typeof value === 'string' ? cut(field, call, value) : undefined;
    case 'string': {
      const whole = fieldOf(call);
      return whole && typeof value === 'string' ? { test: equals(whole, [value], true) } : undefined;
    }
    case 'concat':
      return typeof value === 'string' ? concatenated(call, value) : undefined;
    default:
      return undefined;
  }
}

function inOrder(
  call: CallOperand,
  operator: Exclude<Comparison, '==' | '!='>,
  value: Literal,
): Expressed | undefined {
  const field = fieldOf(call.arguments[0]);
  if (!field || typeof value !== 'number') return undefined;
  const isLeast = operator === '>' || operator === '>=';
  const bound = isLeast
    ? operator === '>'
      ? Math.floor(value) + 1
      : Math.ceil(value)
    : operator === '<'
      ? Math.ceil(value) - 1
      : Math.floor(value);
  if (call.name === 'length')
    return isLeast ? ofLength(field, Math.max(bound, 0)) : ofLength(field, 0, bound);
  // A text that is found at all is found at 0 or later.
  if (!isLeast) return bound < 0 ? { test: never } : undefined;
  return bound <= 0 ? contained(field, call) : undefined;
}
