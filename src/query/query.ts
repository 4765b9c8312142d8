import type { Span } from '../source/source.ts';

/**
 * The neutral sentence: what a rule asks, in no language.
 *
 * It is two-valued: a test of a missing field is false, and its negation is true, as in Sigma, KQL,
 * Lucene and EQL. A test of a field with many values holds if it holds for any of them. Escapes are
 * undone, case is said on every test. Spans are places in the text that was parsed; trees that were
 * built by hand have none, and nothing but diagnostics may depend on them.
 */
export interface Query {
  /** Index patterns the text itself names. Only ES|QL does; elsewhere the rule names them. */
  readonly from: readonly string[];
  readonly find: Filter | Sequence | Sample | Correlation | Opaque;
  /** What follows a pipe, in order. */
  readonly stages: readonly Stage[];
}

/** Single events. EQL's `process where …` puts its first word in `category`; `any` leaves it out. */
export interface Filter {
  readonly kind: 'filter';
  readonly category?: string;
  readonly where: Predicate;
  readonly span?: Span;
}

/** Events in order. `within` is EQL's maxspan and Sigma's timespan. */
export interface Sequence {
  readonly kind: 'sequence';
  /** Joins every step, `until` too; the keys of a step come after these. */
  readonly by: readonly Operand[];
  readonly within?: Duration;
  readonly steps: readonly Step[];
  readonly until?: Step;
  readonly span?: Span;
}

/** Events in any order: EQL's `sample` (which has no `within`), Sigma's `temporal`. */
export interface Sample {
  readonly kind: 'sample';
  readonly by: readonly Operand[];
  readonly within?: Duration;
  readonly steps: readonly Step[];
  readonly span?: Span;
}

/** One event of several: `[process where …] by user.id with runs=3`; `![…]` is a missing one. */
export interface Step {
  readonly category?: string;
  readonly where: Predicate;
  readonly by: readonly Operand[];
  /** How many times over; 1 unless said. */
  readonly runs: number;
  readonly missing: boolean;
  readonly span?: Span;
}

/**
 * Finds of several queries that belong together, where no sequence, sample or count says it: Sigma's correlations of
 * other correlations, those whose rules call a key by different names, those with a condition over rules.
 * A find of a part counts as one event, at the time of its last one; what an inner correlation joins by it has as
 * fields, beside those of its events.
 */
export interface Correlation {
  readonly kind: 'correlation';
  readonly of: readonly CorrelationPart[];
  /** What the keys are called that join the finds; a find of this correlation has them as fields. */
  readonly by: readonly string[];
  readonly within: Duration;
  readonly asks: Presence | Measured;
  readonly span?: Span;
}

/** One of the queries that a correlation joins. */
export interface CorrelationPart {
  readonly name: string;
  readonly query: Query;
  /** The field of this part for each of the keys. */
  readonly by: readonly string[];
}

/** Which parts there must be finds of: Sigma's `temporal`, and `temporal_ordered`, where they come in this order. */
export interface Presence {
  readonly kind: 'presence';
  readonly ordered: boolean;
  readonly where: PartTest;
}

/** `a and not (b or c)` over the names of parts; `count` is how many of them there are finds of. */
export type PartTest =
  | { readonly kind: 'part'; readonly name: string }
  | { readonly kind: 'and' | 'or'; readonly of: readonly PartTest[] }
  | { readonly kind: 'not'; readonly of: PartTest }
  | { readonly kind: 'count'; readonly keep: Bound };

/** What comes after a pipe: what we know, and the rest as text. */
export type Stage = Limit | Aggregate | Keep | Sort | Opaque;

/** EQL `head 5`, `tail 5`. */
export interface Limit {
  readonly kind: 'limit';
  readonly end: 'first' | 'last';
  readonly count: number;
  readonly span?: Span;
}

/** ES|QL `KEEP host.name, user.*`: what is given of each event. It does not change which events match. */
export interface Keep {
  readonly kind: 'keep';
  readonly fields: readonly string[];
  readonly span?: Span;
}

