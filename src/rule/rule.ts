import type { Span } from '../source/source.ts';
import type { Json, JsonObject } from './json.ts';

/**
 * A detection rule as people mean it, free of the file it was kept in: the neutral envelope.
 *
 * A property that is not there was not said. Nothing here has a default; a writer that must invent
 * something says so. What a format says beyond this stands in `carry`, under that format's name.
 */
export interface Rule {
  /** Elastic and Kibana `rule_id`, Sigma `id`. */
  readonly id?: string;
  /** Sigma `name`: what other rules may call it. */
  readonly name?: string;
  readonly title?: string;
  readonly description?: string;
  readonly severity?: Severity;
  /** 0 to 100. */
  readonly riskScore?: number;
  /** Sigma `status`; Elastic `metadata.maturity`. */
  readonly status?: Status;
  /** When and why a rule was given up, or will be. */
  readonly deprecation?: Deprecation;
  /** One name an entry. */
  readonly authors?: readonly string[];
  readonly license?: string;
  /** `YYYY-MM-DD`, with a time of day behind it where one was said (ISO 8601). */
  readonly created?: string;
  readonly modified?: string;
  readonly references?: readonly string[];
  readonly falsePositives?: readonly string[];
  /** Tags as they stand in the format the rule was read from, but for those that became `threat`. */
  readonly tags?: readonly string[];
  readonly threat?: readonly Threat[];
  /** Sigma's kin: rules it was derived from, replaces, resembles. */
  readonly related?: readonly Related[];
  /** Field names worth a look: Sigma `fields`, Elastic `investigation_fields`. */
  readonly fields?: readonly string[];
  readonly logSource?: LogSource;
  /** The vocabulary of field names in the query, where the rule says so itself (Sigma `taxonomy`). */
  readonly taxonomy?: string;
  /** Index patterns to search. */
  readonly indices?: readonly string[];
  readonly detection: Detection;
  /**
   * How Elastic's detection engine runs the rule and dresses its alerts: schedule, overrides, actions,
   * guides. The keys are those of its API, which Elastic TOML and Kibana JSON share.
   */
  readonly engine?: JsonObject;
  /** The query as it was before a conversion, to be restored if what replaced it is still the same. */
  readonly origin?: Origin;
  readonly carry: Carry;
}

/** What each format said and the model has no word for. */
export type Carry = { readonly [format: string]: JsonObject };

/** How bad it is when the rule fires. Elastic has no `informational`. */
export type Severity = 'informational' | 'low' | 'medium' | 'high' | 'critical';
/** How far a rule has come. */
export type Status = 'stable' | 'test' | 'experimental' | 'deprecated' | 'unsupported';

/** When and why a rule was given up. */
export interface Deprecation {
  /** `YYYY-MM-DD`. */
  readonly date?: string;
  readonly reason?: string;
}

/** A query as its author wrote it. Nobody parses it until somebody has to. */
export interface QueryText {
  /** A language id; unnamed where the format lets it go without saying. */
  readonly language?: string;
  readonly text: string;
  /** Where the text stands, letter for letter, in the file it was read from. */
  readonly span?: Span;
  /** What the reader made of it on its way, so that nothing is parsed twice. */
  readonly parsed?: unknown;
}

/** The original of a translated query, and how to know that its translation was not touched. */
export interface Origin extends QueryText {
  readonly language: string;
  /** Digest of the normal form of the query that was written in its place. */
  readonly digest: string;
}

/** What a rule has to do with a framework such as ATT&CK: a tactic and its techniques. */
export interface Threat {
  /** `MITRE ATT&CK` almost always. */
  readonly framework: string;
  /** Unknown where only a technique was named. */
  readonly tactic?: Named;
  /** Absent and empty differ: Elastic writes neither or both. */
  readonly techniques?: readonly Technique[];
}

/** A name of ATT&CK, or of another framework. */
export interface Named {
  readonly id: string;
  readonly name: string;
  readonly reference: string;
}

/** A technique of ATT&CK, with what is below it. */
export interface Technique extends Named {
  readonly subtechniques?: readonly Named[];
}

