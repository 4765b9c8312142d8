import type { Question } from '../question.ts';
import type { Trace } from './trace.ts';

/** What a rule that was written is held against. */
export type Against =
  | Asked
  /** The very detection that was to be written. */
  | { readonly kind: 'same' }
  | { readonly kind: 'nothing'; readonly because: string };

/** What a translated rule asked before it was, and what the tables said on the way. */
export interface Asked {
  readonly kind: 'asked';
  readonly question: Question;
  /**
   * The question as it was translated; several where it was written as several rules, the rule itself first. None where its
   * fields are called alike on both sides.
   */
  readonly pieces: readonly Piece[];
}

export interface Piece {
  readonly question: Question;
  readonly trace: Trace;
}
