import { patternOfAffix } from '../../../query/affix.ts';
import { and, never, not, or } from '../../../query/build.ts';
import type { FieldFacts } from '../../../query/facts.ts';
import type { Call, Compare, Operand, Predicate, Regex } from '../../../query/query.ts';
import { toLucene } from '../../../query/regex.ts';
import { mirrored } from '../../mirrored.ts';
import { foldedRegex } from './letters.ts';
import { preparedEquals } from './prepare-values.ts';
import { typedBound } from './typed.ts';

export type FactsOf = (field: string) => FieldFacts;

/**
 * The same test in parts that ES|QL has one test for each: values of one type, wildcards or none, letters in lower
 * case where case does not count. This is also how it reads back.
 */
export function prepared(leaf: Predicate, factsOf: FactsOf): Predicate {
  switch (leaf.kind) {
    case 'equals':
      return preparedEquals(leaf, factsOf(leaf.field));
    case 'range':
      return { ...leaf, value: typedBound(leaf, factsOf(leaf.field).type) };
    case 'regex':
      return preparedRegex(leaf, factsOf(leaf.field));
    case 'cidr':
      return leaf.networks.length === 0 ? never : leaf;
    case 'compare':
      return preparedCompare(leaf, factsOf);
    case 'call':
      return preparedCall(leaf, factsOf);
    default:
      return leaf;
  }
}

/** Expressions of Lucene's; those that can not be put so stay as they are, and are told of. */
function preparedRegex(test: Regex, facts: FieldFacts): Predicate {
  const { field, patterns, quantifier, span } = test;
  if (patterns.length === 0) return never;
  const parts = patterns.map((text) => regexOf(test, text, facts));
  if (parts.some((part) => part === undefined)) return test;
  const plain = (text: string, caseSensitive: boolean): Regex => ({
    ...{ kind: 'regex', field, patterns: [text], quantifier: 'any', flavour: 'lucene', caseSensitive },
    ...(span && { span }),
  });
  const tests = parts.flatMap((part) => (part ? [plain(part.text, part.caseSensitive)] : []));
  if (quantifier === 'all') return and(tests);
  const ways = [true, false].map((way) => tests.filter((one) => one.caseSensitive === way));
  return or(
    ways.flatMap((some) => (some[0] ? [{ ...some[0], patterns: some.flatMap((one) => one.patterns) }] : [])),
  );
}

function regexOf({ flavour, caseSensitive, flags }: Regex, text: string, { caseless = false }: FieldFacts) {
  if (flags !== undefined) return undefined;
  const lucene = flavour === 'lucene' ? { text, ignoresCase: false } : toLucene(text);
  if (lucene === undefined) return undefined;
  const cased = caseSensitive && !lucene.ignoresCase;
  const whole = cased && !caseless ? lucene.text : foldedRegex(lucene.text, 'lower');
  return whole === undefined ? undefined : { text: whole, caseSensitive: cased || caseless };
}

/** Constants stand on the right, and a field beside one is a plain test. */
function preparedCompare(node: Compare, factsOf: FactsOf): Predicate {
  const { left, right, operator, span } = node;
  if (operator === '!=') return not(preparedCompare({ ...node, operator: '==' }, factsOf));
  if (left.kind === 'literal' && right.kind !== 'literal')
    return preparedCompare({ ...node, left: right, operator: mirrored[operator], right: left }, factsOf);
  if (left.kind !== 'field' || right.kind !== 'literal') return node;
  const { field } = left;
  const { value } = right;
  const place = span && { span };
  if (operator === '==') {
    const asked = typeof value === 'string' ? [value] : value;
    const test = { kind: 'equals', field, values: [asked], quantifier: 'any', caseSensitive: true } as const;
    return preparedEquals({ ...test, ...place }, factsOf(field));
  }
  if (typeof value !== 'string' && typeof value !== 'number') return node;
  return { kind: 'range', field, operator, value, ...place };
}

/** A list that asks for fields is as many comparisons; letters are lower where case does not count. */
function preparedCall(node: Call, factsOf: FactsOf): Predicate {
  const { name, caseSensitive, span } = node;
  const given = caseSensitive ? node.arguments : node.arguments.map((one) => inLower(one, name));
  const [value, ...others] = given;
  const place = span && { span };
  const isPlain = others.every(({ kind }) => kind === 'literal');
  const affix = patternOfCall(node);
  if (affix) return preparedEquals({ ...affix, caseSensitive, ...place }, factsOf(affix.field));
  if (name !== 'in' || !value || others.length === 0) return { ...node, arguments: given };
  if (isPlain && (others.length > 1 || !caseSensitive) && value.kind !== 'field')
    return { ...node, arguments: given };
  return or(
    others.map((other): Predicate => {
      if (value.kind === 'field' && other.kind === 'literal' && other.value !== null) {
        const found = typeof other.value === 'string' ? [other.value] : other.value;
        const test = {
          kind: 'equals',
          field: value.field,
          values: [found],
          quantifier: 'any',
          caseSensitive,
        } as const;
        return preparedEquals({ ...test, ...place }, factsOf(value.field));
      }
      if (!caseSensitive) return { ...node, arguments: [value, other] };
      return { kind: 'compare', left: value, operator: '==', right: other, ...place };
    }),
  );
}

/** `startsWith(f, "a")` is a plain test of a pattern, and reads back as one. */
function patternOfCall({ name, arguments: [value, text, ...more] }: Call) {
  if (value?.kind !== 'field' || text?.kind !== 'literal' || typeof text.value !== 'string') return undefined;
  const affix = more.length === 0 ? patternOfAffix(name, text.value) : undefined;
  return affix && ({ kind: 'equals', field: value.field, values: [affix], quantifier: 'any' } as const);
}

/** An expression that can not be put so stays as it is, and is told of. */
function inLower(operand: Operand, asked: string): Operand {
  if (operand.kind !== 'literal' || typeof operand.value !== 'string') return operand;
  const value = asked === 'regex' ? foldedRegex(operand.value, 'lower') : operand.value.toLowerCase();
  return value === undefined ? operand : { ...operand, value };
}
