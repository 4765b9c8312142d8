import type { FieldFacts, FieldType } from '../query/facts.ts';
import { isMany } from './ecs.ts';
import type { Mapping } from './mapping.ts';

/**
 * How fields ignore case, as the user knows it: `field`, by themselves (a normaliser lowers them); or a name with a dot in
 * front, the sub-field that has the same values without case: `.caseless` in lower case, `.text` cut into words.
 */
export type Caseless = 'field' | `.${string}`;

const types: Readonly<Record<string, FieldType>> = {
  keyword: 'keyword',
  constant_keyword: 'keyword',
  flattened: 'keyword',
  wildcard: 'wildcard',
  text: 'text',
  match_only_text: 'text',
  ip: 'ip',
  date: 'date',
  date_nanos: 'date',
  boolean: 'boolean',
  version: 'version',
  byte: 'number',
  short: 'number',
  integer: 'number',
  long: 'number',
  unsigned_long: 'number',
  half_float: 'number',
  float: 'number',
  double: 'number',
  scaled_float: 'number',
};

/** The tables with what the user knows of types. */
export function withTypes(mapping: Mapping, said: Readonly<Record<string, FieldType>> | undefined): Mapping {
  if (said === undefined) return mapping;
  const named = Object.entries(said).map(
    ([field, type]) => [field, type === 'number' ? 'double' : type] as const,
  );
  return { ...mapping, types: new Map([...mapping.types, ...named]) };
}

/** What the tables and the user know of a field of Elastic's. */
export function factsOf(field: string, mapping: Mapping, caseless?: Caseless): FieldFacts {
  const named = mapping.types.get(field);
  const type = named !== undefined && Object.hasOwn(types, named) ? types[named] : undefined;
  const isText = named === undefined || type === 'keyword' || type === 'wildcard';
  return {
    ...(type !== undefined && { type }),
    ...(isMany(field) && { many: true }),
    ...(caseless !== undefined && isText && withoutCase(field, caseless)),
  };
}

function withoutCase(field: string, caseless: Caseless): FieldFacts {
  if (caseless === 'field') return { caseless: true };
  return caseless === '.text' ? { words: `${field}.text` } : { lowered: `${field}${caseless}` };
}
