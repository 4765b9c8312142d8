import type { Span } from '../../source/source.ts';

/**
 * ES|QL as it is written: a tree of its commands and expressions, which says nothing of their meaning.
 * Parentheses, comments, blanks, the case of keywords and the kind of quotes are gone; names and strings stand
 * with their quoting and escapes undone. Trees can be built by hand: places are optional everywhere.
 *
 * `SET time_zone = "+02:00"; FROM logs-* | WHERE a == 1`
 */
export interface Statement {
  readonly settings: readonly Setting[];
  /** The first is a source: `from`, `row`, `show`, or another that is kept as text. Never empty. */
  readonly commands: readonly Command[];
}

/** `SET name = value;` before the first command. */
export interface Setting {
  readonly name: string;
  readonly value: Constant | Options;
  readonly span?: Span;
}

export type Command = SourceCommand | ProcessingCommand | Other;

export type SourceCommand = From | Row | Show;

export type ProcessingCommand =
  | Where
  | Eval
  | Stats
  | Select
  | Rename
  | Sort
  | Limit
  | Grok
  | Dissect
  | MvExpand
  | Enrich
  | LookupJoin
  | Fork
  | Completion
  | Rerank
  | Sample
  | ChangePoint
  | Fuse;

/** `FROM logs-*, cluster:index, "quoted" METADATA _id, _version`; `TS metrics` with `series`. */
export interface From {
  readonly kind: 'from';
  readonly series: boolean;
  readonly sources: readonly (Source | Subquery)[];
  readonly metadata: readonly string[];
  readonly span?: Span;
}

/** An index pattern with its cluster and selector, as one text: `cluster:logs-*`, `logs::failures`, `-logs-a`. */
export interface Source {
  readonly kind: 'source';
  readonly pattern: string;
  readonly span?: Span;
}

/** `FROM (FROM a | WHERE b), c`; one branch of a fork, whose commands begin with no source. */
export interface Subquery {
  readonly kind: 'subquery';
  readonly commands: readonly Command[];
  readonly span?: Span;
}

/** `ROW a = 1, b = "x"` */
export interface Row {
  readonly kind: 'row';
  readonly fields: readonly Field[];
  readonly span?: Span;
}

/** `SHOW INFO` */
export interface Show {
  readonly kind: 'show';
  readonly what: string;
  readonly span?: Span;
}

/** `WHERE a == 1` */
export interface Where {
  readonly kind: 'where';
  readonly condition: Expression;
  readonly span?: Span;
}

/** `EVAL a = b + 1, length(c)` */
export interface Eval {
  readonly kind: 'eval';
  readonly fields: readonly Field[];
  readonly span?: Span;
}

/** `STATS n = count(*) WHERE a > 1, max(b) BY c, d = e`; `INLINE STATS …`. One of both lists holds something. */
export interface Stats {
  readonly kind: 'stats';
  readonly inline: boolean;
  readonly aggregates: readonly Aggregate[];
  readonly by: readonly Field[];
  readonly span?: Span;
}

/** A value and the column it goes to; without a name the column is called as the value is written. */
export interface Field {
  readonly name?: Name;
  readonly value: Expression;
  readonly span?: Span;
}

export interface Aggregate extends Field {
  /** Of which rows only. */
  readonly where?: Expression;
}

/** `KEEP a, b*`, `DROP c` */
export interface Select {
  readonly kind: 'keep' | 'drop';
  readonly patterns: readonly NamePattern[];
  readonly span?: Span;
}

/** `RENAME old AS new, new = old` */
export interface Rename {
  readonly kind: 'rename';
  readonly pairs: readonly RenamePair[];
  readonly span?: Span;
}

export interface RenamePair {
  readonly from: NamePattern;
  readonly to: NamePattern;
  readonly span?: Span;
}

/** `SORT a DESC NULLS LAST, b` */
export interface Sort {
  readonly kind: 'sort';
  readonly keys: readonly SortKey[];
  readonly span?: Span;
}

/** What is not written is not said: rows then ascend, and null is the largest. */
export interface SortKey {
  readonly value: Expression;
  readonly order?: 'asc' | 'desc';
  readonly nulls?: 'first' | 'last';
  readonly span?: Span;
}

/** `LIMIT 10`; `LIMIT 1 BY host.name` in newer versions. */
export interface Limit {
  readonly kind: 'limit';
  readonly count: Constant;
  readonly by: readonly Expression[];
  readonly span?: Span;
}

/** `GROK message "%{IP:ip} %{WORD:word}"`, several patterns in newer versions. */
export interface Grok {
  readonly kind: 'grok';
  readonly input: Expression;
  readonly patterns: readonly (StringLiteral | Parameter)[];
  readonly span?: Span;
}

