import type { Query } from '../query/query.ts';
import type { LogSource } from '../rule/rule.ts';

/**
 * What a rule asks, whatever kind of rule its format keeps it as: one query, in the field names of one
 * taxonomy, with the log source of each of its parts.
 */
export interface Question {
  readonly query: Query;
  /** Of the filter, or of each step in turn. Empty where index patterns say it. */
  readonly sources: readonly LogSource[];
  readonly indices: readonly string[];
  /** Fields of words are compared by their whole values, as ES|QL does, and not searched for words. */
  readonly comparesWords?: true;
  /** The fields have the names of ECS on both sides of Sigma, as rules of that taxonomy have it. */
  readonly keepsNames?: boolean;
}
