/** An entry of a Kibana exception. The entries of one exception all have to hold. */
export type Entry = ValueEntry | ValuesEntry | ExistsEntry | ListEntry | NestedEntry;

/** Whether the field has to pass the test, or must not. */
export type Operator = 'included' | 'excluded';

/** `match` takes the text as it is; `wildcard` knows `*`, `?` and the backslash. */
export interface ValueEntry {
  readonly type: 'match' | 'wildcard';
  readonly field: string;
  readonly operator: Operator;
  readonly value: string;
}

export interface ValuesEntry {
  readonly type: 'match_any';
  readonly field: string;
  readonly operator: Operator;
  readonly value: readonly string[];
}

export interface ExistsEntry {
  readonly type: 'exists';
  readonly field: string;
  readonly operator: Operator;
}

/** The value stands in a list that the site keeps, and that never travels with rules. */
export interface ListEntry {
  readonly type: 'list';
  readonly field: string;
  readonly operator: Operator;
  readonly list: { readonly id: string; readonly type: string };
}

/** One element of a list of objects passes all of the entries, whose fields go on from this one. */
export interface NestedEntry {
  readonly type: 'nested';
  readonly field: string;
  readonly entries: readonly (ValueEntry | ValuesEntry | ExistsEntry)[];
}
