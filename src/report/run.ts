import type { Fidelity } from '../convert/fidelity.ts';
import type { AppliedRow, Becoming, Construct, Subject } from '../convert/ledger/ledger.ts';
import type { FormatId } from '../formats/format.ts';
import type { Position, Span } from '../source/source.ts';
import type { Gate } from './gates.ts';
import type { Finding, RuleReport, Summary } from './report.ts';

/** A run of conversions, as reports tell of it. */
export interface Run {
  readonly to: FormatId;
  readonly files: readonly FileReport[];
  readonly summary: Summary;
  /** What was asked of the run as a whole, and whether it was met. */
  readonly gates: readonly Gate[];
}

/** A file of a run. */
export interface FileReport {
  readonly path: string;
  /** How it fared as a whole: where it could not be read, and where it holds filters or exceptions alone. */
  readonly fidelity?: Fidelity;
  /** What is found about no rule of it. */
  readonly findings: readonly Finding[];
  readonly rules: readonly RuleLedger[];
}

/** A rule of a run, and what became of each of its constructs. Each of its findings stands in one line. */
export interface RuleLedger extends RuleReport {
  /** The text that the rule was read from. */
  readonly read: Excerpt;
  readonly ledger: readonly LedgerLine[];
}

/** A part of a file. */
export interface Excerpt {
  readonly text: string;
  /** Where it begins in the file. */
  readonly start: number;
  readonly line: number;
}

/** One construct of a rule, and what became of it. */
export interface LedgerLine {
  readonly kind: Subject;
  readonly became: Becoming;
  readonly source?: Said;
  readonly target?: Said;
  readonly rows: readonly AppliedRow[];
  readonly findings: readonly Finding[];
}

/** A construct with its places counted in lines and columns. */
export interface Said extends Omit<Construct, 'places'> {
  readonly places: readonly Range[];
}

/** A place in a text, in offsets and in lines and columns. */
export interface Range extends Span {
  readonly from: Position;
  readonly to: Position;
}