/** ES|QL `SORT @timestamp DESC NULLS LAST`: the order in which events are given. */
export interface Sort {
  readonly kind: 'sort';
  readonly by: readonly {
    readonly field: string;
    readonly order: 'ascending' | 'descending';
    readonly missing: 'first' | 'last';
  }[];
  readonly span?: Span;
}

/** Measures per group, and which groups to keep: thresholds, Sigma's `event_count` and its like. */
export interface Aggregate extends Measure {
  readonly kind: 'aggregate';
  readonly by: readonly string[];
  readonly within?: Duration;
  readonly keep?: Bound;
  /** What the measure is called where it is given: ES|QL `n = COUNT(*)`. It does not change which groups are kept. */
  readonly as?: string;
  /** What else is given of each group, as text: ES|QL `users = VALUES(user.name)`. Nor does this. */
  readonly beside?: Opaque;
  /** How many events there must be as well: a threshold rule with a cardinality asks for both. */
  readonly least?: number;
  readonly span?: Span;
}

/** A measure of all finds of a correlation. */
export interface Measured extends Measure {
  readonly kind: 'measured';
  readonly keep: Bound;
}

/** What is measured of several events. */
export interface Measure {
  readonly measure: 'count' | 'count-distinct' | 'sum' | 'avg' | 'min' | 'max' | 'percentile';
  /** The field that is measured; `count` has none. */
  readonly field?: string;
  /** Fields whose values are told apart together with those of the first: only `count-distinct` has them. */
  readonly also?: readonly string[];
  /** Which percentile, from 0 to 100: 50 is the median. */
  readonly percentile?: number;
}

/** What a measure must be. Sigma's `gt: 100, lte: 200` are two at once, of which one is the `and` of the other. */
export interface Bound {
  readonly operator: Comparison;
  readonly value: number;
  readonly and?: Bound;
}

/** What is asked of one event. */
export type Predicate =
  | And
  | Or
  | Not
  | Equals
  | Range
  | Regex
  | Cidr
  | Exists
  | Compare
  | Call
  | FreeText
  | Nested
  | Constant
  | Opaque;

/** Joins hold two parts or more; `and()` and `or()` in build.ts see to it. */
export interface And {
  readonly kind: 'and';
  readonly of: readonly Predicate[];
}

/** One of the tests holds, at least. */
export interface Or {
  readonly kind: 'or';
  readonly of: readonly Predicate[];
}

/** The test does not hold. A test of a missing field is false, so its negation is true. */
export interface Not {
  readonly kind: 'not';
  readonly of: Predicate;
}

/**
 * The field, whole, is any (or each) of these values; a list is a list here, never a fan of `or`.
 * EQL `f : ("a*", "b")`, `f in ("a", "b")`, `f == 1`; KQL `f: (a* or b)`; Sigma `f: [a*, b]`.
 * The value null asks for a field that is absent or null.
 */
export interface Equals {
  readonly kind: 'equals';
  readonly field: string;
  readonly values: readonly Value[];
  readonly quantifier: 'any' | 'all';
  /** For patterns; it says nothing about numbers, truth values and null. */
  readonly caseSensitive: boolean;
  /** EQL `?f`: the field may be unknown to the index. It does not change which events match. */
  readonly optional?: true;
  readonly span?: Span;
}

/** EQL `f > 5`, KQL `f > 5`, Sigma `f|gt: 5`. A pattern here is plain text: a date, a version. */
export interface Range {
  readonly kind: 'range';
  readonly field: string;
  readonly operator: Order;
  readonly value: number | string;
  readonly optional?: true;
  readonly span?: Span;
}

/**
 * The field matches one (or each) of these regular expressions, kept as text of their flavour:
 * `lucene` matches the whole value (EQL `regex`), `pcre` any part of it (Sigma `|re`).
 */
