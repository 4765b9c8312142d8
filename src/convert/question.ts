import type { Query } from '../query/query.ts';
import type { LogSource, Rule } from '../rule/rule.ts';

/**
 * What a rule asks, whatever kind of rule its format keeps it as: one query, in the field names of one
 * taxonomy, with the log source of each of its parts.
 */
export interface Question {
  readonly query: Query;
  /** Of the filter, or of each step in turn. Empty where index patterns say it. */
  readonly sources: readonly LogSource[];
  readonly indices: readonly string[];
  /** The rules that ask: of each part, as its source. What only a text says is asked by none. */
  readonly rules?: readonly Rule[];
  /** What the user's pipelines said of it, if it went through any. */
  readonly piped?: PipedQuestion;
  /** Fields of words are compared by their whole values, as ES|QL does, and not searched for words. */
  readonly comparesWords?: true;
  /** The fields have the names of ECS on both sides of Sigma, as rules of that taxonomy have it. */
  readonly keepsNames?: boolean;
}

/** How far pipelines have brought a question into the names of the index. */
export interface PipedQuestion {
  /** Names that they gave: no table is asked for them. */
  readonly final: ReadonlySet<string>;
  readonly parts: readonly {
    /** The log source that the rule was written for. */
    readonly written: LogSource;
    /** What the log source means was said: no row of the tables stands for it. */
    readonly saysSource: boolean;
    readonly indices: readonly string[];
  }[];
  /** What is worth a look, by its new names; absent where it is as it was. */
  readonly fields?: readonly string[];
}
