import { attempt, Failure } from '../diagnostic/attempt.ts';
import type { Scalar } from '../match/event.ts';
import { expressionTest } from '../match/expression.ts';
import { networkTest } from '../match/network.ts';
import { valueTest } from '../match/pattern.ts';
import { momentOf, order } from '../match/value.ts';
import { compares } from '../query/bound.ts';
import { foldCase } from '../query/expression/case.ts';
import { alternation, anything, type Expression } from '../query/expression/expression.ts';
import { hasCase } from '../query/normal.ts';
import { isMany, isPattern, isWildcard, plainText } from '../query/pattern.ts';
import { expressionOfPattern } from '../query/pattern-regex.ts';
import type { Equals, FieldTest, Pattern, Range, Regex, Value } from '../query/query.ts';
import { meantBy } from '../query/regex.ts';

/** The values that one test of a field lets pass. */
export interface Values {
  readonly has: (value: Scalar) => boolean;
  readonly parts: readonly Part[];
}

/** One alternative of a test, as far as its kind is of use to find a value. */
export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly caseSensitive: boolean }
  | { readonly kind: 'pattern'; readonly pattern: Pattern; readonly caseSensitive: boolean }
  | { readonly kind: 'expression'; readonly tree: Expression | undefined }
  | { readonly kind: 'exactly'; readonly value: number | boolean }
  | { readonly kind: 'range'; readonly range: Range }
  | { readonly kind: 'network'; readonly network: string }
  | { readonly kind: 'any' };

/** The values of a test in its normal form. Fails on placeholders, and on expressions that can not be searched for. */
export function valuesOf(test: FieldTest): Values {
  switch (test.kind) {
    case 'equals':
      return valuesOfList(test);
    case 'range':
      return {
        has: (value) => compares(order(value, test.value) ?? Number.NaN, test.operator, 0),
        parts: [{ kind: 'range', range: test }],
      };
    case 'regex': {
      const tests = test.patterns.map((text) => expressionTest(text, test));
      return {
        has: (value) => tests.some((one) => one(String(value))),
        parts: test.patterns.map((text) => ({ kind: 'expression', tree: treeOf(text, test) })),
      };
    }
    case 'cidr': {
      const isWithin = networkTest(test.networks);
      return {
        has: (value) => typeof value === 'string' && isWithin(value),
        parts: test.networks.map((network) => ({ kind: 'network', network })),
      };
    }
    case 'exists':
      return { has: () => true, parts: [{ kind: 'any' }] };
    default:
      return test satisfies never;
  }
}

function valuesOfList({ field, values, caseSensitive }: Equals): Values {
  if (values.some(hasPlaceholder)) {
    const message = `${field} is compared with a placeholder, so that its values are not known.`;
    throw new Failure({ code: 'match/unsupported', message });
  }
  const parts = values.map((value) => partOf(value, caseSensitive));
  const plain = new Set(
    parts.flatMap((part) => (part.kind === 'text' && !part.caseSensitive ? [part.text.toLowerCase()] : [])),
  );
  const tests = values
    .filter((value) => value !== null)
    .map((value) => valueTest(value, caseSensitive, undefined));
  return {
    has: (value) =>
      (typeof value === 'string' && plain.has(value.toLowerCase())) || tests.some((test) => test(value)),
    parts,
  };
}

function hasPlaceholder(value: Value): boolean {
  return isPattern(value) && value.some((part) => typeof part === 'object' && !isWildcard(part));
}

function partOf(value: Value, caseSensitive: boolean): Part {
  // The normal form has no null in a list.
  if (value === null) return { kind: 'any' };
  if (!isPattern(value)) return { kind: 'exactly', value };
  const cased = caseSensitive && hasCase(value);
  const text = plainText(value);
  return text === undefined
    ? { kind: 'pattern', pattern: value, caseSensitive: cased }
    : { kind: 'text', text, caseSensitive: cased };
}

function treeOf(text: string, test: Regex): Expression | undefined {
  const meant = meantBy(text, test);
  if (!meant.ok) return undefined;
  const { tree, caseSensitive } = meant.value;
  return caseSensitive ? tree : foldCase(tree);
}

/** The texts that some values are, as one expression for whole values; undefined where that can not be said. */
export function languageOf({ parts }: Pick<Values, 'parts'>): Expression | undefined {
  const trees = parts.map(languageOfPart);
  return trees.every((tree) => tree !== undefined) ? alternation(trees) : undefined;
}

function languageOfPart(part: Part): Expression | undefined {
  switch (part.kind) {
    case 'text':
      // A moment is taken in any of its spellings.
      if (momentOf(part.text) !== undefined) return undefined;
      return cased(expressionOfPattern([part.text]), part.caseSensitive);
    case 'pattern':
      return cased(expressionOfPattern(part.pattern), part.caseSensitive);
    case 'expression':
      return part.tree;
    case 'exactly':
      return expressionOfPattern([String(part.value)]);
    case 'any':
      return anything;
    case 'range':
    case 'network':
      return undefined;
    default:
      return part satisfies never;
  }
}

function cased(tree: Expression, caseSensitive: boolean): Expression {
  return caseSensitive ? tree : foldCase(tree);
}

/** Whether a part may take a text in one case and not in another; in the order of texts all upper case stands before all lower. */
export function mindsCase(part: Part): boolean {
  if (part.kind === 'range') return typeof part.range.value === 'string';
  return part.kind === 'expression' || ('caseSensitive' in part && part.caseSensitive);
}

/** Whether a pattern has no wildcard but those for any number of characters. */
export function hasStarsAlone(pattern: Pattern): boolean {
  return pattern.every((part) => typeof part === 'string' || isMany(part));
}

/** A pattern with its wildcards filled in. */
export function filled(pattern: Pattern, many: string, one: string): string {
  return pattern
    .map((part) => (typeof part === 'string' ? part : isMany(part) ? many : isWildcard(part) ? one : ''))
    .join('');
}

/** The values of a test, unless nothing can be asked of it. */
export function knownValues(test: FieldTest): Values | undefined {
  if (known.has(test)) return known.get(test);
  const outcome = attempt(() => valuesOf(test));
  const values = outcome.ok ? outcome.value : undefined;
  known.set(test, values);
  return values;
}

/** The same tests are asked of again and again. */
const known = new WeakMap<FieldTest, Values | undefined>();
