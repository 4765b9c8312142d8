/** A field as an index keeps it. What a mapping does not say is not here. */
export interface IndexField {
  /** As Elasticsearch spells it: `keyword`, `match_only_text`, `nested`, `object`. */
  readonly type: string;
  /** Of an `alias`: the field that it stands for. */
  readonly path?: string;
  /** A normalizer keeps every value in lower case. */
  readonly lowers?: true;
  /** `ignore_above`: longer values are not indexed. */
  readonly limit?: number;
  /** Of a `constant_keyword`: the one value that all its events have. */
  readonly constant?: string;
  /** Neither an index nor doc values: no search finds it. */
  readonly unsearchable?: true;
  /** No doc values: nothing can be grouped by it. */
  readonly ungrouped?: true;
  /** Of a date: the index reads other spellings than Elasticsearch does by itself. */
  readonly formatted?: true;
  /** Its values are computed by a script whenever they are asked for. */
  readonly runtime?: true;
  /** Multi-fields below it that keep whole values: `message.keyword`. */
  readonly whole?: readonly string[];
  /** Of an object: what becomes of fields that are not mapped, and whether any are read at all. */
  readonly dynamic?: Dynamic;
  readonly disabled?: true;
}

/** `dynamic`: new fields are mapped as they come, computed, left out, or refused with their event. */
export type Dynamic = 'true' | 'runtime' | 'false' | 'strict';

/** The fields of one index, or those that a template gives to its indices. */
export interface IndexFields {
  /** Undefined for a mapping that does not say whose it is. */
  readonly name?: string;
  /** What else the index is called: its data stream, its aliases. Of a template: the patterns it is for. */
  readonly also: readonly string[];
  /** By whole name, objects too. */
  readonly fields: ReadonlyMap<string, IndexField>;
  readonly dynamic?: Dynamic;
  /** A field that is not here may still be: a template does not have what its events bring. */
  readonly open: boolean;
  /** Component templates that it takes fields from, and that were not read with it. */
  readonly missing?: readonly string[];
}

/** All that was read of what the searched data looks like. */
export interface KnownFields {
  /** `ecs`: the names of the schema, beside which integrations have their own. */
  readonly of: 'indices' | 'ecs';
  readonly indices: readonly IndexFields[];
  /** There are no others: what a rule searches beside them does not exist. */
  readonly whole?: true;
}
