import type { FieldFacts, FieldType } from '../query/facts.ts';
import { isMany } from './ecs.ts';
import { familyOf } from './index-fields/family.ts';
import type { Mapping } from './mapping.ts';

/**
 * How fields ignore case, as the user knows it: `field`, by themselves (a normaliser lowers them); or a name with a dot in
 * front, the sub-field that has the same values without case: `.caseless` in lower case, `.text` cut into words.
 */
export type Caseless = 'field' | `.${string}`;

/** The type of a field as queries mind it; undefined for what none can ask of. */
function fieldType(named: string): FieldType | undefined {
  if (named === 'wildcard') return 'wildcard';
  const family = familyOf(named);
  switch (family) {
    case 'flattened':
      return 'keyword';
    case 'object':
    case 'nested':
    case 'other':
      return undefined;
    default:
      return family;
  }
}

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
  const type = named === undefined ? undefined : fieldType(named);
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
