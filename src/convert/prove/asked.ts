import type { Question } from '../question.ts';
import type { Trace } from './trace.ts';

/** What a translated rule asked before it was, and what the tables said on the way: what it is proved with. */
export interface Asked {
  readonly question: Question;
  /** The question as it was translated; several where it was written as several rules, the rule itself first. */
  readonly pieces: readonly Piece[];
}

export interface Piece {
  readonly question: Question;
  readonly trace: Trace;
}
