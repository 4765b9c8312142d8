import { hasWildcard, isPattern, plainText } from '../../../query/pattern.ts';
import type {
  Call,
  Cidr,
  Compare,
  Equals,
  Opaque,
  Operand,
  Pattern,
  Predicate,
  Range,
  Regex,
} from '../../../query/query.ts';
import type * as syntax from '../syntax.ts';
import { call, isNull, string } from './build.ts';
import { questionNames } from './functions.ts';
import { foldedRegex } from './letters.ts';
import { Loss } from './loss.ts';
import { searchExpression } from './matched.ts';
import { columnOf, literalExpression, operandExpression } from './operand.ts';
import type { FactsOf } from './prepare.ts';
import { readExpression } from './text.ts';
import { isKnownText, isTextual } from './typed.ts';
import { printWildcards } from './wildcards.ts';

export type Leaf = Exclude<Predicate, { kind: 'and' | 'or' | 'not' }>;

/** One test, as it was prepared, in ES|QL's words. It may be null where what it asks for is not there. */
export function testExpression(leaf: Leaf, factsOf: FactsOf): syntax.Expression {
  switch (leaf.kind) {
    case 'equals':
      return equalsExpression(leaf, factsOf);
    case 'range':
      return rangeExpression(leaf, factsOf);
    case 'regex':
      if (isTextual(factsOf(leaf.field).type)) return regexExpression(leaf);
      throw new Loss('loss/value-type', `${leaf.field} holds no texts and is tested with an expression`);
    case 'cidr':
      return cidrExpression(leaf, factsOf);
    case 'exists':
      return isNull(columnOf(leaf.field), true);
    case 'compare':
      return compareExpression(leaf);
    case 'call':
      return questionExpression(leaf);
    case 'constant':
      return { kind: 'boolean', value: leaf.value };
    case 'free-text':
      throw new Loss('loss/free-text', 'A search in every field names none');
    case 'nested':
      throw new Loss('loss/nested', `A search within one element of ${leaf.path} has no counterpart`);
    case 'opaque':
      return leaf.language === 'esql' ? readExpression(leaf.text) : searchOf(leaf);
    default:
      return leaf satisfies never;
  }
}

function rangeExpression({ field, operator, value }: Range, factsOf: FactsOf): syntax.Expression {
  const { type } = factsOf(field);
  if (typeof value === 'number' && type !== undefined && type !== 'number')
    throw new Loss('loss/value-type', `${field} holds no numbers and is compared with one`);
  if (typeof value === 'string' && type === 'number')
    throw new Loss('loss/value-type', `${field} holds numbers and is compared with a text`);
  return { kind: 'compare', left: columnOf(field), operator, right: literalExpression(value) };
}

/** A text is made an address first; one that is none is in no network. */
function cidrExpression({ field, networks }: Cidr, factsOf: FactsOf): syntax.Expression {
  const address = isKnownText(factsOf(field)) ? call('to_ip', columnOf(field)) : columnOf(field);
  return call('cidr_match', address, ...networks.map(string));
}

function searchOf(leaf: Opaque): syntax.Expression {
  const search = searchExpression(leaf);
  if (search) return search;
  throw new Loss('loss/language', `A part of the query is text of "${leaf.language}"`);
}

function equalsExpression({ field, values, caseSensitive }: Equals, factsOf: FactsOf): syntax.Expression {
  const name = columnOf(field);
  const texts = values.filter((value) => value !== null && isPattern(value));
  texts.forEach(refusePlaceholders);
  const { type } = factsOf(field);
  if (!isTextual(type) && texts.some(hasWildcard))
    throw new Loss('loss/wildcard', `${field} holds no texts and is tested with wildcards`);
  if (type === 'number' && texts.length > 0)
    throw new Loss('loss/value-type', `${field} holds numbers and is compared with a text`);
  if (type === 'number' && values.some((one) => typeof one === 'boolean'))
    throw new Loss('loss/value-type', `${field} holds numbers and is compared with a truth value`);
  const value = caseSensitive ? name : call('to_lower', name);
  if (texts.some(hasWildcard)) return like('like', value, texts.map(printWildcards));
  const literals = values.map((one) =>
    literalExpression(one !== null && isPattern(one) ? (plainText(one) ?? '') : one),
  );
  return same(value, literals);
}

