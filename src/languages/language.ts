import type { Outcome } from '../diagnostic/diagnostic.ts';
import type { Query } from '../query/query.ts';

/** As the rule files spell them. */
export type LanguageId = 'eql' | 'kuery' | 'lucene' | 'esql' | 'sigma' | 'dsl';

/**
 * What is known of a field of the data that is searched. Whatever is not said is not known; a printer then
 * takes the field for a keyword, whose whole values are compared, case and all.
 */
export interface FieldFacts {
  /** How the index keeps it. `text` is cut into words, in lower case. */
  readonly type?: FieldType;
  /** Case does not count in it by itself, as with a normaliser that lowers it. */
  readonly caseless?: boolean;
  /** The field that holds the same values in lower case: `process.name.caseless`. */
  readonly lowered?: string;
  /** The field that holds the same values cut into words: `process.name.text`. */
  readonly words?: string;
  /** An event may have several values of it. */
  readonly many?: boolean;
}

export type FieldType = 'keyword' | 'wildcard' | 'text' | 'ip' | 'date' | 'number' | 'boolean' | 'version';

export interface PrintOptions {
  readonly factsOf?: (field: string) => FieldFacts;
}

/** A query language: how to read it and how to write it. Nothing else is asked of one. */
export interface Language {
  readonly id: LanguageId;
  /**
   * The tree of a text. Fails with a code and a place on what the language does not allow. `parsed` is
   * what a format's reader made of the text on its way, so that nothing is parsed twice; a language
   * that does not know what to do with it reads the text.
   */
  parse(text: string, parsed?: unknown): Outcome<Query>;
  /** The text cut into tokens, to be looked at; only languages that are read by token have them. */
  tokenize?(
    text: string,
  ): readonly { readonly kind: string; readonly text: string; readonly start: number }[];
  /**
   * A query as it reads back once this language has said it, for languages that do not tell everything
   * apart: KQL has no types of values. Absent: as it was.
   */
  said?(query: Query, options?: PrintOptions): Query;
  /**
   * Fails, with reasons and places, on what the language has no words for. It never guesses. Findings of a
   * text that was printed tell what it assumes, or, with an effect, what it does not say.
   */
  print(query: Query, options?: PrintOptions): Outcome<string>;
}
