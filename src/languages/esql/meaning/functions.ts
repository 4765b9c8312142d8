import type { CallOperand } from '../../../query/query.ts';

/**
 * Functions that give a value, by their names in the tree and in ES|QL. Each is null if one of its values is, and
 * says the same in both but for what is told beside it.
 */
const values: readonly (readonly [tree: string, esql: string])[] = [
  ['concat', 'concat'],
  ['length', 'length'],
  ['string', 'to_string'],
  ['substring', 'substring'],
];
const signs: readonly (readonly [tree: string, sign: '+' | '-' | '*' | '/' | '%'])[] = [
  ['add', '+'],
  ['subtract', '-'],
  ['multiply', '*'],
  ['divide', '/'],
  ['modulo', '%'],
];
/** Functions that answer yes or no. */
const questions: readonly (readonly [tree: string, esql: string])[] = [
  ['startsWith', 'starts_with'],
  ['endsWith', 'ends_with'],
  ['stringContains', 'contains'],
];

export const valueNames = bothWays(values);
export const signNames = bothWays(signs);
export const questionNames = bothWays(questions);
export const negation = 'negate';

export function call(name: string, given: CallOperand['arguments'], caseSensitive = true): CallOperand {
  return { kind: 'call', name, caseSensitive, arguments: given };
}

function bothWays<T extends string>(rows: readonly (readonly [string, T])[]) {
  return {
    toEsql: new Map<string, T>(rows),
    toTree: new Map<string, string>(rows.map(([tree, esql]) => [esql, tree])),
  } as const;
}

/**
 * Places in a text: ES|QL counts from 1 and says how long the piece is, the tree counts from 0 and says where it
 * ends. From the end, only a piece without a length is the same in both.
 */
export function toTreePlaces(start: number, length?: number): readonly number[] | undefined {
  if (!Number.isInteger(start) || (length !== undefined && !(Number.isInteger(length) && length >= 0)))
    return undefined;
  if (start < 0) return length === undefined ? [start] : undefined;
  const from = Math.max(start - 1, 0);
  return length === undefined ? [from] : [from, from + length];
}

/** The way back. */
export function toEsqlPlaces(start: number, end?: number): readonly number[] | undefined {
  if (!Number.isInteger(start) || (end !== undefined && !Number.isInteger(end))) return undefined;
  if (start < 0) return end === undefined ? [start] : undefined;
  if (end === undefined) return [start + 1];
  return end >= start ? [start + 1, end - start] : undefined;
}
