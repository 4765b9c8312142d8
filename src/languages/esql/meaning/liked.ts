import { never } from '../../../query/build.ts';
import { isMany, isWildcard } from '../../../query/pattern.ts';
import { patternOf } from '../../../query/pattern-regex.ts';
import type { LiteralOperand, Pattern, Predicate } from '../../../query/query.ts';
import type { Span } from '../../../source/source.ts';
import type { Like } from '../syntax.ts';
import { fieldsOf } from './compared.ts';
import { constantOf } from './constant.ts';
import { call } from './functions.ts';
import { type Fold, foldedPattern, foldedRegex, isFoldedPattern } from './letters.ts';
import { type Scalar, scalarOf } from './scalar.ts';
import { strict, type Truth } from './truth.ts';
import { isAnything, readWildcards } from './wildcards.ts';

/** `value like "a*"`, `value rlike ("a.*", "b")`. */
export function likeTruth(node: Like): Truth | undefined {
  const scalar = scalarOf(node.value);
  const texts = node.patterns.map((pattern) => constantOf(pattern)?.value);
  if (!scalar || !texts.every((text) => typeof text === 'string')) return undefined;
  const test = node.kind === 'like' ? wildcards(scalar, texts, node.span) : regexes(scalar, texts, node.span);
  return test && strict(test, fieldsOf([scalar.operand]));
}

function wildcards({ operand, fold }: Scalar, texts: readonly string[], span?: Span): Predicate | undefined {
  const patterns = texts.map(readWildcards);
  if (!patterns.every((pattern) => pattern !== undefined)) return undefined;
  const possible = fold ? patterns.filter((value) => isFoldedPattern(value, fold)) : patterns;
  if (possible.length === 0) return never;
  const values = fold ? possible.map((value) => foldedPattern(value, 'lower')) : possible;
  const place = span && { span };
  const caseSensitive = fold === undefined;
  if (operand.kind === 'field' && values.some(isAnything))
    return { kind: 'exists', field: operand.field, ...place };
  if (operand.kind === 'field')
    return { kind: 'equals', field: operand.field, values, quantifier: 'any', caseSensitive, ...place };
  const literals = values.map(unescaped);
  if (!literals.every((literal) => literal !== undefined)) return undefined;
  return { ...call('like', [operand, ...literals], caseSensitive), ...place };
}

/** The `like` of the tree has no escape, so a text with stars that are none can not be said by it. */
function unescaped(value: Pattern): LiteralOperand | undefined {
  if (value.some((part) => typeof part === 'string' && /[*?]/.test(part))) return undefined;
  const text = value.map((part) =>
    typeof part === 'string' ? part : isWildcard(part) && !isMany(part) ? '?' : '*',
  );
  return { kind: 'literal', value: text.join('') };
}

/**
 * A folded value finds what an expression finds that takes case as nothing, if it has letters of that case alone. With
 * a letter that no folded value has, it finds nothing, which is certain where nothing else could stand in its place.
 */
function regexes({ operand, fold }: Scalar, texts: readonly string[], span?: Span): Predicate | undefined {
  const possible = fold ? texts.filter((text) => !isImpossible(text, fold)) : texts;
  if (possible.length === 0) return never;
  if (fold && !possible.every((text) => foldedRegex(text, fold) === text)) return undefined;
  const patterns = fold ? possible.map((text) => foldedRegex(text, 'lower') ?? '') : possible;
  const place = span && { span };
  const caseSensitive = fold === undefined;
  if (operand.kind === 'field') {
    const { field } = operand;
    return { kind: 'regex', field, patterns, quantifier: 'any', flavour: 'lucene', caseSensitive, ...place };
  }
  const literals = patterns.map((value): LiteralOperand => ({ kind: 'literal', value }));
  return { ...call('regex', [operand, ...literals], caseSensitive), ...place };
}

function isImpossible(text: string, fold: Fold): boolean {
  const value = patternOf(text);
  return value !== undefined && !isFoldedPattern(value, fold);
}
