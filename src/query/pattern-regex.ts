import { attempt } from '../diagnostic/attempt.ts';
import { canonical } from './expression/canonical.ts';
import {
  anyCharacter,
  anything,
  type Expression,
  isAnything,
  itemsOf,
  sequence,
} from './expression/expression.ts';
import { parseLucene } from './expression/parse-lucene.ts';
import { printLucene } from './expression/print-lucene.ts';
import { isMany, many, one, pattern } from './pattern.ts';
import type { Pattern, PatternPart } from './query.ts';

/**
 * A pattern as a regular expression of Lucene's, which matches the whole value as the pattern does:
 * `a*b`, star and all, and anything after it is `a\*b.*`. For languages whose wildcards have no escape.
 */
export function regexOf(value: Pattern): string {
  return printLucene(expressionOfPattern(value));
}

export function expressionOfPattern(value: Pattern): Expression {
  const parts = value.flatMap((part): readonly Expression[] => {
    if (typeof part === 'string') return [...part].map((char) => ({ kind: 'character', char }));
    return [isMany(part) ? anything : anyCharacter];
  });
  return sequence(parts);
}

/** The way back; undefined for an expression that says more than a pattern can. */
export function patternOf(regex: string): Pattern | undefined {
  const read = attempt(() => canonical(parseLucene(regex), true));
  return read.ok ? patternOfExpression(read.value) : undefined;
}

/** How many single wildcards may stand for a repeat. */
const mostSingles = 100;

/** The same for a tree of whole values that has its canonical shape. */
export function patternOfExpression(tree: Expression): Pattern | undefined {
  const parts: PatternPart[] = [];
  for (const item of itemsOf(tree)) {
    if (item.kind === 'character') parts.push(item.char);
    else if (item.kind === 'any') parts.push(one);
    else if (isAnything(item)) parts.push(many);
    else if (item.kind === 'repeat' && item.of.kind === 'any' && item.least <= mostSingles) {
      if (item.most !== undefined && item.most !== item.least) return undefined;
      parts.push(...Array.from({ length: item.least }, () => one));
      if (item.most === undefined) parts.push(many);
    } else return undefined;
  }
  return pattern(parts);
}
