import { joined, type Phrase, prefixed, word, wrapped } from '../phrase.ts';

/** A query as KQL spells it, before it is a text: fields and values are spelled, the rest is still a tree. */
export type Clause =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly field: string; readonly asked: Asked }
  | { readonly kind: 'nested'; readonly path: string; readonly of: Clause }
  | { readonly kind: 'not'; readonly of: Clause }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Clause[] };

/** What stands behind `field:`. */
export type Asked =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'not'; readonly of: Asked }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Asked[] };

/** How tightly each word binds. A part that binds no tighter than its whole is wrapped. */
const binding = { or: 1, and: 2, not: 3 } as const;

export function phraseOf(clause: Clause, outer = 0): Phrase {
  switch (clause.kind) {
    case 'text':
      return word(clause.text);
    case 'field':
      return clause.asked.kind === 'text'
        ? word(`${clause.field}:${clause.asked.text}`)
        : wrapped(`${clause.field}:(`, phraseOf(clause.asked), ')');
    case 'nested':
      return wrapped(`${clause.path}:{ `, phraseOf(clause.of), ' }');
    case 'not':
      return bound('not', outer, prefixed('not ', phraseOf(clause.of, binding.not)));
    case 'and':
    case 'or': {
      const parts = clause.of.map((part) => phraseOf(part, binding[clause.kind]));
      return bound(clause.kind, outer, joined(clause.kind, parts));
    }
    default:
      return clause satisfies never;
  }
}

function bound(kind: keyof typeof binding, outer: number, phrase: Phrase): Phrase {
  return binding[kind] <= outer ? wrapped('(', phrase, ')') : phrase;
}
