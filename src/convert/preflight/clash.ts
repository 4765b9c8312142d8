import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { knownField } from '../../mapping/ecs.ts';
import { familyOf } from '../../mapping/index-fields/family.ts';
import { shownName } from '../../mapping/index-fields/names.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import { type Asked, isVerified } from './asked.ts';
import { failure } from './complaint.ts';
import { finding } from './finding.ts';
import type { There } from './look.ts';
import { shownList, typed } from './shown.ts';

/** Several types of one field in several indices: EQL and ES|QL do not choose between them. */
export function clashOf(
  field: string,
  asked: readonly Asked[],
  there: readonly There[],
): readonly Diagnostic[] {
  const one = asked.find(({ asks }) => isVerified(asks));
  if (one === undefined || there.length < 2) return [];
  const kinds = new Map<string, There>();
  for (const here of there) {
    const kind = one.asks === 'eql' ? kindInEql(here.found.field.type) : kindInEsql(here.found.field.type);
    if (!kinds.has(kind)) kinds.set(kind, here);
  }
  if (kinds.size < 2) return [];
  const ways = [...kinds.values()].map(({ found, index }) => `${found.field.type} in ${shownName(index)}`);
  return [finding('fields/type-clash', `${field} is ${shownList(ways)}, ${failure(one)}.`, one)];
}

/** Types that are one where fields are looked up. */
function kindInEql(type: string): string {
  const family = familyOf(type);
  return family === 'keyword' || family === 'text' || family === 'date' || family === 'object'
    ? family
    : type;
}

/** ES|QL widens small numbers before it looks. */
function kindInEsql(type: string): string {
  if (type === 'byte' || type === 'short') return 'integer';
  if (['half_float', 'float', 'scaled_float'].includes(type)) return 'double';
  return kindInEql(type);
}

/** ECS says another type, in the words of which the rule was probably written. */
export function unlikeEcs(
  field: string,
  [one]: readonly Asked[],
  there: readonly There[],
  mapping: Mapping,
): readonly Diagnostic[] {
  const { ecs, type } = knownField(field, mapping);
  if (!ecs || one === undefined) return [];
  const other = there.find(({ found }) => found.keyOf === undefined && isOther(found.field.type, type));
  if (other === undefined) return [];
  const { found, index } = other;
  const message = `${field} is ${typed(found.field.type)} in ${shownName(index)} and ${typed(type)} in ECS; rules that count on ECS may not find there what they look for.`;
  return [finding('fields/unlike-ecs', message, one)];
}

function isOther(type: string, ecs: string): boolean {
  const [own, said] = [familyOf(type), familyOf(ecs)];
  const isUnknown = own === 'other' || said === 'other';
  // Objects of the schema are kept in several ways that all have its keys.
  const arePlaces = [own, said].some((family) => ['object', 'nested', 'flattened'].includes(family));
  return own !== said && !isUnknown && !arePlaces;
}
