import { isMany, many, one, pattern } from '../../query/pattern.ts';
import type { Pattern, PatternPart } from '../../query/query.ts';

const piece = /\\([^])|[*?]|[^\\*?\s"~^:/(){}[\]]/y;
const phrase = /[^"\\]+|\\([^])/y;

/**
 * The one word or phrase that a text of Lucene is: `foo*`, `foo\ bar`, `"foo bar"`. Undefined for whatever
 * holds more: several words, fields, ranges, expressions.
 */
export function readTerm(text: string): Pattern | undefined {
  const trimmed = withoutSpace(text);
  if (trimmed.startsWith('"')) return readPhrase(trimmed);
  if (trimmed === '' || /^[-+!<>=]|&&|\|\||^(?:AND|OR|NOT)$/.test(trimmed)) return undefined;
  return readPieces(trimmed, 0, piece, trimmed.length);
}

/** White space at the ends says nothing, unless a backslash makes it a part of the word. */
function withoutSpace(text: string): string {
  const end = text.trimEnd();
  let backslashes = 0;
  while (end.charAt(end.length - 1 - backslashes) === '\\') backslashes += 1;
  return text.slice(0, end.length + (backslashes % 2)).trimStart();
}

/** In quotes stars are stars. */
function readPhrase(text: string): Pattern | undefined {
  if (text.length < 2 || !text.endsWith('"')) return undefined;
  return readPieces(text, 1, phrase, text.length - 1);
}

function readPieces(text: string, start: number, shape: RegExp, end: number): Pattern | undefined {
  const parts: PatternPart[] = [];
  let at = start;
  while (at < end) {
    shape.lastIndex = at;
    const found = shape.exec(text);
    if (!found || at + found[0].length > end) return undefined;
    const [whole, escaped] = found;
    parts.push(escaped ?? (whole === '*' ? many : whole === '?' ? one : whole));
    at += whole.length;
  }
  return pattern(parts);
}

/** The way back, for what is not a phrase. Undefined for what Lucene would take as several words, or as none. */
export function printTerm(value: Pattern): string | undefined {
  const texts = value.map((part) => {
    if (typeof part === 'string') return part.replace(/[-+=&|><!(){}[\]^"~*?:\\/\s]/g, '\\$&');
    return 'placeholder' in part ? undefined : isMany(part) ? '*' : '?';
  });
  const text = texts.includes(undefined) ? '' : texts.join('');
  if (text === '') return undefined;
  return /^(?:AND|OR|NOT)$/.test(text) ? `\\${text}` : text;
}
