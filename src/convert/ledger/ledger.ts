import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Span } from '../../source/source.ts';

/** What became of a construct of a rule; the words are in the order in which they are told. */
export const becomings = [
  'kept',
  'changed',
  'widened',
  'narrowed',
  'approximated',
  'dropped',
  'carried',
] as const;

/** What became of a part of a rule. */
export type Becoming = (typeof becomings)[number];

/** What a line of a ledger is about. `rule` stands for the rule as a whole: what is told of no part of it. */
export type Subject = 'test' | 'key' | 'log-source' | 'query' | 'setting' | 'filter' | 'envelope' | 'rule';

/** A line of a ledger: one construct of the rule that was read, and what became of it. */
export interface LedgerEntry {
  readonly kind: Subject;
  readonly became: Becoming;
  /** Undefined for what was added on the way. */
  readonly source?: Construct;
  /** Undefined where nothing stands for it, or where that can not be pointed at. */
  readonly target?: Construct;
  /** The row of the tables that was applied. Several, where the values of a list took different ones. */
  readonly rows: readonly AppliedRow[];
  /** What was found about it. Each finding of a rule stands in its ledger once. */
  readonly findings: readonly Diagnostic[];
}

/** Something that a text says. */
export interface Construct {
  /** As the text says it, or as near to that as is known. */
  readonly words: string;
  /** Where it stands in the file; several places where it is said in pieces, none where no place is known. */
  readonly places: readonly Span[];
  /** The key of the file that it stands at: `rule.severity`; of a test the field of the events. */
  readonly path?: string;
}

/** A row of the tables as it was applied to a part of a rule. */
export interface AppliedRow {
  /** The names on both sides: `Image <-> process.executable`. */
  readonly names: string;
  /** Where the fact comes from. */
  readonly source: string;
  /** The file of the table. */
  readonly file?: string;
}
