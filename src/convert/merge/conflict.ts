import type { Json } from '../../rule/json.ts';
import type { Span } from '../../source/source.ts';

/** Two changes that do not go together. What is said here, `ours`, stands. */
export interface Conflict {
  /** `severity`, `query`, `engine.note`; of a pack, the place within the rule. */
  readonly where: string;
  /** One sentence: what upstream changed, what was changed here, and what stands. */
  readonly message: string;
  /** The rule, or what else it is of, by its id; absent where there is one rule alone. */
  readonly rule?: string;
  readonly base?: Json;
  readonly ours?: Json;
  readonly theirs?: Json;
  /** The place of the query in the merged text, for what is in a query. */
  readonly span?: Span;
}

export type Tell = (conflict: Conflict) => void;
