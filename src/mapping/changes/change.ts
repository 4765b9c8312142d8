import type { Effect } from '../../diagnostic/diagnostic.ts';
import type { Scalar } from '../../query/event.ts';
import type { Equals, Pattern, Predicate, Value } from '../../query/query.ts';
import type { Change } from '../table.ts';

/** A value under its new name, and what it costs. */
export interface Renamed {
  readonly test: Predicate;
  /** What it does to the rule where the test stands unnegated; absent: nothing. */
  readonly effect?: Effect;
}

/** How values change with the name of their field. Undefined: the change has no words for this value. */
export interface ValueChange<Kind extends Change['kind']> {
  toEcs(value: Value, to: Target, change: Extract<Change, { kind: Kind }>): Renamed | undefined;
  toSigma(value: Value, to: Target, change: Extract<Change, { kind: Kind }>): Renamed | undefined;
  /**
   * What the fields of ECS hold in an event in which Sigma's holds this, or is not there (null, which only those are asked
   * about that have words for it). The field is the one of the row.
   */
  valueToEcs(
    held: Held,
    field: string,
    change: Extract<Change, { kind: Kind }>,
  ): readonly Placed[] | undefined;
  /**
   * What Sigma's field holds in an event in which this field of ECS holds that. Wildcards stand for what one field does not
   * tell of the whole: `*\\cmd.exe` for a name. Other fields may tell it.
   */
  valueToSigma(held: Scalar, field: string, change: Extract<Change, { kind: Kind }>): Value | undefined;
  /** What stands between several pieces of one whole. */
  readonly between?: string;
}

/** A value of a field of an event, or that the field is not there. */
export type Held = Scalar | null;

/** What a field holds after the change; null for one that is left out. */
export interface Placed {
  readonly field: string;
  readonly value: Held;
}

/** The one field of the row, where the change has words for the value. */
export function placed(field: string, value: Held | undefined): readonly Placed[] | undefined {
  return value === undefined ? undefined : [{ field, value }];
}

/** The field to be tested instead, and whether case counted. */
export interface Target {
  readonly field: string;
  /** The field as it was called before. */
  readonly from: string;
  readonly caseSensitive: boolean;
}

export function equals({ field, caseSensitive }: Omit<Target, 'from'>, ...values: readonly Value[]): Equals {
  return { kind: 'equals', field, values, quantifier: 'any', caseSensitive };
}

/** A value as it is asked for, as it stands. */
export function asValue(word: Scalar): Value {
  return typeof word === 'string' ? [word] : word;
}

/** The text that a pattern ends with, where only `*` stands before it: `*\cmd.exe`. */
export function ending(value: Pattern): string | undefined {
  const [first, text] = value;
  const ends =
    value.length === 2 && typeof first === 'object' && 'wildcard' in first && first.wildcard === 'many';
  return ends && typeof text === 'string' ? text : undefined;
}

/** The text that a pattern begins with, where only `*` stands behind it: `C:\Windows\*`. */
export function beginning(value: Pattern): string | undefined {
  return ending([...value].reverse());
}

/** The text that a pattern holds between two `*`. */
export function middle(value: Pattern): string | undefined {
  const [first, ...rest] = value;
  return value.length === 3 && ending([first!, rest[0]!]) !== undefined ? beginning(rest) : undefined;
}
