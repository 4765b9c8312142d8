import type { FieldFacts, FieldType } from '../../../query/facts.ts';
import { isPattern, plainText } from '../../../query/pattern.ts';
import type { Range, Value } from '../../../query/query.ts';

/**
 * A value of the type of its field: ES|QL refuses to compare a number with a text that spells it, and languages
 * that leave types to the index write the one for the other.
 */
export function typed(value: Value, type: FieldType | undefined): Value {
  if (value === null) return value;
  const text = isPattern(value) ? plainText(value) : String(value);
  switch (type) {
    case 'keyword':
    case 'wildcard':
    case 'version':
      return isPattern(value) ? value : [String(value)];
    case 'number':
      return text === undefined ? value : (numberOf(text) ?? value);
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : value;
    default:
      return value;
  }
}

export function typedBound({ value }: Range, type: FieldType | undefined): Range['value'] {
  if (type === 'number' && typeof value === 'string') return numberOf(value) ?? value;
  return value;
}

function numberOf(text: string): number | undefined {
  if (!/^-?(?:\d+\.?\d*|\.\d+)$/.test(text)) return undefined;
  const number = Number(text);
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? undefined : number;
}

/** Whether the values of a field are texts, which alone have letters and wildcards. */
export function isTextual(type: FieldType | undefined): boolean {
  return type === undefined || type === 'keyword' || type === 'wildcard' || type === 'text';
}

/** Whether they are known to be texts, which ES|QL takes for no addresses. */
export function isKnownText({ type }: FieldFacts): boolean {
  return type !== undefined && isTextual(type);
}

/** A network where an address is asked for, as KQL writes it. */
export function isNetwork(value: Value, type: FieldType | undefined): boolean {
  return type === 'ip' && value !== null && isPattern(value) && (plainText(value) ?? '').includes('/');
}