/** `DISSECT message "%{a} - %{b}" APPEND_SEPARATOR = ","` */
export interface Dissect {
  readonly kind: 'dissect';
  readonly input: Expression;
  readonly pattern: StringLiteral | Parameter;
  readonly options: readonly DissectOption[];
  readonly span?: Span;
}

export interface DissectOption {
  readonly name: string;
  readonly value: Constant;
  readonly span?: Span;
}

/** `MV_EXPAND a` */
export interface MvExpand {
  readonly kind: 'mv-expand';
  readonly name: Name;
  readonly span?: Span;
}

/** `ENRICH _any:policy ON a WITH b, new = c`; the mode stands in the policy's text. */
export interface Enrich {
  readonly kind: 'enrich';
  readonly policy: string;
  readonly on?: NamePattern;
  readonly with: readonly EnrichField[];
  readonly span?: Span;
}

export interface EnrichField {
  readonly name?: NamePattern;
  readonly field: NamePattern;
  readonly span?: Span;
}

/** `LOOKUP JOIN index AS alias ON f, g` or `ON a == b AND c > 1`. */
export interface LookupJoin {
  readonly kind: 'lookup-join';
  readonly source: Source;
  readonly alias?: string;
  readonly on: readonly Expression[];
  readonly span?: Span;
}

/** `FORK (WHERE a) (WHERE b | LIMIT 1)` */
export interface Fork {
  readonly kind: 'fork';
  readonly branches: readonly Subquery[];
  readonly span?: Span;
}

/** `COMPLETION answer = prompt WITH { "inference_id": "x" }` */
export interface Completion {
  readonly kind: 'completion';
  readonly name?: Name;
  readonly prompt: Expression;
  readonly options?: Options;
  readonly span?: Span;
}

/** `RERANK score = "text" ON a, b = c WITH { "inference_id": "x" }` */
export interface Rerank {
  readonly kind: 'rerank';
  readonly name?: Name;
  readonly query: Constant;
  readonly on: readonly Field[];
  readonly options?: Options;
  readonly span?: Span;
}

/** `SAMPLE 0.1` */
export interface Sample {
  readonly kind: 'sample';
  readonly probability: Constant;
  readonly span?: Span;
}

/** `CHANGE_POINT value ON key AS type, pvalue BY group` */
export interface ChangePoint {
  readonly kind: 'change-point';
  readonly value: Name;
  readonly on?: Name;
  readonly as?: readonly [type: Name, pvalue: Name];
  readonly by: readonly Expression[];
  readonly span?: Span;
}

/** `FUSE rrf SCORE BY s GROUP BY g KEY BY a, b WITH { "rank_constant": 60 }` */
export interface Fuse {
  readonly kind: 'fuse';
  readonly method?: string;
  readonly score?: Name;
  readonly group?: Name;
  readonly key: readonly Field[];
  readonly options?: Options;
  readonly span?: Span;
}

/** A command that is known and not read: its text up to the next pipe, without comments. */
export interface Other {
  readonly kind: 'other';
  readonly word: string;
  readonly text: string;
  readonly span?: Span;
}

export type Expression =
  | Constant
  | Column
  | DynamicName
  | Join
  | Not
  | Sign
  | Compare
  | Arithmetic
  | In
  | InSubquery
  | IsNull
  | Like
  | Match
  | Cast
  | Call
  | DynamicCall
  | Star;

/** What stands for itself, wherever it is written. */
export type Constant =
  | StringLiteral
  | NumberLiteral
  | BooleanLiteral
  | NullLiteral
  | Timespan
  | ListLiteral
  | Parameter;

/** `"a\tb"`, `"""a\tb"""`, with escapes undone. */
export interface StringLiteral {
  readonly kind: 'string';
  readonly value: string;
  readonly span?: Span;
}

/** As it is written, a minus included and a plus not: `-123`, `1.50`, `.5e10`. */
export interface NumberLiteral {
  readonly kind: 'integer' | 'decimal';
  readonly text: string;
  readonly span?: Span;
}

export interface BooleanLiteral {
  readonly kind: 'boolean';
  readonly value: boolean;
  readonly span?: Span;
}

export interface NullLiteral {
  readonly kind: 'null';
  readonly span?: Span;
}

/** `5 minutes`, `-1 day`; the unit as it is written. */
export interface Timespan {
  readonly kind: 'timespan';
  readonly count: string;
  readonly unit: string;
  readonly span?: Span;
}

/** `[1, 2.5]`, `["a", "b"]`, `[true]`: a value of several, all of one type, and at least one. */
export interface ListLiteral {
  readonly kind: 'list';
  readonly values: readonly (StringLiteral | NumberLiteral | BooleanLiteral | Parameter)[];
  readonly span?: Span;
}

