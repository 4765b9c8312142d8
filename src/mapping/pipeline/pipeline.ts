import type { Entry } from '../../languages/sigma/node.ts';
import type { Json } from '../../rule/json.ts';

/**
 * A processing pipeline of pySigma: what becomes of a rule of Sigma's, step by step, before it is written in another
 * language. Data only; the names are pySigma's, which people know.
 */
export interface Pipeline {
  readonly kind: 'pipeline';
  readonly name?: string;
  /** Of several, the lowest comes first. */
  readonly priority: number;
  /** What placeholders stand for, among others. */
  readonly vars: ReadonlyMap<string, Json>;
  readonly transformations: readonly Transformation[];
}

/** One step: what is done, to which rules, to which of their tests, and to which field names. */
export interface Transformation {
  readonly id?: string;
  /** What messages call it: its id, or where it stands. */
  readonly called: string;
  readonly does: Action;
  readonly ofRule?: Formula<RuleCondition>;
  readonly ofTest?: Formula<TestCondition>;
  readonly ofField?: Formula<FieldCondition>;
}

/** Conditions under `and`, `or` and `not`. */
export type Formula<C> =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Formula<C>[] }
  | { readonly kind: 'not'; readonly of: Formula<C> }
  | { readonly kind: 'is'; readonly condition: C };

export type Scalar = string | number | boolean | null;

/** What a transformation does. */
export type Action =
  | { readonly kind: 'field_name_mapping'; readonly mapping: Names }
  | { readonly kind: 'field_name_prefix_mapping'; readonly mapping: Names }
  | { readonly kind: 'field_name_prefix'; readonly prefix: string }
  | { readonly kind: 'field_name_suffix'; readonly suffix: string }
  | { readonly kind: 'drop_detection_item' }
  | HashesFields
  | ExtractFields
  | { readonly kind: 'wildcard_placeholders'; readonly only: Chosen }
  | { readonly kind: 'value_placeholders'; readonly only: Chosen }
  | AddCondition
  | { readonly kind: 'change_logsource'; readonly logSource: LogSourceWords }
  | { readonly kind: 'add_field' | 'remove_field' | 'set_field'; readonly fields: readonly string[] }
  | ReplaceString
  | { readonly kind: 'map_string'; readonly mapping: ReadonlyMap<string, readonly string[]> }
  | { readonly kind: 'set_state'; readonly key: string; readonly value: Json }
  | { readonly kind: 'regex'; readonly ignoresCase: boolean }
  | { readonly kind: 'set_value'; readonly value: Scalar }
  | { readonly kind: 'convert_type'; readonly to: 'str' | 'num' }
  | { readonly kind: 'case'; readonly method: 'lower' | 'upper' | 'snake_case' }
  | { readonly kind: 'rule_failure'; readonly message: string }
  | { readonly kind: 'detection_item_failure'; readonly message: string }
  | { readonly kind: 'strict_field_mapping_failure' }
  | { readonly kind: 'set_custom_attribute'; readonly attribute: string; readonly value: Json }
  | { readonly kind: 'nest'; readonly transformations: readonly Transformation[] };

/** Several names for one: any of these fields. The name null is that of a search in all fields. */
export type Names = ReadonlyMap<string | null, readonly string[]>;

export interface HashesFields {
  readonly kind: 'hashes_fields';
  readonly algorithms: readonly string[];
  readonly prefix: string;
  readonly dropAlgorithm: boolean;
  readonly fields: readonly string[];
}

export interface ExtractFields {
  readonly kind: 'extract_fields';
  readonly regex: string;
  readonly prefix: string;
  readonly fields?: readonly string[];
  /** What does not fit the expression is still looked for in the field itself. */
  readonly preserveUnmatched: boolean;
}

export interface AddCondition {
  readonly kind: 'add_condition';
  /** Lines of a detection, as they are written there. */
  readonly lines: readonly Entry[];
  /** Whether `$category`, `$product` and `$service` in the values stand for the words of the log source. */
  readonly template: boolean;
  readonly negated: boolean;
}

export interface ReplaceString {
  readonly kind: 'replace_string';
  readonly regex: string;
  readonly replacement: string;
  /** Wildcards and placeholders are left out of it. */
  readonly skipSpecial: boolean;
  /** In what comes of it, stars and question marks are wildcards. */
  readonly interpretSpecial: boolean;
}

/** Placeholders that are meant: these, all but these, or all. */
export type Chosen = { readonly include: readonly string[] } | { readonly exclude: readonly string[] };

export interface LogSourceWords {
  readonly category?: string;
  readonly product?: string;
  readonly service?: string;
}

/** Whether some value of a test is so, or every one. */
export type Share = 'any' | 'all';
export type Relation = 'eq' | 'ne' | 'gte' | 'gt' | 'lte' | 'lt';

export type RuleCondition =
  | { readonly kind: 'logsource'; readonly logSource: LogSourceWords }
  | { readonly kind: 'contains_detection_item'; readonly field: string; readonly value: Scalar }
  | { readonly kind: 'contains_field'; readonly field: string }
  | { readonly kind: 'is_sigma_rule' }
  | { readonly kind: 'is_sigma_correlation_rule' }
  | RuleAttribute
  | { readonly kind: 'tag'; readonly tag: string }
  | Anywhere;

export interface RuleAttribute {
  readonly kind: 'rule_attribute';
  readonly attribute: string;
  readonly value: string | number;
  readonly op: Relation | 'in' | 'not_in';
}

/** What may be asked of a rule, a test or a name alike. */
export type Anywhere =
  | { readonly kind: 'processing_item_applied'; readonly id: string }
  | {
      readonly kind: 'processing_state';
      readonly key: string;
      readonly value: Scalar;
      readonly op: Relation;
    };

export type TestCondition =
  | {
      readonly kind: 'match_string';
      readonly cond: Share;
      readonly pattern: string;
      readonly negate: boolean;
    }
  | { readonly kind: 'match_value'; readonly cond: Share; readonly value: Scalar }
  | { readonly kind: 'contains_wildcard' | 'is_null'; readonly cond: Share }
  | Anywhere;

export type FieldCondition =
  | {
      readonly kind: 'include_fields' | 'exclude_fields';
      readonly fields: readonly string[];
      readonly mode: 'plain' | 're';
    }
  | Anywhere;

/** Where the rows come from that are read back of pipelines. Nothing is known of the types of their fields. */
export const pipedSource = 'A processing pipeline';

/** What a list of mappings may hold: a table of our own layout, or a pipeline. */
export function isPipeline(mapping: object): mapping is Pipeline {
  return 'kind' in mapping && mapping.kind === 'pipeline';
}