function refusePlaceholders(value: Pattern): void {
  if (value.some((part) => typeof part === 'object' && 'placeholder' in part))
    throw new Loss('loss/placeholder', 'A value is a list that the site fills in');
}

function same(value: syntax.Expression, literals: readonly syntax.Expression[]): syntax.Expression {
  const [only, ...more] = literals;
  if (only && more.length === 0) return { kind: 'compare', left: value, operator: '==', right: only };
  return { kind: 'in', value, of: literals, negated: false };
}

function like(kind: 'like' | 'rlike', value: syntax.Expression, texts: readonly string[]): syntax.Expression {
  return { kind, value, patterns: texts.map(string), negated: false };
}

function regexExpression({
  field,
  patterns,
  flavour,
  caseSensitive,
  flags,
  quantifier,
}: Regex): syntax.Expression {
  if (flavour !== 'lucene' || flags !== undefined || (quantifier === 'all' && patterns.length > 1)) {
    throw new Loss('loss/regex-flavour', `The regular expression for ${field} is written for another engine`);
  }
  if (!caseSensitive) refuseUneven(patterns, `The expression for ${field}`);
  const name = columnOf(field);
  return like('rlike', caseSensitive ? name : call('to_lower', name), patterns);
}

/** Folded values are asked for what finds the same in them as in all, if case does not count. */
function refuseUneven(patterns: readonly string[], subject: string): void {
  if (patterns.some((text) => foldedRegex(text, 'lower') !== text))
    throw new Loss('loss/regex-flavour', `${subject} has a range of letters that case would change`);
}

function compareExpression({ left, operator, right }: Compare): syntax.Expression {
  const isOptional = (side: Operand) => side.kind === 'field' && side.optional === true;
  if (isOptional(left) && isOptional(right))
    throw new Loss('loss/comparison', 'Two fields are also alike where neither is there');
  if (operator !== '==' && operator !== '!=' && [left, right].some(hasNoOrder))
    throw new Loss('loss/comparison', 'What is true, false or nothing has no order');
  return { kind: 'compare', left: operandExpression(left), operator, right: operandExpression(right) };
}

function hasNoOrder(side: Operand): boolean {
  return side.kind === 'literal' && (side.value === null || typeof side.value === 'boolean');
}

/** `starts_with(a, b)`, `length(a) in (1, 2)`, `concat(a, b) like "x*"`; all in lower case where case does not count. */
function questionExpression({ name, arguments: given, caseSensitive }: Call): syntax.Expression {
  const [value, ...others] = given.map((operand) => {
    const expression = operandExpression(operand);
    return caseSensitive || operand.kind === 'literal' ? expression : call('to_lower', expression);
  });
  if (!value || others.length === 0) throw unknown(name);
  switch (name) {
    case 'in':
      return same(value, others);
    case 'like':
      return like('like', value, others.map(textOf));
    case 'regex': {
      const patterns = others.map(textOf);
      if (!caseSensitive) refuseUneven(patterns, 'An expression');
      return like('rlike', value, patterns);
    }
    case 'cidrMatch':
      return call('cidr_match', value, ...others.map(textOf).map(string));
    default: {
      const inEsql = questionNames.toEsql.get(name);
      if (inEsql === undefined || others.length > 1) throw unknown(name);
      return call(inEsql, value, ...others);
    }
  }
}

function textOf(node: syntax.Expression): string {
  if (node.kind !== 'string') throw new Loss('loss/function', 'A list holds what is no text');
  return node.value;
}

function unknown(name: string): Loss {
  return new Loss('loss/function', `The function ${name} has no counterpart`);
}
