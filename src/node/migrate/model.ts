import type {
  ConvertOptions,
  Fidelity,
  Finding,
  FormatId,
  Merged,
  Outcome,
  RuleChange,
  RuleReport,
  Versions as Texts,
} from '../../index.ts';
import type { FileConversion } from '../file-conversion.ts';

/** What is asked of a migration, beside what is asked of each conversion. */
export interface MigrateOptions extends Omit<ConvertOptions, 'references' | 'id'> {
  /** An id that is made by chance would be another one in each run. */
  readonly id?: 'keep' | 'derive';
  /** Names of targets: those of the sources, or as the house of the target has them. */
  readonly names?: 'keep' | 'house';
  /** All rules in one file, for formats whose files hold many. */
  readonly bundle?: boolean;
  /** Which side of a conflict is taken; `both`, the default, keeps the target and writes the other one beside it. */
  readonly onConflict?: Side | ((conflict: Conflicting) => Side | Promise<Side>);
  /** Writes again what was deleted by hand. */
  readonly restore?: boolean;
  /** Removes targets whose source is gone, unless they were changed by hand. */
  readonly prune?: boolean;
  /** Casts all again, whether it has changed or not. */
  readonly again?: boolean;
  /** Writes nothing; what is told is what would become of all. */
  readonly dryRun?: boolean;
  /** In how many threads rules are cast; one unless said. */
  readonly jobs?: number;
  /** Stops the run between two files: the signal of an `AbortController`. */
  readonly signal?: { throwIfAborted(): void };
  /** Puts together what was changed by hand and what has changed in the source: `merge` unless said; `false`, nothing is. */
  readonly mergeTexts?: MergeTexts | false;
  /** Tells what is otherwise in each target that is written, in words: `changes` of rules and targets. */
  readonly changes?: boolean;
  /** Is told how many of the files that are to be cast are done. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Is handed each conversion as it was made, for reports; unchanged files are cast for it, too. */
  readonly onConversion?: (conversion: FileConversion, outs: readonly (string | undefined)[]) => void;
}

export const sides = ['ours', 'theirs', 'both'] as const;
/** `ours` is what stands in the target, `theirs` what the source says now. */
export type Side = (typeof sides)[number];

export type Versions = Texts<string>;

/** As `merge` does it: one text of three. */
export type MergeTexts = (versions: Versions, options: { readonly format: FormatId }) => Outcome<Merged>;

/** A target that somebody changed, and whose source has changed as well. */
export interface Conflicting {
  readonly source: string;
  readonly target: string;
  readonly ours: string;
  readonly theirs: string;
  /** What stands in the way of both, in words. */
  readonly reasons: readonly string[];
}

/** What became of a target. */
export type TargetState =
  /** Written for the first time; again, as the source says something else; once more, as that was asked for. */
  | 'written'
  | 'updated'
  | 'restored'
  /** It says what it should already: since the last run; as somebody wrote the same; as a file of others did. */
  | 'same'
  | 'taken'
  | 'adopted'
  /** Changed by hand, and left alone; put together; or one side taken, as asked. */
  | 'kept'
  | 'merged'
  | 'ours'
  | 'theirs'
  | 'conflict'
  /** Deleted by hand, and not written again. */
  | 'deleted'
  /** Of an earlier text of a source that is refused now, or without a source; removed for that. */
  | 'left'
  | 'source-gone'
  | 'pruned'
  /** In the way of what would have been written, or not to be written at all. */
  | 'occupied'
  | 'unwritten';

/** A file that was written, or would have been, and what became of it. */
export interface MigratedTarget {
  /** Below the folder of the target. */
  readonly path: string;
  readonly state: TargetState;
  /** Where it stood before, if it has moved. */
  readonly from?: string;
  readonly diagnostics: readonly Finding[];
  /** The text that the places of these are in, where they have some. */
  readonly text?: string;
  /** What is otherwise in it than before the run, where that was asked for and it was written or removed. */
  readonly changes?: readonly RuleChange[];
}

/** A rule of a source, as the last conversion had it. */
export interface MigratedRule extends Omit<RuleReport, 'text' | 'diagnostics' | 'path'> {
  /** Empty where it was not cast again. */
  readonly text?: string;
  readonly diagnostics: readonly Finding[];
  /** What is otherwise in what it became, where that was asked for. */
  readonly changes?: readonly RuleChange[];
}

/** What became of one file of the source, or of one that is there no more. */
export interface MigratedFile {
  /** Below the folder of the source. */
  readonly path: string;
  readonly state: FileState;
  /** Why it was ignored, or that it failed. */
  readonly reason?: string;
  readonly rules: readonly MigratedRule[];
  readonly targets: readonly MigratedTarget[];
  /** How filters and exceptions fared that stand in a file without rules. */
  readonly fidelity?: Fidelity;
  /** What is said of the file, and of no one of its rules or targets. */
  readonly diagnostics: readonly Finding[];
  /** The text it was cast from, so that places in it can be shown. */
  readonly text?: string;
}

export const fileStates = [
  'converted',
  'carried',
  'refused',
  'failed',
  'unchanged',
  'ignored',
  'gone',
] as const;
export type FileState = (typeof fileStates)[number];

/** What a run came to, in numbers. */
export interface MigrationSummary {
  /** How many files of the source came to what. */
  readonly files: Readonly<Record<FileState, number>>;
  /** How many rules have which grade, those of unchanged files included. */
  readonly rules: number;
  readonly grades: Readonly<Record<Fidelity, number>>;
  /** What became of how many targets. */
  readonly targets: Readonly<Partial<Record<TargetState, number>>>;
  /** Files that hold filters or exceptions alone. */
  readonly exclusions: number;
  /** How many changes were made on the disk; with `dryRun`, would have been. What is kept for later runs counts. */
  readonly changes: number;
  /** What is said of the run, and of no one file. */
  readonly diagnostics: readonly Finding[];
}
