import { joined, type Phrase, prefixed, word, wrapped } from '../phrase.ts';

/** A query as Lucene spells it, before it is a text: fields and values are spelled, the rest is still a tree. */
export type Clause =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'list';
      readonly field: string;
      readonly join: 'and' | 'or';
      readonly of: readonly string[];
    }
  | { readonly kind: 'not'; readonly of: Clause }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Clause[] };

const words = { and: 'AND', or: 'OR' } as const;

/**
 * Nothing binds tighter than anything else in Lucene, so whatever is joined within another join stands in
 * brackets. A negation does too, but beside `AND`: `a OR NOT b` would find only what has `a` and not `b`.
 */
export function phraseOf(clause: Clause, outer: 'and' | 'or' | 'not' | 'all' = 'all'): Phrase {
  switch (clause.kind) {
    case 'text':
      return word(clause.text);
    case 'list':
      return wrapped(`${clause.field}:(`, joined(words[clause.join], clause.of.map(word)), ')');
    case 'not': {
      const phrase = prefixed('NOT ', phraseOf(clause.of, 'not'));
      return outer === 'all' || outer === 'and' ? phrase : wrapped('(', phrase, ')');
    }
    case 'and':
    case 'or': {
      const phrase = joined(
        words[clause.kind],
        clause.of.map((part) => phraseOf(part, clause.kind)),
      );
      return outer === 'all' ? phrase : wrapped('(', phrase, ')');
    }
    default:
      return clause satisfies never;
  }
}
