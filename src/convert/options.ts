import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { FormatId, Stack, TaxonomyId } from '../formats/format.ts';
import type { Caseless } from '../mapping/facts.ts';
import type { Pipeline } from '../mapping/pipeline/pipeline.ts';
import type { Table } from '../mapping/table.ts';
import type { Rule, RuleFilter } from '../rule/rule.ts';
import type { Acceptable } from './fidelity.ts';
import type { NewIds } from './ids/new-ids.ts';
import type { Placeholders } from './placeholders.ts';

/** What a conversion is asked to do. All but the target may be left out. */
export interface ConvertOptions {
  /** The format of the text; found by its content where it is not said. */
  readonly from?: FormatId;
  readonly to: FormatId;
  /** A shape of the target format: Kibana's `export`, `asset`, `saved-object` or `api`. */
  readonly shape?: string;
  /** The query language of the target; chosen by rule where it is not said. */
  readonly language?: string;
  /** What may be lost. Approximations that the tables declare need no leave, unless `strict`. */
  readonly allow?: readonly Acceptable[];
  /** Refuses the approximations that the tables declare, too. */
  readonly strict?: boolean;
  /** What travels with a rule: nothing, what the target has no words for, or the original file as well. */
  readonly carry?: 'none' | 'rest' | 'text';
  /** What to do about fields and log sources that no table knows: keep their names (and say so), or refuse the rule. */
  readonly unmapped?: 'keep' | 'refuse';
  /** Going to Sigma: the names that fields are called by, Sigma's own unless a rule says `taxonomy: ecs`. */
  readonly taxonomy?: TaxonomyId;
  /** Going to Sigma: `keep` writes `|cased` where case counts, `fold` leaves it out as SigmaHQ does. */
  readonly case?: 'keep' | 'fold';
  /**
   * What the conditions of Sigma filters mean: what is kept, as pySigma has them (the default), or what is
   * excluded, as the specification's own example has it.
   */
  readonly filters?: 'pysigma' | 'specification';
  /**
   * How the fields that are searched ignore case, for languages that can not: by themselves (`field`), or by a
   * sub-field (`.caseless`, with values in lower case; `.text`, cut into words). Unless it is said, they do not.
   */
  readonly caseless?: Caseless;
  /** What Sigma's placeholders stand for: `%Administrators%` is one of these values. */
  readonly placeholders?: Placeholders;
  /** The version of ATT&CK to write. Unless it is said, Sigma's rules name 19 and Elastic's 18. */
  readonly attack?: 18 | 19;
  /** The version of the Elastic Stack that is to take the rules: what it does not have is not written. */
  readonly stack?: Stack;
  /** Says what rules for Elastic leave to their build: the fields a query needs, and the integrations. */
  readonly derive?: boolean;
  /** Tables to lay over those that ship, the strongest first, and pipelines that rules go through before these. */
  readonly mappings?: readonly (Table | Pipeline)[];
  /** Other rules of the same run, to be found by references between rules. */
  readonly references?: readonly Rule[];
  /**
   * Sigma filters and Kibana's exceptions from other texts of the same run: those that are for rules of this
   * text count as if they stood beside them.
   */
  readonly exclusions?: readonly RuleFilter[];
  /**
   * What rules are called: as they are (`keep`, the default); by an id that follows from theirs (`derive`), so that
   * a copy never takes the place of its original; or by what a function makes of theirs, since nothing here is
   * left to chance. The same for the same, if ids of several texts are to agree.
   */
  readonly id?: 'keep' | 'derive' | NewIds;
  /**
   * Whether each text that was written is read back and held against what was read, which takes about as long as the
   * conversion. So it is unless it is said not to be.
   */
  readonly prove?: boolean;
  /** `YYYY-MM-DD`, for targets that want a date where the rule has none. */
  readonly today?: string;
}

/** Losses that the tables, an option or the rule itself declare; the others need the user's leave. */
const declared: ReadonlySet<string> = new Set([
  'loss/mapping',
  'loss/no-field',
  'loss/log-source',
  'loss/case-folded',
  'loss/exceptions',
  'loss/saved-query',
  'loss/many-values',
  'loss/words',
  'proof/unproved',
]);
/** What no table knows, and what has no name on the other side. */
const unmapped: ReadonlySet<string> = new Set([
  'mapping/unknown-field',
  'mapping/unknown-log-source',
  'mapping/no-name',
  'loss/no-field',
]);
const changes: ReadonlySet<string> = new Set(['broader', 'narrower', 'approximate']);

/** Whether a finding keeps a rule from being written. */
export function stops(found: Diagnostic, options: ConvertOptions): boolean {
  const { allow = [], strict = false } = options;
  if (options.unmapped === 'refuse' && unmapped.has(found.code)) return true;
  if (found.effect === undefined || !changes.has(found.effect)) return false;
  if ((allow as readonly string[]).includes(found.effect)) return false;
  return strict || !declared.has(found.code);
}
