import type { Json } from '../../rule/json.ts';
import type { NamedCounterexample } from '../compare/relate-rules.ts';

/** One thing that is otherwise in a rule than it was, in words for people. */
export interface RuleChange {
  /** The rule, as it is called now. */
  readonly id?: string;
  readonly title?: string;
  /** `query`, `severity`, `engine.note`; `rule` where all of it came or went. */
  readonly where: string;
  /** What follows the name of the rule: `now also matches process.name "pwsh.exe"`, `severity raised from low to high`. */
  readonly message: string;
  readonly before?: Json;
  readonly after?: Json;
  /** Events that show what a query matches now that it did not, or the other way round: `first` is before. */
  readonly counterexample?: NamedCounterexample;
}

/** The same before it is known of which rule it is. */
export type Said = Omit<RuleChange, 'id' | 'title'>;
