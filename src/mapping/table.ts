import type { Effect } from '../diagnostic/diagnostic.ts';

/**
 * A mapping table as it stands in a file of `mappings/`: rows between Sigma's vocabulary and ECS, read
 * in both directions. Data only; what a row's `change` does to values is in `changes/`. The comments are the
 * descriptions of `docs/schema/mapping.schema.json`.
 */
export interface Table {
  /** What the file is about, in a few words. */
  readonly title: string;
  /** Which version of this layout the file follows. */
  readonly version: 1;
  /** Log sources of Sigma, and the events they mean. */
  readonly logSources?: readonly LogSourceRow[];
  /** Fields by their names on both sides. The first row that fits is taken. */
  readonly fields?: readonly FieldRow[];
  /** Names for which the other side has none. */
  readonly unnamed?: readonly UnnamedRow[];
  /** Tags that rules of log sources have in Elastic. */
  readonly tags?: readonly TagRow[];
  /** The file that the table was read from; no part of its text. */
  readonly file?: string;
}

/** Tags that a rule of these log sources has in Elastic, where tags say what a rule is about. */
export interface TagRow {
  /** The tags, as Elastic's own rules spell them. */
  readonly tags: readonly string[];
  /** The log sources that they are for; without it, all. */
  readonly scope?: Scope;
  /** Where the fact comes from. No row without one. */
  readonly source: string;
}

/** A log source of Sigma, and the events of the Elastic world that it means. */
export interface LogSourceRow {
  /** The log source as a Sigma rule says it: exactly these keys. */
  readonly sigma: LogSourceKeys;
  /** The value of `event.category` (EQL's first word); absent where events of several are meant. */
  readonly category?: string;
  /** Tests that the log source implies: added going to ECS, taken out coming back. */
  readonly where?: readonly ImpliedTest[];
  /** Tests that say nothing more once the log source is said: taken out coming back, never added. */
  readonly absorb?: readonly AbsorbedTest[];
  /**
   * A rule that still asks for one of these, when all that is, is of another source: a field, for nothing but these
   * values; without values, whatever it asks of the field.
   */
  readonly unless?: Values;
  /** Index patterns a rule of this source searches; the most specific first. */
  readonly indices?: readonly string[];
  /** Whether searching these indices alone says that the events are of this source. */
  readonly saidByIndex?: true;
  /** Which way the row is read; absent: both. */
  readonly direction?: Direction;
  /** Something that must be so for the row to hold, as a sentence; the report repeats it. */
  readonly assume?: string;
  /** Where the fact comes from. */
  readonly source: string;
}

export interface LogSourceKeys {
  /** What the events are about: `process_creation`. */
  readonly category?: string;
  /** What they come from: `windows`. */
  readonly product?: string;
  /** The part of the product that writes them: `security`. */
  readonly service?: string;
}

/** `field` is one of `is`. */
export interface ImpliedTest {
  /** The name in ECS. */
  readonly field: string;
  /** The values, as a whole: a rule makes the test if it asks for just these. */
  readonly is: readonly (string | number | boolean)[];
  /** Other spellings of the same, coming back: another field, another list, a negation. */
  readonly also?: readonly OtherSpelling[];
  /** What it does to leave the test out where a rule never made it; absent: such a rule is of another source. */
  readonly missing?: 'equivalent' | Effect;
}

export interface OtherSpelling {
  /** The same field, unless said. */
  readonly field?: string;
  /** `field` is one of these. */
  readonly is?: readonly (string | number | boolean)[];
  /** `not (field is one of these)`. */
  readonly isNot?: readonly (string | number | boolean)[];
  /** What it does to take it for the same; absent: nothing. */
  readonly effect?: Effect;
}

/** A test of `field` for values that all stand in `within`. */
export interface AbsorbedTest {
  /** The name in ECS. */
  readonly field: string;
  /** The values that say nothing more; a test for others stays. */
  readonly within: readonly (string | number | boolean)[];
  /** What it does to take the test out; absent: nothing. */
  readonly effect?: Effect;
  /** Why it says nothing more, as a sentence; the report repeats it. */
  readonly because: string;
}

/**
 * A field on each side. The first row that fits a field, its log source and its values is taken. `*` at the end of both
 * names stands for any more, and for the same on both sides: `requestParameters.*` ↔ `aws.….request_parameters.*`.
 * Alone it stands for names without a dot. Elsewhere in a name of ECS it stands for any place of a list.
 */
export interface FieldRow {
  /** The name in Sigma; `*` for every name that has no row. */
  readonly sigma: string;
  /** The name in ECS; for `*` with a `*` where the name stands: `winlog.event_data.*`. */
  readonly ecs: string;
  /** The log sources it holds for; a list means any of these. Absent: everywhere. */
  readonly scope?: Scope;
  /** What happens to values on the way; absent: nothing. */
  readonly change?: Change;
  /** Which way the row is read; absent: both. */
  readonly direction?: Direction;
  /** The row is an approximation: what it does to a rule where the test stands unnegated, in its direction. */
  readonly effect?: {
    /** Going from Sigma to ECS. */
    readonly toEcs?: Effect;
    /** Going from ECS to Sigma. */
    readonly toSigma?: Effect;
  };
  /** One side keeps the same under another name as well, so nothing depends on which of them is asked. */
  readonly copy?: true;
  /** Taken before others where the name alone counts: what joins events, and by what they are counted. */
  readonly key?: true;
  /** Something that must be so for the row to hold, as a sentence; the report repeats it. */
  readonly assume?: string;
  /** Where the fact comes from. */
  readonly source: string;
}

