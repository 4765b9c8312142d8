import { Failure } from '../../diagnostic/attempt.ts';
import { patternOfAffix } from '../../query/affix.ts';
import { not } from '../../query/build.ts';
import { isPattern } from '../../query/pattern.ts';
import type {
  CallOperand,
  Comparison,
  Equals,
  FieldOperand,
  LiteralOperand,
  Operand,
  Predicate,
  Value,
} from '../../query/query.ts';
import { named } from '../../query/text-function.ts';
import type { Span } from '../../source/source.ts';
import { mirrored } from '../mirrored.ts';
import { literalOf } from './fraction.ts';
import { readWildcards } from './literal.ts';
import type { ListWord } from './operators.ts';

/** `left operator right`: a plain test of a field against a literal, on whichever side; or a comparison. */
export function compare(one: Operand, operator: Comparison, other: Operand, span: Span): Predicate {
  const left = literalOf(one) ?? one;
  const right = literalOf(other) ?? other;
  if (left.kind === 'literal' && right.kind !== 'literal')
    return compare(right, mirrored[operator], left, span);
  const plain = left.kind === 'field' && right.kind === 'literal';
  const test = plain ? compareField(left, operator, right.value, span) : undefined;
  return test ?? { kind: 'compare', left, operator, right, span };
}

function compareField(
  field: FieldOperand,
  operator: Comparison,
  value: LiteralOperand['value'],
  span: Span,
): Predicate | undefined {
  switch (operator) {
    case '==':
      return equalTo(field, value, span);
    case '!=':
      return value === null ? { kind: 'exists', ...named(field), span } : not(equalTo(field, value, span));
    default:
      if (typeof value !== 'number' && typeof value !== 'string') return undefined;
      return { kind: 'range', ...named(field), operator, value, span };
  }
}

function equalTo(field: FieldOperand, value: LiteralOperand['value'], span: Span): Predicate {
  if (value === null) return not({ kind: 'exists', ...named(field), span });
  return equals(field, [asValue(value)], true, span);
}

/** A text that is all literal, its stars too. */
function asValue(value: string | number | boolean): Value {
  return typeof value === 'string' ? [value] : value;
}

/**
 * `left word (values)`. A field against literals is one plain test; anything else is a call by the name
 * of the word, the left side its first value. So is a list with null in it, which Elasticsearch passes
 * over rather than match a missing field by it.
 */
export function among(left: Operand, word: ListWord, values: readonly Operand[], span: Span): Predicate {
  const literals = values.map((value) => literalOf(value)?.value ?? null).filter((value) => value !== null);
  if (left.kind === 'field' && literals.length === values.length)
    return amongLiterals(left, word, literals, span);
  const { name, caseSensitive } = word;
  return { kind: 'call', name, caseSensitive, arguments: [left, ...values], span };
}

function amongLiterals(
  field: FieldOperand,
  { name, caseSensitive }: ListWord,
  values: readonly (string | number | boolean)[],
  span: Span,
): Predicate {
  switch (name) {
    case 'in':
      return equals(field, values.map(asValue), caseSensitive, span);
    case 'like':
      return equals(field, values.map(asWildcards), caseSensitive, span);
    case 'regex':
      return matches(field, values, caseSensitive, span);
    default:
      return name satisfies never;
  }
}

function asWildcards(value: string | number | boolean): Value {
  return typeof value === 'string' ? readWildcards(value) : value;
}

function matches(
  field: FieldOperand,
  values: readonly (string | number | boolean)[],
  caseSensitive: boolean,
  span: Span,
): Predicate {
  const patterns = values.filter((value) => typeof value === 'string');
  if (patterns.length < values.length) {
    const message = 'A regular expression is text in EQL, and this list has something else in it.';
    throw new Failure({ code: 'parse/bad-value', message, span });
  }
  return {
    kind: 'regex',
    ...named(field),
    patterns,
    quantifier: 'any',
    flavour: 'lucene',
    caseSensitive,
    span,
  };
}

/** Case counts for text alone; without any it is said one way, so that one test has one tree. */
function equals(field: FieldOperand, values: readonly Value[], caseSensitive: boolean, span: Span): Equals {
  const cased = caseSensitive || !values.some(isPattern);
  return { kind: 'equals', ...named(field), values, quantifier: 'any', caseSensitive: cased, span };
}

/** What a call says: a plain test where a field and literals allow one, a call by its name elsewhere. */
export function unfold(call: CallOperand, span: Span): Operand {
  const [field, ...values] = call.arguments;
  if (field?.kind !== 'field') return call;
  const texts = values.map((value) => (value.kind === 'literal' ? value.value : undefined));
  if (!texts.every((text) => typeof text === 'string')) return call;
  if (call.name === 'cidrMatch') return asTest({ kind: 'cidr', ...named(field), networks: texts, span });
  const value = patternOfAffix(call.name, texts[0]!);
  return value ? asTest(equals(field, [value], call.caseSensitive, span)) : call;
}

/** A value where a condition stands: `where flag` asks for true. */
export function asPredicate(operand: Operand, span: Span): Predicate {
  switch (operand.kind) {
    case 'test':
      return operand.of;
    case 'call':
      return { ...operand, span };
    case 'field':
      return equals(operand, [true], true, span);
    case 'literal': {
      const { value } = operand;
      if (typeof value === 'boolean') return { kind: 'constant', value };
      return {
        kind: 'compare',
        left: operand,
        operator: '==',
        right: { kind: 'literal', value: true },
        span,
      };
    }
    default:
      return operand satisfies never;
  }
}

/** A condition where a value stands. A call is one as it is; it has its place again once it is a condition. */
export function asTest(of: Predicate): Operand {
  if (of.kind !== 'call') return { kind: 'test', of };
  const { span: _, ...call } = of;
  return call;
}
