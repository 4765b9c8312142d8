import { and, never, not, or } from '../../../query/build.ts';
import type { FieldFacts, FieldType } from '../../../query/facts.ts';
import { hasCase } from '../../../query/normal.ts';
import { isPattern, plainText } from '../../../query/pattern.ts';
import type { Equals, Predicate, Value } from '../../../query/query.ts';
import { foldedPattern } from './letters.ts';
import { isNetwork, isTextual, typed } from './typed.ts';
import { isAnything } from './wildcards.ts';

/** A list of values as lists that one test each can ask for: of one type, with wildcards or none. */
export function preparedEquals(test: Equals, facts: FieldFacts): Predicate {
  const { quantifier } = test;
  if (test.values.length === 0) return never;
  const values = test.values.map((value) => typed(value, facts.type));
  const groups = quantifier === 'any' ? grouped(values, facts.type) : values.map((value) => [value]);
  const parts = groups.map((group) => oneTest(test, group, facts));
  return quantifier === 'any' ? or(parts) : and(parts);
}

/** Values that one test can ask for, where the first of them stands; all texts go where a wildcard goes. */
function grouped(values: readonly Value[], type: FieldType | undefined): readonly (readonly Value[])[] {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const key = isNetwork(value, type) ? 'network' : kindOf(value);
    const known = groups.get(key);
    if (known) known.push(value);
    else groups.set(key, [value]);
  }
  return [...groups.values()];
}

function kindOf(value: Value): string {
  if (value === null) return 'null';
  if (!isPattern(value)) return typeof value;
  return isAnything(value) ? 'anything' : 'text';
}

function oneTest(
  { field, caseSensitive, span }: Equals,
  values: readonly Value[],
  facts: FieldFacts,
): Predicate {
  const place = span && { span };
  const [first = null] = values;
  if (first === null) return not({ kind: 'exists', field, ...place });
  const test = { kind: 'equals', quantifier: 'any', ...place } as const;
  if (!isPattern(first)) return { ...test, field, values, caseSensitive: true };
  if (isAnything(first)) return { kind: 'exists', field, ...place };
  const texts = values.filter(isPattern);
  if (isNetwork(first, facts.type)) {
    return { kind: 'cidr', field, networks: texts.map((text) => plainText(text) ?? ''), ...place };
  }
  const counts = caseSensitive || !texts.some(hasCase) || !isTextual(facts.type);
  if (facts.caseless || (!counts && facts.lowered !== undefined)) {
    const name = facts.caseless ? field : (facts.lowered ?? field);
    return {
      ...test,
      field: name,
      values: texts.map((text) => foldedPattern(text, 'lower')),
      caseSensitive: true,
    };
  }
  if (counts) return { ...test, field, values: texts, caseSensitive: true };
  return { ...test, field, values: texts.map((text) => foldedPattern(text, 'lower')), caseSensitive: false };
}