export interface Regex {
  readonly kind: 'regex';
  readonly field: string;
  readonly patterns: readonly string[];
  readonly quantifier: 'any' | 'all';
  readonly flavour: 'lucene' | 'pcre';
  readonly caseSensitive: boolean;
  /** PCRE flags beside case: `m`, `s`, in this order. */
  readonly flags?: string;
  readonly optional?: true;
  readonly span?: Span;
}

/** The address stands in one of these networks. EQL `cidrMatch(f, "10.0.0.0/8")`, Sigma `f|cidr`. */
export interface Cidr {
  readonly kind: 'cidr';
  readonly field: string;
  readonly networks: readonly string[];
  readonly optional?: true;
  readonly span?: Span;
}

/** The field has any value at all. KQL `f: *`, EQL `f != null`, Sigma `f|exists: true`. */
export interface Exists {
  readonly kind: 'exists';
  readonly field: string;
  readonly optional?: true;
  readonly span?: Span;
}

/** Two operands side by side, where one of the plain tests above will not do: `length(f) > 20`. */
export interface Compare {
  readonly kind: 'compare';
  readonly left: Operand;
  readonly operator: Comparison;
  readonly right: Operand;
  readonly span?: Span;
}

/** A function that answers true or false, which we can name but not unfold: `endsWith(f, g)`. */
export interface Call {
  readonly kind: 'call';
  /** The function's proper spelling, without the `~` of its case-insensitive form. */
  readonly name: string;
  readonly caseSensitive: boolean;
  readonly arguments: readonly Operand[];
  readonly span?: Span;
}

/** The value stands in some field, whichever. EQL has no words for this. Sigma's keywords. */
export interface FreeText {
  readonly kind: 'free-text';
  readonly values: readonly Value[];
  readonly quantifier: 'any' | 'all';
  readonly caseSensitive: boolean;
  readonly span?: Span;
}

/** One element of a list of objects passes all of it. KQL `path: { a: b and c: d }`. */
export interface Nested {
  readonly kind: 'nested';
  readonly path: string;
  readonly where: Predicate;
  readonly span?: Span;
}

/** Always true, or never. */
export interface Constant {
  readonly kind: 'constant';
  readonly value: boolean;
}

/** Text of one language that we pass on unread. It prints in that language and in no other. */
export interface Opaque {
  readonly kind: 'opaque';
  readonly language: string;
  readonly text: string;
  /** Of a stage: it changes what is given of each event, and not which events match: ES|QL `EVAL`, `DROP`. */
  readonly keepsEvents?: true;
  readonly span?: Span;
}

/** A side of a comparison, an argument of a function, a join key. */
export type Operand = FieldOperand | LiteralOperand | CallOperand | TestOperand;

export interface FieldOperand {
  readonly kind: 'field';
  readonly field: string;
  readonly optional?: true;
}

/** A text here is literal: its stars are stars. */
export interface LiteralOperand {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
}

/** A function or an arithmetic sign that gives a value: `length(f)`, `f + 1` (named `add`). */
export interface CallOperand {
  readonly kind: 'call';
  readonly name: string;
  readonly caseSensitive: boolean;
  readonly arguments: readonly Operand[];
}

/** The truth of a test, where a value is wanted: `(a == b) == true`. */
export interface TestOperand {
  readonly kind: 'test';
  readonly of: Predicate;
}

/** What a field is asked for. A text is a pattern, with or without wildcards. */
export type Value = Pattern | number | boolean | null;

/** Text cut at its wildcards, with every language's escaping already undone. Never empty: '' is `['']`. */
export type Pattern = readonly PatternPart[];
export type PatternPart = string | Wildcard | Placeholder;
/** Any text (`many`), or one character (`one`). */
export interface Wildcard {
  readonly wildcard: 'many' | 'one';
}
/** Sigma's `%name%` under `|expand`: a list that the site fills in. */
export interface Placeholder {
  readonly placeholder: string;
}

export type Order = '<' | '<=' | '>' | '>=';
export type Comparison = Order | '==' | '!=';
/** In milliseconds. */
export type Duration = number;

/** The predicates that test one named field. */
export type FieldTest = Equals | Range | Regex | Cidr | Exists;
