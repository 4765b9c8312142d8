import type { Span } from '../../source/source.ts';

/**
 * A regular expression as a tree, in no flavour. What is only a way of writing is undone: flags stand on what they
 * change, so an expression with `(?i)` in it has letters that ignore case, and one with `(?s)` dots for line ends.
 * Spans are places in the text of the expression.
 */
export type Expression =
  | Alternation
  | Sequence
  | Character
  | Quoted
  | AnyCharacter
  | CharacterClass
  | Repeat
  | Group
  | Anchor
  | Boundary
  | Complement
  | Intersection
  | Interval
  | AnyString
  | Nothing;

/** `a|b`: two parts or more. */
export interface Alternation {
  readonly kind: 'alternation';
  readonly of: readonly Expression[];
  readonly span?: Span;
}

/** `ab`: parts one after the other; none of them is the empty text. */
export interface Sequence {
  readonly kind: 'sequence';
  readonly of: readonly Expression[];
  readonly span?: Span;
}

/** One code point. */
export interface Character {
  readonly kind: 'character';
  readonly char: string;
  readonly ignoresCase?: true;
  readonly span?: Span;
}

/** Lucene `"a.b"`, PCRE `\Qa.b\E`: text in which nothing is a sign. */
export interface Quoted {
  readonly kind: 'quoted';
  readonly text: string;
  readonly ignoresCase?: true;
  readonly span?: Span;
}

/** `.`, which stands for a line end in Lucene, and in PCRE where `s` says so. */
export interface AnyCharacter {
  readonly kind: 'any';
  readonly lineEnds: boolean;
  readonly span?: Span;
}

/** `[^a-z\d]`; a shorthand that stands alone is a class of one part. */
export interface CharacterClass {
  readonly kind: 'class';
  readonly negated: boolean;
  readonly parts: readonly ClassPart[];
  readonly ignoresCase?: true;
  readonly span?: Span;
}

/** Code points from one to another, both included; `\d`, `\W`. */
export type ClassPart =
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'shorthand'; readonly of: Shorthand; readonly negated: boolean };

export type Shorthand = 'digit' | 'word' | 'space';

/** `a*`, `a{2,5}?`; without a most there is no end to it. */
export interface Repeat {
  readonly kind: 'repeat';
  readonly of: Expression;
  readonly least: number;
  readonly most?: number;
  /** It takes as little as it can, which changes what a match holds and never whether there is one. */
  readonly lazy?: true;
  readonly span?: Span;
}

/** Parentheses that were written: `(a)`, or `(?:a)` where nothing is to be remembered. */
export interface Group {
  readonly kind: 'group';
  readonly of: Expression;
  readonly captures: boolean;
  readonly span?: Span;
}

/** `^` and `$`; those of a line are the same under the flag `m`. */
export interface Anchor {
  readonly kind: 'anchor';
  readonly at: 'start' | 'end' | 'line-start' | 'line-end';
  readonly span?: Span;
}

/** `\b`, and `\B` where it is negated. */
export interface Boundary {
  readonly kind: 'boundary';
  readonly negated: boolean;
  readonly span?: Span;
}

/** Lucene `~a`: every text but these. */
export interface Complement {
  readonly kind: 'complement';
  readonly of: Expression;
  readonly span?: Span;
}

/** Lucene `a&b`: texts that are all of these. */
export interface Intersection {
  readonly kind: 'intersection';
  readonly of: readonly Expression[];
  readonly span?: Span;
}

/** Lucene `<1-100>`: a number between two; with `digits`, written with so many, else with any zeros in front. */
export interface Interval {
  readonly kind: 'interval';
  readonly least: number;
  readonly most: number;
  readonly digits?: number;
  readonly span?: Span;
}

/** Lucene `@`. */
export interface AnyString {
  readonly kind: 'any-string';
  readonly span?: Span;
}

/** Lucene `#`: no text at all, not even the empty one. */
export interface Nothing {
  readonly kind: 'nothing';
  readonly span?: Span;
}

export const empty: Sequence = { kind: 'sequence', of: [] };
export const nothing: Nothing = { kind: 'nothing' };
export const anyCharacter: AnyCharacter = { kind: 'any', lineEnds: true };
export const anything: Repeat = { kind: 'repeat', of: anyCharacter, least: 0 };

/** Parts one after the other; one alone needs no sequence, nested ones are one. */
export function sequence(parts: readonly Expression[], span?: Span): Expression {
  const of = parts.flatMap((part) => (part.kind === 'sequence' ? part.of : [part]));
  return of.length === 1 ? of[0]! : { kind: 'sequence', of, ...(span && { span }) };
}

/** Parts of which one is enough; one alone needs no alternation, none is nothing. */
export function alternation(parts: readonly Expression[], span?: Span): Expression {
  const of = parts.flatMap((part) => (part.kind === 'alternation' ? part.of : [part]));
  if (of.length === 0) return nothing;
  return of.length === 1 ? of[0]! : { kind: 'alternation', of, ...(span && { span }) };
}

export function repeat(of: Expression, least: number, most?: number): Repeat {
  return { kind: 'repeat', of, least, ...(most !== undefined && { most }) };
}

/** A tree in which each part that has parts holds what `change` makes of them. */
export function mapParts(node: Expression, change: (part: Expression) => Expression): Expression {
  switch (node.kind) {
    case 'alternation':
    case 'sequence':
    case 'intersection':
      return { ...node, of: node.of.map(change) };
    case 'repeat':
    case 'group':
    case 'complement':
      return { ...node, of: change(node.of) };
    default:
      return node;
  }
}

/** The parts that a node has. */
export function partsOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'alternation':
    case 'sequence':
    case 'intersection':
      return node.of;
    case 'repeat':
    case 'group':
    case 'complement':
      return [node.of];
    default:
      return [];
  }
}

/** Whether a node of a tree, or the tree itself, is of a kind. */
export function some(node: Expression, is: (node: Expression) => boolean): boolean {
  return is(node) || partsOf(node).some((part) => some(part, is));
}

/** What stands one after the other in a tree, which may be one thing alone. */
export function itemsOf(node: Expression): readonly Expression[] {
  return node.kind === 'sequence' ? node.of : [node];
}

export function isEmpty(node: Expression): boolean {
  return node.kind === 'sequence' && node.of.length === 0;
}

/** Whether a repeat is `?`, `*` or `+`. */
export function isSign({ least, most }: Pick<Repeat, 'least' | 'most'>): boolean {
  return most === undefined ? least < 2 : least === 0 && most === 1;
}

export function isAnything(node: Expression | undefined): boolean {
  return node?.kind === 'repeat' && node.of.kind === 'any' && node.least === 0 && node.most === undefined;
}
