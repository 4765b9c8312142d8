import type { Opaque } from '../../../query/query.ts';
import type { Call, Constant, Expression, Match, Name } from '../syntax.ts';
import { call, column, string } from './build.ts';
import { opaque } from './opaque.ts';
import { type Truth, total } from './truth.ts';

/**
 * `message : "word"`. On keywords it asks for the value, on texts for a word, as KQL does and no other test of ES|QL.
 * Of several words any will do, which KQL can not say. What an index is asked for is there or not, and never null.
 */
export function matchTruth(node: Match): Truth {
  const word = node.type === undefined ? wordOf(node.query) : undefined;
  return total(searchFor(node, node.field, word) ?? opaque(node));
}

/** The languages that ES|QL takes texts of, by the functions that take them. */
const within: ReadonlyMap<string, string> = new Map([
  ['kql', 'kuery'],
  ['qstr', 'lucene'],
]);
const functions = new Map([...within].map(([name, language]) => [language, name]));

/** `kql("…")`, `match(f, "word")`, `match_phrase(f, "some words")`; with options they are kept as they are written. */
export function searchTruth(node: Call): Truth | undefined {
  const [first, query, ...more] = node.arguments;
  const name = node.name.toLowerCase();
  const language = within.get(name);
  const isPlain = node.options === undefined;
  if (language !== undefined) {
    const text = isPlain && query === undefined && first?.kind === 'string' ? first.value : undefined;
    return total(text === undefined ? opaque(node) : textOf(node, language, text));
  }
  if (name !== 'match' && name !== 'match_phrase') return undefined;
  if (!isPlain || !first || !query || more.length > 0) return total(opaque(node));
  return total(searchFor(node, first, name === 'match' ? wordOf(query) : phraseOf(query)) ?? opaque(node));
}

function textOf({ span }: Expression, language: string, text: string): Opaque {
  return { kind: 'opaque', language, text, ...(span && { span }) };
}

const plainName = /^(?!(?:and|or|not):)([A-Za-z_@][\w@.]*):"([^"\\\p{Cc}]+)"$/iu;

function searchFor(node: Expression, field: Name | Expression, text: string | undefined): Opaque | undefined {
  const inKql = field.kind === 'column' && text !== undefined ? `${field.name}:"${text}"` : '';
  return plainName.test(inKql) ? textOf(node, 'kuery', inKql) : undefined;
}

/** The way back, for text of another language; undefined if ES|QL takes none of it. */
export function searchExpression({ language, text }: Opaque): Expression | undefined {
  const [, field, phrase] = (language === 'kuery' && plainName.exec(text)) || [];
  if (field !== undefined && phrase !== undefined) {
    const query = string(phrase);
    return isWord(phrase)
      ? { kind: 'match', field: column(field), query }
      : call('match_phrase', column(field), query);
  }
  const name = functions.get(language);
  return name === undefined ? undefined : call(name, string(text));
}

/** A text that is one word to every analyser. */
function isWord(text: string): boolean {
  return /^[\p{L}\p{N}_]+$/u.test(text);
}

function wordOf(query: Constant | Expression): string | undefined {
  return query.kind === 'string' && isWord(query.value) ? query.value : undefined;
}

function phraseOf(query: Expression): string | undefined {
  return query.kind === 'string' ? query.value : undefined;
}
