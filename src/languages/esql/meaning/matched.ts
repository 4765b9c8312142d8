import type { Equals, Pattern } from '../../../query/query.ts';
import type { Call, Constant, Expression, Match, Name } from '../syntax.ts';
import { opaque } from './opaque.ts';
import { type Truth, total } from './truth.ts';

/**
 * `message : "word"`. On keywords it asks for the value, on texts for a word, as a plain test of the tree does. Of
 * several words any will do, which the tree can not say. What an index is asked for is there or not, and never null.
 */
export function matchTruth(node: Match): Truth {
  const word = node.type === undefined ? wordOf(node.query) : undefined;
  return worded(node, node.field, word);
}

/** `match(f, "word")`, `match_phrase(f, "some words")`; the others that search an index are kept as text. */
export function searchTruth(node: Call): Truth | undefined {
  const [field, query, ...more] = node.arguments;
  const name = node.name.toLowerCase();
  if (name === 'kql' || name === 'qstr') return total(opaque(node));
  if (name !== 'match' && name !== 'match_phrase') return undefined;
  const isPlain = field && query && more.length === 0 && node.options === undefined;
  if (!isPlain) return total(opaque(node));
  return worded(node, field, name === 'match' ? wordOf(query) : phraseOf(query));
}

function worded(node: Expression, field: Name | Expression, text: string | undefined): Truth {
  if (text === undefined || field.kind !== 'column') return total(opaque(node));
  const test: Equals = equalsText(field.name, [text]);
  return total({ ...test, ...(node.span && { span: node.span }) });
}

function equalsText(field: string, value: Pattern): Equals {
  return { kind: 'equals', field, values: [value], quantifier: 'any', caseSensitive: true };
}

/** A text that is one word to every analyser. */
export function isWord(text: string): boolean {
  return /^[\p{L}\p{N}_]+$/u.test(text);
}

function wordOf(query: Constant | Expression): string | undefined {
  return query.kind === 'string' && isWord(query.value) ? query.value : undefined;
}

function phraseOf(query: Expression): string | undefined {
  return query.kind === 'string' ? query.value : undefined;
}
