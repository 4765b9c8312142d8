import type { Token } from '../cursor.ts';
import { lengthAt, quotedLength } from '../scan.ts';

export type Kind =
  | '('
  | ')'
  | '{'
  | '}'
  | ':'
  | '<'
  | '<='
  | '>'
  | '>='
  | 'and'
  | 'or'
  | 'not'
  | 'quoted'
  | 'unquoted'
  | 'stray'
  | 'end';

const space = /[ \t\r\n\u00a0]+/y;
const sign = /[(){}:]|[<>]=?/y;
const join = /(and|or)[ \t\r\n\u00a0]/iy;
const not = /not[ \t\r\n\u00a0]/iy;

/**
 * KQL cut into tokens. Kibana's grammar has no tokens: its unquoted literals hold spaces and end where
 * a word follows that joins clauses, and what counts as such a word depends on the place. One thing has
 * to be known of the place: whether a clause or value stands before it, which ` and ` could join.
 *
 * What fits nowhere (a string that never ends, a backslash before nothing special) is a `stray` token,
 * so that the parser can complain of what comes first.
 */
export function tokenize(text: string): Token<Kind>[] {
  const tokens: Token<Kind>[] = [];
  let start = 0;
  let joinable = false;

  const take = (kind: Kind, length: number): void => {
    const end = Math.min(start + length, text.length);
    tokens.push({ kind, text: text.slice(start, end), start, end });
    start = end;
    joinable = kind === 'quoted' || kind === 'unquoted' || kind === ')' || kind === '}';
  };

  for (;;) {
    const blank = lengthAt(space, text, start);
    start += blank;
    if (start === text.length) break;
    const signLength = lengthAt(sign, text, start);
    if (signLength > 0) {
      take(text.slice(start, start + signLength) as Kind, signLength);
    } else if (text.charAt(start) === '"') {
      const length = quotedLength(text, start);
      take(length > 0 ? 'quoted' : 'stray', length || text.length - start);
    } else if (joinable && blank > 0 && lengthAt(join, text, start) > 0) {
      const word = lengthAt(join, text, start) === 4 ? 'and' : 'or';
      take(word, word.length);
    } else if (lengthAt(not, text, start) > 0) {
      take('not', 3);
    } else {
      const length = unquotedLength(text, start);
      take(length > 0 ? 'unquoted' : 'stray', length || 2);
    }
  }
  take('end', 0);
  return tokens;
}

/** Characters that neither end an unquoted literal nor begin a word that does. */
const plainUnquoted = /[^\\():<>"{} \t\r\n\u00a0nN]+/y;
/** `not` has no boundary on its left, so `cannot ` ends a literal too. */
const keyword = /[ \t\r\n\u00a0](?:and|or)[ \t\r\n\u00a0]|not[ \t\r\n\u00a0]/iy;
const escaped = /\\(?:[trn\\():<>"*{}]|u[0-9a-fA-F]{4}|[aA][nN][dD]|[oO][rR]|[nN][oO][tT])/y;

/** Up to the first special character or keyword, without the white space before it; 0 if one is here. */
function unquotedLength(text: string, start: number): number {
  let at = start;
  for (;;) {
    at += lengthAt(plainUnquoted, text, at);
    const char = text.charAt(at);
    if (char === '\\') {
      const length = lengthAt(escaped, text, at);
      if (length === 0) break;
      at += length;
    } else if (char === '' || '():<>"{}'.includes(char) || lengthAt(keyword, text, at) > 0) {
      break;
    } else {
      at += 1;
    }
  }
  while (at > start && ' \t\r\n\u00a0'.includes(text.charAt(at - 1))) at -= 1;
  return at - start;
}
