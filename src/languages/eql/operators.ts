import type { Comparison, Operand } from '../../query/query.ts';
import { mirrored } from '../mirrored.ts';
import type { Kind } from './lexer.ts';

/** How tightly each form binds. A part that binds less tightly than its place asks for is wrapped. */
export const binding = {
  or: 1,
  and: 2,
  not: 3,
  comparison: 4,
  sum: 5,
  product: 6,
  sign: 7,
  list: 8,
  primary: 9,
} as const;

export function isComparison(kind: Kind): kind is Comparison {
  return Object.hasOwn(mirrored, kind);
}

/** A sign between two values, which says the same as the function of this name. */
export interface Sign {
  readonly sign: Kind;
  readonly name: string;
  readonly binding: number;
}

const signs: readonly Sign[] = [
  { sign: '+', name: 'add', binding: binding.sum },
  { sign: '-', name: 'subtract', binding: binding.sum },
  { sign: '*', name: 'multiply', binding: binding.product },
  { sign: '/', name: 'divide', binding: binding.product },
  { sign: '%', name: 'modulo', binding: binding.product },
];
const byKind: ReadonlyMap<Kind, Sign> = new Map(signs.map((sign) => [sign.sign, sign]));
const byName: ReadonlyMap<string, Sign> = new Map(signs.map((sign) => [sign.name, sign]));

export function signOf(kind: Kind): Sign | undefined {
  return byKind.get(kind);
}

export function signNamed(name: string): Sign | undefined {
  return byName.get(name);
}

/** What a minus in front of a value is called in the tree; EQL has no function for it. */
export const negation = 'negate';

/**
 * The words that test a value against a list, and their names in the tree, where what they test is not
 * a field or what they list is not all literal: `substring(f, 5) : "a*"` is `like` without case.
 */
export interface ListWord {
  readonly word: Kind;
  readonly name: 'in' | 'like' | 'regex';
  readonly caseSensitive: boolean;
}

const listWords: readonly ListWord[] = [
  { word: 'in', name: 'in', caseSensitive: true },
  { word: 'in~', name: 'in', caseSensitive: false },
  { word: ':', name: 'like', caseSensitive: false },
  { word: 'like', name: 'like', caseSensitive: true },
  { word: 'like~', name: 'like', caseSensitive: false },
  { word: 'regex', name: 'regex', caseSensitive: true },
  { word: 'regex~', name: 'regex', caseSensitive: false },
];
const listWordByKind: ReadonlyMap<Kind, ListWord> = new Map(listWords.map((word) => [word.word, word]));

export function listWordOf(kind: Kind): ListWord | undefined {
  return listWordByKind.get(kind);
}

/** The word for a name of the tree; of two that say the same the first: `:` and not `like~`. */
export function listWordNamed(name: string, caseSensitive: boolean): ListWord | undefined {
  return listWords.find((word) => word.name === name && word.caseSensitive === caseSensitive);
}

/** The whole number that a value comes to, if it is made of numbers alone: `head 2147483648-1`. */
export function wholeNumber(operand: Operand): number | undefined {
  if (operand.kind === 'literal') return Number.isInteger(operand.value) ? Number(operand.value) : undefined;
  if (operand.kind !== 'call') return undefined;
  const [a, b] = operand.arguments.map(wholeNumber);
  if (a === undefined || b === undefined) return undefined;
  const results: Readonly<Record<string, number>> = {
    add: a + b,
    subtract: a - b,
    multiply: a * b,
    divide: Math.trunc(a / b),
    modulo: a % b,
  };
  const result = Object.hasOwn(results, operand.name) ? results[operand.name] : undefined;
  return Number.isSafeInteger(result) ? result : undefined;
}