/** Another rule, and what it is to this one. */
export interface Related {
  readonly id: string;
  readonly type: string;
}

/** Sigma's log source. At least one of the first three is there in a valid rule. */
export interface LogSource {
  readonly category?: string;
  readonly product?: string;
  readonly service?: string;
  readonly definition?: string;
  /** Keys that the specification allows a site to add. */
  readonly rest?: JsonObject;
}

/** The kind of looking a rule does. */
export type Detection =
  | QueryDetection
  | SavedQueryDetection
  | ThresholdDetection
  | NewTermsDetection
  | IndicatorMatchDetection
  | MachineLearningDetection
  | CorrelationDetection
  | OtherDetection;

/** What most kinds share: a query, and filters that are part of it. */
export interface Searching {
  readonly query?: QueryText;
  /** Kibana filter objects, as they stand. They belong to the meaning of the query. */
  readonly filters?: readonly Json[];
}

/** Elastic types `query`, `eql`, `esql`; a Sigma detection rule. */
export interface QueryDetection extends Searching {
  readonly kind: 'query';
}

/** A query that Kibana keeps under an id; its own stands in for it. */
export interface SavedQueryDetection extends Searching {
  readonly kind: 'saved-query';
  readonly savedId: string;
}

/** `value` events or more for each combination of the fields. */
export interface ThresholdDetection extends Searching {
  readonly kind: 'threshold';
  /** A lone text stays a lone text. */
  readonly fields: string | readonly string[];
  readonly value: number;
  readonly cardinality?: readonly { readonly field: string; readonly value: number }[];
}

/** A combination of values that was not seen since `since`. */
export interface NewTermsDetection extends Searching {
  readonly kind: 'new-terms';
  readonly fields: readonly string[];
  /** Date math: `now-7d`. */
  readonly since: string;
}

/** Events whose values stand in an index of indicators. */
export interface IndicatorMatchDetection extends Searching {
  readonly kind: 'indicator-match';
  readonly indicatorIndices: readonly string[];
  readonly indicatorQuery?: QueryText;
  readonly indicatorFilters?: readonly Json[];
  readonly indicatorPath?: string;
  /** `threat_mapping` as the API has it. */
  readonly mapping: readonly Json[];
}

/** Anomalies of machine learning jobs. */
export interface MachineLearningDetection {
  readonly kind: 'machine-learning';
  /** A lone job id stays a lone text. */
  readonly jobs: string | readonly string[];
  readonly anomalyThreshold: number;
}

/** Sigma's correlation of other rules, named by id or name. */
export interface CorrelationDetection {
  readonly kind: 'correlation';
  /** One of Sigma's eight types; others are carried as they are. */
  readonly type: string;
  readonly rules: readonly string[];
  readonly groupBy?: readonly string[];
  /** As written: `5m`, `90s`. */
  readonly timespan?: string;
  /** A map of `gte`, `field` and so on; a text in the extended form. */
  readonly condition?: JsonObject | string;
  readonly aliases?: { readonly [alias: string]: { readonly [rule: string]: string } };
  /** Whether the rules it refers to also stand on their own. */
  readonly generate?: boolean;
}

/** A type that is not known here; its fields are carried by the format that said it. */
export interface OtherDetection extends Searching {
  readonly kind: 'other';
  readonly type: string;
}

/** Exclusions that travel beside rules: a Sigma filter document, a Kibana exception list with its items. */
export interface RuleFilter {
  readonly format: string;
  /** As it stands in its format. */
  readonly body: JsonObject;
  /** Where it stands in the text it was read from. */
  readonly span?: Span;
  /** What findings call its place where that is another text than that of the rules: `filters/printers.yml:1`. */
  readonly place?: string;
}

/** What one file holds: its rules and what travels with them. */
export interface Pack {
  readonly rules: readonly Rule[];
  readonly filters: readonly RuleFilter[];
  /** Connectors and other companions: carried, never read. */
  readonly rest: readonly JsonObject[];
}
