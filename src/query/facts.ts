/** How an index keeps a field. */
export type FieldType = 'keyword' | 'wildcard' | 'text' | 'ip' | 'date' | 'number' | 'boolean' | 'version';

/**
 * What is known of a field of the data that is searched. Whatever is not said is not known; a printer then
 * takes the field for a keyword, whose whole values are compared, case and all.
 */
export interface FieldFacts {
  /** How the index keeps it. `text` is cut into words, in lower case. */
  readonly type?: FieldType;
  /** Case does not count in it by itself, as with a normaliser that lowers it. */
  readonly caseless?: boolean;
  /** The field that holds the same values in lower case: `process.name.caseless`. */
  readonly lowered?: string;
  /** The field that holds the same values cut into words: `process.name.text`. */
  readonly words?: string;
  /** An event may have several values of it. */
  readonly many?: boolean;
}