/** What a key of a log source is, or may be; an empty list: a log source without the key. */
export interface Scope {
  /** The category of the log source is this, or one of these. */
  readonly category?: string | readonly string[];
  /** The product is this, or one of these. */
  readonly product?: string | readonly string[];
  /** The service is this, or one of these. */
  readonly service?: string | readonly string[];
  /** Categories and services that it does not hold for, of those that it would. */
  readonly except?: readonly string[];
  /**
   * What the rule asks for as well, in the names of either side: one of these fields, for nothing but these values.
   * Without values, whatever it asks of the field.
   */
  readonly beside?: Values;
}

/** Values by field. */
export interface Values {
  readonly [field: string]: readonly (string | number | boolean)[];
}

/** Names of one side for which the other has nothing: told as a fact, and no gap of the tables. */
export interface UnnamedRow {
  /** Names of Sigma that Elastic's events of this scope do not have. `*` at the end stands for any more. */
  readonly sigma?: readonly string[];
  /** Names of ECS that Sigma has none for. */
  readonly ecs?: readonly string[];
  /** The log sources it holds for. Absent: everywhere. */
  readonly scope?: Scope;
  /** Why that is so, as a sentence; the report repeats it. */
  readonly because: string;
  /** Where the fact comes from. */
  readonly source: string;
}

/** `to-ecs` is read going from Sigma to ECS alone, `to-sigma` coming back alone. */
export type Direction = 'both' | 'to-ecs' | 'to-sigma';

/** The name of a value change, with what it needs to know. Each is a file of `changes/`. */
export type Change =
  /** ECS holds the last piece of a path, Sigma the whole: `process.name: x` ↔ `Image|endswith: \x`. */
  | {
      readonly kind: 'file-name';
      /** What parts the pieces of the path. */
      readonly separator: '\\' | '/' | 'either';
    }
  /** ECS holds what follows the last dot: `file.extension: exe` ↔ `TargetFilename|endswith: .exe`. */
  | { readonly kind: 'extension' }
  /** ECS holds the folder: `file.directory: /tmp` ↔ `TargetFilename|startswith: /tmp/`. */
  | {
      readonly kind: 'directory';
      /** What parts the pieces of the path. */
      readonly separator: '\\' | '/';
    }
  /** ECS holds the pieces of a command line: `process.args: x` → `CommandLine|contains: x`. */
  | { readonly kind: 'arguments' }
  /** Sigma holds `DOMAIN\name`, ECS the two in two fields (`ecs` is the name, `domain` the other). */
  | {
      readonly kind: 'account';
      /** The field of ECS that holds the domain. */
      readonly domain: string;
    }
  /** Sigma holds `MD5=…,SHA256=…` in one text, ECS each in a field of its own. */
  | {
      readonly kind: 'hash';
      /** The word before the equals sign. */
      readonly algorithm: 'MD5' | 'SHA1' | 'SHA256' | 'IMPHASH';
    }
  /**
   * Words that correspond, Sigma's first. Words that are not listed stay as they are, unless `closed`. Several of Sigma's
   * for one of ECS are more than each, unless they are `alike`: spellings of one thing.
   */
  | {
      readonly kind: 'words';
      /** Sigma's word, and ECS's for it. The first that fits is the way back. */
      readonly words: Readonly<Record<string, string | boolean | number>>;
      /** No other words are had; a row with other words for them may follow. */
      readonly closed?: true;
      /** Several words of Sigma's for one of ECS are spellings of one thing. */
      readonly alike?: true;
    }
  /** Sigma holds a number, ECS the same as text: `EventID: 4624` ↔ `event.code: "4624"`. */
  | { readonly kind: 'number' }
  /** Sigma's text has this in front, ECS's has not. */
  | {
      readonly kind: 'prefix';
      /** What stands in front in Sigma. */
      readonly sigma: string;
      /** What stands in front in ECS; may be empty. */
      readonly ecs: string;
    }
  /** ECS holds what stands before the `@` of an address, or behind it: `user.name: jo` ↔ `UserId|startswith: jo@`. */
  | {
      readonly kind: 'mailbox';
      /** Which piece of the address it is. */
      readonly part: 'name' | 'domain';
    }
  /** ECS has a word for Sigma's field being there, and one for it not being there: `event.outcome: failure` → `errorCode: *`. */
  | {
      readonly kind: 'presence';
      /** The word where it is there. */
      readonly present?: string;
      /** The word where it is not. */
      readonly absent?: string;
    }
  /** ECS has this word for all events but those where Sigma's field is one of `but`: `event.outcome: success`. */
  | {
      readonly kind: 'otherwise';
      /** The word of ECS. */
      readonly word: string;
      /** The values of Sigma's field for which ECS has another. */
      readonly but: readonly (string | number)[];
    }
  /** An object as one text, JSON in Sigma and `{name=value}` in ECS: `*"name":"x"*` ↔ `*name=x*`. */
  | { readonly kind: 'entries' }
  /** Sigma's log writes `''` or `-` for nothing, ECS leaves the field out; or it `keeps` one of these. */
  | {
      readonly kind: 'empty';
      /** What is kept as it is. */
      readonly keeps?: readonly string[];
    }
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
