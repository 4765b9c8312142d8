import type { Outcome } from '../diagnostic/diagnostic.ts';
import type { FieldFacts } from '../query/facts.ts';
import type { Query } from '../query/query.ts';

/** As the rule files spell them. */
export type LanguageId = 'eql' | 'kuery' | 'lucene' | 'esql' | 'sigma' | 'dsl';

export interface PrintOptions {
  /** What is known of the fields that the query names. */
  readonly factsOf?: (field: string) => FieldFacts;
  /** The version of the Elastic Stack that is to run the text; the newest unless it is said. */
  readonly stack?: { readonly major: number; readonly minor: number };
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
