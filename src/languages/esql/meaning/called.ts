import { never } from '../../../query/build.ts';
import { many, pattern } from '../../../query/pattern.ts';
import type { Cidr, Equals, Pattern, Predicate } from '../../../query/query.ts';
import type { Call, Expression } from '../syntax.ts';
import { fieldsOf } from './compared.ts';
import { constantOf } from './constant.ts';
import { call, questionNames } from './functions.ts';
import { isFolded } from './letters.ts';
import { searchTruth } from './matched.ts';
import { isOneField, type Scalar, scalarOf } from './scalar.ts';
import { negated, strict, type Truth, total, unknown } from './truth.ts';
import { isAnything } from './wildcards.ts';

/** How what stands within a call is read. */
interface Reading {
  readonly truthOf: (node: Expression) => Truth;
  readonly nullness: (node: Expression) => Truth | undefined;
}

/** What a function says that answers true or false; undefined for one that is not known here. */
export function calledTruth(node: Call, { truthOf, nullness }: Reading): Truth | undefined {
  const name = node.name.toLowerCase();
  const [first, second, ...more] = node.arguments;
  if (!first || (node.options && !/^(?:match|kql|qstr)/.test(name))) return undefined;
  switch (name) {
    case 'cidr_match':
      return networkTruth(node);
    case 'starts_with':
    case 'ends_with':
    case 'contains':
      return second && more.length === 0 ? affixTruth(node, name, first, second) : undefined;
    case 'mv_contains':
      return second && more.length === 0 ? heldTruth(node, first, second) : undefined;
    case 'coalesce':
      return second?.kind === 'boolean' && more.length === 0
        ? settled(truthOf(first), second.value)
        : undefined;
    case 'is_null':
    case 'is_not_null': {
      const truth = second ? undefined : nullness(first);
      return truth && name === 'is_not_null' ? negated(truth) : truth;
    }
    default:
      return searchTruth(node);
  }
}

/** `coalesce(test, false)`: what is null counts as the answer. */
function settled({ yes, no }: Truth, answer: boolean): Truth {
  return answer ? negated(total(no)) : total(yes);
}

/** An address may be made of a text first. */
function networkTruth(node: Call): Truth | undefined {
  const [address, ...given] = node.arguments;
  const networks = given.map((network) => constantOf(network)?.value);
  const isMade = address?.kind === 'call' && address.name.toLowerCase() === 'to_ip';
  const scalar = address && scalarOf(isMade ? (address.arguments[0] ?? address) : address);
  if (!scalar || scalar.fold || networks.length === 0) return undefined;
  if (networks.includes(null) || !networks.every((network) => typeof network === 'string')) return undefined;
  const { operand } = scalar;
  const place = node.span && { span: node.span };
  if (operand.kind !== 'field') {
    const literals = networks.map((value) => ({ kind: 'literal', value }) as const);
    return strict({ ...call('cidrMatch', [operand, ...literals]), ...place }, fieldsOf([operand]));
  }
  const test: Cidr = { kind: 'cidr', field: operand.field, networks, ...place };
  return strict(test, [operand.field]);
}

type Affix = 'starts_with' | 'ends_with' | 'contains';

function affixTruth(node: Call, name: Affix, text: Expression, part: Expression): Truth | undefined {
  const [value, constant] = [scalarOf(text), constantOf(part)];
  if (constantOf(text)?.value === null || constant?.value === null) return unknown;
  if (!value || value.operand.kind === 'literal') return undefined;
  if (typeof constant?.value === 'string') return plainAffix(node, name, value, constant.value);
  const other = scalarOf(part);
  if (!other || value.fold !== other.fold) return undefined;
  const operands = [value.operand, other.operand];
  return strict(question(node, name, operands, value.fold === undefined), fieldsOf(operands));
}

function plainAffix(node: Call, name: Affix, { operand, fold }: Scalar, text: string): Truth {
  const fields = fieldsOf([operand]);
  if (fold && !isFolded(text, fold)) return strict(never, fields);
  const part = fold ? text.toLowerCase() : text;
  const cased = fold === undefined;
  if (operand.kind !== 'field')
    return strict(question(node, name, [operand, { kind: 'literal', value: part }], cased), fields);
  const value = affixed(name, part);
  const place = node.span && { span: node.span };
  // Every text begins with the empty one.
  if (isAnything(value)) return strict({ kind: 'exists', field: operand.field, ...place }, fields);
  return strict(equals(node, operand.field, value, cased), fields);
}

function affixed(name: Affix, text: string): Pattern {
  return pattern([...(name === 'starts_with' ? [] : [many]), text, ...(name === 'ends_with' ? [] : [many])]);
}

function question(
  { span }: Call,
  name: Affix,
  operands: readonly Scalar['operand'][],
  cased: boolean,
): Predicate {
  return { ...call(questionNames.toTree.get(name) ?? name, operands, cased), ...(span && { span }) };
}

/** `mv_contains(f, "x")`: one of the values is it, and a field without any has not. */
function heldTruth(node: Call, field: Expression, held: Expression): Truth | undefined {
  const value = constantOf(held)?.value;
  if (field.kind !== 'column' || !isOneField(field.name)) return undefined;
  if (value === undefined || value === null) return undefined;
  return total(equals(node, field.name, typeof value === 'string' ? [value] : value, true));
}

function equals(
  { span }: Call,
  field: string,
  value: Equals['values'][number],
  caseSensitive: boolean,
): Equals {
  return { kind: 'equals', field, values: [value], quantifier: 'any', caseSensitive, ...(span && { span }) };
}
