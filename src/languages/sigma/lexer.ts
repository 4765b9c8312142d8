import type { Token } from '../cursor.ts';

export type Kind = '(' | ')' | '|' | 'and' | 'or' | 'not' | 'of' | 'word' | 'end';

const token = /[()|]|[^\s()|]+/g;
const words: ReadonlySet<string> = new Set<Kind>(['(', ')', '|', 'and', 'or', 'not', 'of']);

/** A condition cut into words, brackets and bars. Words are split by nothing else: `notepad` is one. */
export function tokenize(text: string): Token<Kind>[] {
  const tokens = [...text.matchAll(token)].map(({ index, 0: found }): Token<Kind> => {
    const kind = words.has(found) ? (found as Kind) : 'word';
    return { kind, text: found, start: index, end: index + found.length };
  });
  return [...tokens, { kind: 'end', text: '', start: text.length, end: text.length }];
}
