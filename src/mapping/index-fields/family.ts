/** Types that are searched alike have one family, as field capabilities name it where they can. */
export type Family =
  | 'keyword'
  | 'text'
  | 'number'
  | 'ip'
  | 'date'
  | 'boolean'
  | 'version'
  | 'flattened'
  | 'object'
  | 'nested'
  | 'other';

const families: Readonly<Record<string, Family>> = {
  keyword: 'keyword',
  constant_keyword: 'keyword',
  wildcard: 'keyword',
  text: 'text',
  match_only_text: 'text',
  annotated_text: 'text',
  pattern_text: 'text',
  search_as_you_type: 'text',
  byte: 'number',
  short: 'number',
  integer: 'number',
  long: 'number',
  unsigned_long: 'number',
  half_float: 'number',
  float: 'number',
  double: 'number',
  scaled_float: 'number',
  ip: 'ip',
  date: 'date',
  date_nanos: 'date',
  boolean: 'boolean',
  version: 'version',
  flattened: 'flattened',
  object: 'object',
  passthrough: 'object',
  nested: 'nested',
};

/** `other` for types that no rule of ours knows how to ask. */
export function familyOf(type: string): Family {
  return Object.hasOwn(families, type) ? families[type]! : 'other';
}

/** Whether a field is only a place for others. */
export function isPlace(type: string): boolean {
  const family = familyOf(type);
  return family === 'object' || family === 'nested';
}

export const wholeNumbers: ReadonlyMap<string, number> = new Map([
  ['byte', 2 ** 7],
  ['short', 2 ** 15],
  ['integer', 2 ** 31],
  ['long', 2 ** 63],
  ['unsigned_long', 2 ** 64],
]);
