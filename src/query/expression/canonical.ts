import { folded, foldedParts } from './case.ts';
import { type Characters, charactersOf, expressionOf, inverse, isSame, union } from './characters.ts';
import {
  type Alternation,
  alternation,
  anyCharacter,
  anything,
  type Expression,
  empty,
  type Intersection,
  isAnything,
  isEmpty,
  isSign,
  nothing,
  type Repeat,
  sequence,
} from './expression.ts';
import { printLucene } from './print-lucene.ts';

/**
 * One shape for one set of texts, as far as shape goes: no groups, classes by what they hold, repeats of one thing
 * as one repeat, alternatives in an order of their own. For trees of whole values; where case does not count, letters
 * are small ones.
 */
export function canonical(tree: Expression, caseSensitive: boolean): Expression {
  const shape = (node: Expression): Expression => {
    switch (node.kind) {
      case 'group':
        return shape(node.of);
      case 'sequence':
        return joined(node.of.map(shape));
      case 'alternation':
        return chosen(node, shape, (set) => single(set, caseSensitive));
      case 'repeat':
        return repeated(shape(node.of), node);
      case 'quoted':
        return joined([...node.text].map((char) => shape({ kind: 'character', char })));
      case 'any-string':
        return anything;
      case 'complement': {
        const of = shape(node.of);
        return of.kind === 'complement' ? of.of : { kind: 'complement', of };
      }
      case 'intersection':
        return shared(node, shape);
      case 'interval': {
        const { span: _, ...rest } = node;
        return rest;
      }
      case 'character':
        return { kind: 'character', char: caseSensitive ? node.char : smallOf(node.char) };
      case 'any':
        return anyCharacter;
      case 'class': {
        if (caseSensitive) return expressionOf(charactersOf(node)!);
        const set = foldedParts(node.parts);
        return single(node.negated ? inverse(set) : set, false);
      }
      case 'nothing':
        return nothing;
      case 'anchor':
      case 'boundary':
        return node;
      default:
        return node satisfies never;
    }
  };
  return shape(tree);
}

/** The small letter, where there is one that belongs to it alone. */
function smallOf(char: string): string {
  const small = char.toLowerCase();
  return isLetter(folded(charactersOf({ kind: 'character', char })!), small) ? small : char;
}

/** One character of a set; a letter in both of its cases is the small one, where case does not count. */
function single(set: Characters, caseSensitive: boolean): Expression {
  if (caseSensitive) return expressionOf(set);
  const both = folded(set);
  const first = both[0] && String.fromCodePoint(both[0][0]);
  if (first === undefined) return nothing;
  const small = smallOf(first);
  return isLetter(both, small) ? { kind: 'character', char: small } : expressionOf(both);
}

/** Whether a set is no more than one letter and what belongs to it. */
function isLetter(set: Characters, char: string): boolean {
  if ([...char].length !== 1) return false;
  const own = folded(charactersOf({ kind: 'character', char })!);
  return isSame(own, set);
}

/** One after the other, where the same things behind one another are repeats of one. */
function joined(parts: readonly Expression[]): Expression {
  const result: { readonly expression: Expression; readonly spelling: string }[] = [];
  for (const part of parts.flatMap((one) => (one.kind === 'sequence' ? one.of : [one]))) {
    if (part.kind === 'nothing') return nothing;
    const before = result.at(-1);
    const spelling = spellingOf(part);
    if (before?.spelling !== spelling || !(isRepeat(before.expression) || isRepeat(part))) {
      result.push({ expression: part, spelling });
      continue;
    }
    result.pop();
    // A run of the same thing goes into the repeat behind it.
    let merged = sum(before.expression, part);
    while (result.at(-1)?.spelling === spelling) merged = sum(result.pop()!.expression, merged);
    result.push({ expression: merged, spelling });
  }
  return sequence(result.map(({ expression }) => expression));
}

function isRepeat(node: Expression): node is Repeat {
  return node.kind === 'repeat';
}

/** What is repeated, as a text. */
function spellingOf(node: Expression): string {
  return printLucene(isRepeat(node) ? node.of : node);
}

function sum(a: Expression, b: Expression): Expression {
  const [one, other] = [boundsOf(a), boundsOf(b)];
  const most = one.most + other.most;
  const bounds = Number.isFinite(most) ? { most } : {};
  return { kind: 'repeat', of: isRepeat(a) ? a.of : a, least: one.least + other.least, ...bounds };
}

function boundsOf(node: Expression): { readonly least: number; readonly most: number } {
  if (!isRepeat(node)) return { least: 1, most: 1 };
  return { least: node.least, most: node.most ?? Number.POSITIVE_INFINITY };
}

/** How many times over a thing is written out rather than repeated. */
const mostWritten = 16;

function repeated(of: Expression, { least, most }: Repeat): Expression {
  if (most === 0 || isEmpty(of)) return empty;
  if (of.kind === 'nothing') return least === 0 ? empty : nothing;
  if (of.kind === 'repeat') {
    const merged = repeatOfRepeat(of, least, most);
    if (merged) return merged;
  }
  if (least === most && least <= mostWritten && isSingle(of))
    return sequence(Array.from({ length: least }, () => of));
  return { kind: 'repeat', of, least, ...(most !== undefined && { most }) };
}

/** `(a+)*` is `a*`, and so for all that may stand for none, one or any number. */
function repeatOfRepeat(inner: Repeat, least: number, most: number | undefined): Expression | undefined {
  if (!isSign(inner) || !isSign({ least, ...(most !== undefined && { most }) })) return undefined;
  const isBounded = inner.most !== undefined && most !== undefined;
  return { kind: 'repeat', of: inner.of, least: inner.least * least, ...(isBounded && { most: 1 }) };
}

function isSingle(node: Expression): boolean {
  return charactersOf(node) !== undefined;
}

function chosen(
  node: Alternation,
  shape: (part: Expression) => Expression,
  one: (set: Characters) => Expression,
): Expression {
  const parts = node.of.map(shape).flatMap((part) => (part.kind === 'alternation' ? part.of : [part]));
  const sets = parts.flatMap((part) => charactersOf(part) ?? []);
  const rest = parts.filter((part) => !isSingle(part) && !isEmpty(part) && part.kind !== 'nothing');
  const all = sorted([...(sets.length > 0 ? [one(union([sets]))] : []), ...rest]);
  if (all.some(isAnything)) return anything;
  const choice = alternation(all);
  if (!parts.some(isEmpty)) return choice;
  return all.length === 0 ? empty : repeated(choice, { kind: 'repeat', of: choice, least: 0, most: 1 });
}

function shared(node: Intersection, shape: (part: Expression) => Expression): Expression {
  const parts = node.of.map(shape).flatMap((part) => (part.kind === 'intersection' ? part.of : [part]));
  const of = sorted(parts.filter((part) => !isAnything(part)));
  if (of.some((part) => part.kind === 'nothing')) return nothing;
  if (of.length < 2) return of[0] ?? anything;
  return { kind: 'intersection', of };
}

/** Each once, in the order of their texts. */
function sorted(parts: readonly Expression[]): readonly Expression[] {
  const byText = new Map(parts.map((part) => [printLucene(part), part]));
  return [...byText.keys()].sort().map((text) => byText.get(text)!);
}
