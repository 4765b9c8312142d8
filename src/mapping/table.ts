import type { Effect } from '../diagnostic/diagnostic.ts';

/**
 * A mapping table as it stands in a file of `mappings/`: rows between Sigma's vocabulary and ECS, read
 * in both directions. Data only; what a row's `change` does to values is in `changes/`.
 */
export interface Table {
  /** What the file is about, in a few words. */
  readonly title: string;
  /** Which version of this layout the file follows. */
  readonly version: 1;
  readonly logSources?: readonly LogSourceRow[];
  readonly fields?: readonly FieldRow[];
  readonly unnamed?: readonly UnnamedRow[];
}

/** A log source of Sigma, and the events of the Elastic world that it means. */
export interface LogSourceRow {
  readonly sigma: LogSourceKeys;
  /** The value of `event.category` (EQL's first word); absent where events of several are meant. */
  readonly category?: string;
  /** Tests that the log source implies: added going to ECS, taken out coming back. */
  readonly where?: readonly ImpliedTest[];
  /** Tests that say nothing more once the log source is said: taken out coming back, never added. */
  readonly absorb?: readonly AbsorbedTest[];
  /** Index patterns a rule of this source searches; the most specific first. */
  readonly indices?: readonly string[];
  /** Whether searching these indices alone says that the events are of this source. */
  readonly saidByIndex?: true;
  readonly direction?: Direction;
  /** Something that must be so for the row to hold, as a sentence; the report repeats it. */
  readonly assume?: string;
  /** Where the fact comes from. */
  readonly source: string;
}

export interface LogSourceKeys {
  readonly category?: string;
  readonly product?: string;
  readonly service?: string;
}

/** `field` is one of `is`. */
export interface ImpliedTest {
  readonly field: string;
  readonly is: readonly (string | number | boolean)[];
  /** Other spellings of the same, coming back: another field, another list, a negation. */
  readonly also?: readonly OtherSpelling[];
  /** What it does to leave the test out where a rule never made it; absent: such a rule is of another source. */
  readonly missing?: 'equivalent' | Effect;
}

export interface OtherSpelling {
  /** The same field, unless said. */
  readonly field?: string;
  readonly is?: readonly (string | number | boolean)[];
  /** `not (field is one of these)`. */
  readonly isNot?: readonly (string | number | boolean)[];
  /** What it does to take it for the same; absent: nothing. */
  readonly effect?: Effect;
}

/** A test of `field` for values that all stand in `within`. */
export interface AbsorbedTest {
  readonly field: string;
  readonly within: readonly (string | number | boolean)[];
  readonly effect?: Effect;
  readonly because: string;
}

/** A field on each side. The first row that fits a field, its log source and its values is taken. */
export interface FieldRow {
  readonly sigma: string;
  readonly ecs: string;
  /** The log sources it holds for; a list means any of these. Absent: everywhere. */
  readonly scope?: Scope;
  /** What happens to values on the way; absent: nothing. */
  readonly change?: Change;
  readonly direction?: Direction;
  /** The row is an approximation: what it does to a rule where the test stands unnegated, in its direction. */
  readonly effect?: { readonly toEcs?: Effect; readonly toSigma?: Effect };
  /** One side keeps the same under another name as well, so nothing depends on which of them is asked. */
  readonly copy?: true;
  readonly assume?: string;
  readonly source: string;
}

export interface Scope {
  readonly category?: string | readonly string[];
  readonly product?: string | readonly string[];
  readonly service?: string | readonly string[];
  /** Categories and services that it does not hold for, of those that it would. */
  readonly except?: readonly string[];
  /**
   * What the rule asks for as well, in the names of either side: one of these fields, for nothing but these values.
   * Without values, whatever it asks of the field.
   */
  readonly beside?: { readonly [field: string]: readonly (string | number | boolean)[] };
}

/** Names of one side for which the other has nothing: told as a fact, and no gap of the tables. */
export interface UnnamedRow {
  /** Names of Sigma that Elastic's events of this scope do not have. `*` at the end stands for any more. */
  readonly sigma?: readonly string[];
  /** Names of ECS that Sigma has none for. */
  readonly ecs?: readonly string[];
  readonly scope?: Scope;
  /** Why that is so, as a sentence; the report repeats it. */
  readonly because: string;
  readonly source: string;
}

export type Direction = 'both' | 'to-ecs' | 'to-sigma';

/** The name of a value change, with what it needs to know. Each is a file of `changes/`. */
export type Change =
  /** ECS holds the last piece of a path, Sigma the whole: `process.name: x` ↔ `Image|endswith: \x`. */
  | { readonly kind: 'file-name'; readonly separator: '\\' | '/' | 'either' }
  /** ECS holds what follows the last dot: `file.extension: exe` ↔ `TargetFilename|endswith: .exe`. */
  | { readonly kind: 'extension' }
  /** ECS holds the folder: `file.directory: /tmp` ↔ `TargetFilename|startswith: /tmp/`. */
  | { readonly kind: 'directory'; readonly separator: '\\' | '/' }
  /** ECS holds the pieces of a command line: `process.args: x` → `CommandLine|contains: x`. */
  | { readonly kind: 'arguments' }
  /** Sigma holds `DOMAIN\name`, ECS the two in two fields (`ecs` is the name, `domain` the other). */
  | { readonly kind: 'account'; readonly domain: string }
  /** Sigma holds `MD5=…,SHA256=…` in one text, ECS each in a field of its own. */
  | { readonly kind: 'hash'; readonly algorithm: 'MD5' | 'SHA1' | 'SHA256' | 'IMPHASH' }
  /**
   * Words that correspond, Sigma's first. Words that are not listed stay as they are, unless `closed`. Several of Sigma's
   * for one of ECS are more than each, unless they are `alike`: spellings of one thing.
   */
  | {
      readonly kind: 'words';
      readonly words: Readonly<Record<string, string | boolean | number>>;
      readonly closed?: true;
      readonly alike?: true;
    }
  /** Sigma holds a number, ECS the same as text: `EventID: 4624` ↔ `event.code: "4624"`. */
  | { readonly kind: 'number' }
  /** Sigma's text has this in front, ECS's has not. */
  | { readonly kind: 'prefix'; readonly sigma: string; readonly ecs: string }
  /** Sigma's log writes `''` or `-` for nothing, ECS leaves the field out; or it `keeps` one of these. */
  | { readonly kind: 'empty'; readonly keeps?: readonly string[] }
  /** Sigma holds a number as text to the base of 16, ECS as a number: `'0x1a4'` ↔ `420`. */
  | { readonly kind: 'hexadecimal' }
  /** Sigma has the hives and control sets of the registry as Sysmon writes them, ECS as each product does. */
  | { readonly kind: 'registry-path' }
  /** ECS holds what stands between hive and value: `registry.key: SOFTWARE\X` → `TargetObject|contains: \SOFTWARE\X\`. */
  | { readonly kind: 'registry-key' }
  /** ECS holds the hive: `registry.hive: HKEY_USERS` → `TargetObject|startswith: HKU\`. */
  | { readonly kind: 'registry-hive' }
  /** Sigma holds a number with its type, ECS alone: `Details: DWORD (0x00000001)` ↔ `registry.data.strings: "1"`. */
  | { readonly kind: 'registry-number' };
