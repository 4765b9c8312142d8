import type { Query } from '../query/query.ts';
import type { Rule } from '../rule/rule.ts';
import type { References } from './references.ts';

/** A rule, and the rules it refers to in the order it names them. */
export interface Family {
  readonly rule: Rule;
  readonly parts: readonly Rule[];
  /** Finds what its parts refer to in turn; without it a correlation of correlations is refused. */
  readonly known?: References;
  /** What a part asks once others have narrowed it down: filters and exceptions are laid over single events. */
  readonly narrowed?: (part: Rule, query: Query) => Query;
}