/** `?`, `?name`, `?1`, `??name`, as it is written. */
export interface Parameter {
  readonly kind: 'parameter';
  readonly text: string;
  readonly span?: Span;
}

/** Names of a column. A name with a parameter in it is not known before the query runs. */
export type Name = Column | DynamicName;

/** `process.name`, `` `a b`.c ``: the parts joined by dots, with back-quotes undone. */
export interface Column {
  readonly kind: 'column';
  readonly name: string;
  readonly span?: Span;
}

/** `??a`, `a.?b`, and `?a` where only a name can stand. */
export interface DynamicName {
  readonly kind: 'dynamic-name';
  readonly parts: readonly (string | Parameter)[];
  readonly span?: Span;
}

/** A column or, with stars, several: `process.*`, `*name`. A star in back-quotes is a star of the name. */
export type NamePattern = Name | WildName;

export interface WildName {
  readonly kind: 'wild-name';
  /** Texts of the name, and between each two of them a star; so there are two at least. `a*b` is ['a', 'b']. */
  readonly texts: readonly string[];
  readonly span?: Span;
}

/** `a and b and c`: one list, two parts at least, none of them a join by the same word. */
export interface Join {
  readonly kind: 'and' | 'or';
  readonly of: readonly Expression[];
  readonly span?: Span;
}

/** `not a`. `not in`, `not like` and `is not null` are said by `negated` of the test. */
export interface Not {
  readonly kind: 'not';
  readonly of: Expression;
  readonly span?: Span;
}

/** `-a`, `+a`. In front of a number a sign is a part of it. */
export interface Sign {
  readonly kind: 'sign';
  readonly sign: '-' | '+';
  readonly of: Expression;
  readonly span?: Span;
}

export type ComparisonSign = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** `a == b` */
export interface Compare {
  readonly kind: 'compare';
  readonly left: Expression;
  readonly operator: ComparisonSign;
  readonly right: Expression;
  readonly span?: Span;
}

export interface Arithmetic {
  readonly kind: 'arithmetic';
  readonly left: Expression;
  readonly operator: '+' | '-' | '*' | '/' | '%';
  readonly right: Expression;
  readonly span?: Span;
}

/** `a in (1, b)`, `a not in ("x")` */
export interface In {
  readonly kind: 'in';
  readonly value: Expression;
  readonly of: readonly Expression[];
  readonly negated: boolean;
  readonly span?: Span;
}

/** `a in (FROM b | KEEP c)`, of newer versions. */
export interface InSubquery {
  readonly kind: 'in-subquery';
  readonly value: Expression;
  readonly query: Subquery;
  readonly negated: boolean;
  readonly span?: Span;
}

/** `a is null`, `a is not null` */
export interface IsNull {
  readonly kind: 'is-null';
  readonly value: Expression;
  readonly negated: boolean;
  readonly span?: Span;
}

/**
 * `a like "x*"`, `a not like ("x*", "y?")`; `rlike` with regular expressions. A pattern is a string nearly always; newer
 * versions take any value: `a like concat(b, "*")`. What it says is not read here.
 */
export interface Like {
  readonly kind: 'like' | 'rlike';
  readonly value: Expression;
  readonly patterns: readonly Expression[];
  readonly negated: boolean;
  readonly span?: Span;
}

/** `message : "some words"`, `message::text : "x"` */
export interface Match {
  readonly kind: 'match';
  readonly field: Name;
  readonly type?: string;
  readonly query: Constant;
  readonly span?: Span;
}

/** `a::integer`, the type as it is written. */
export interface Cast {
  readonly kind: 'cast';
  readonly value: Expression;
  readonly type: string;
  readonly span?: Span;
}

/** `to_lower(a)`, `match(a, "b", { "operator": "AND" })`; the name as it is written, its case does not count. */
export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly arguments: readonly Expression[];
  readonly options?: Options;
  readonly span?: Span;
}

/** `?function(a)`, `??function(a)` */
export interface DynamicCall {
  readonly kind: 'dynamic-call';
  readonly name: Parameter;
  readonly arguments: readonly Expression[];
  readonly options?: Options;
  readonly span?: Span;
}

/** The one argument of `count(*)`. */
export interface Star {
  readonly kind: 'star';
  readonly span?: Span;
}

/** `{ "key": 1, "other": { "inner": true } }`, in the order in which it is written. */
export interface Options {
  readonly kind: 'options';
  readonly entries: readonly OptionEntry[];
  readonly span?: Span;
}

export interface OptionEntry {
  readonly key: string;
  readonly value: Constant | Options;
  readonly span?: Span;
}
