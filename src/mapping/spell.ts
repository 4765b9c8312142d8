import { isPattern } from '../query/pattern.ts';
import type { FieldTest, Predicate, Value } from '../query/query.ts';
import { isFieldTest } from '../query/walk.ts';
import type { LogSourceKeys } from './table.ts';
import type { Word } from './words.ts';

/** A log source in one word: `process_creation/windows`. */
export function nameOf({ category, product, service }: LogSourceKeys): string {
  return [category, product, service].filter((word) => word !== undefined).join('/') || 'without a name';
}

/** `event.type: start, end` */
export function spellWords(field: string, words: readonly Word[], negated = false): string {
  return `${negated ? 'not ' : ''}${field}: ${words.join(', ')}`;
}

/** What a test asks, for people: `event.type: start`. */
export function spellPredicate(where: Predicate): string {
  if (where.kind === 'not') return `not ${spellPredicate(where.of)}`;
  return isFieldTest(where)
    ? `${where.field}: ${spellTest(where).join(', ')}`
    : `a test of kind ${where.kind}`;
}

/** What a test asks of its field, value by value. */
export function spellTest(test: FieldTest): readonly string[] {
  switch (test.kind) {
    case 'equals':
      return test.values.map(spellValue);
    case 'range':
      return [`${test.operator} ${test.value}`];
    case 'regex':
      return test.patterns.map((text) => `/${text}/`);
    case 'cidr':
      return test.networks;
    case 'exists':
      return ['any value'];
    default:
      return test satisfies never;
  }
}

export function spellValue(value: Value): string {
  if (value === null || !isPattern(value)) return `${value}`;
  const parts = value.map((part) => {
    if (typeof part === 'string') return part;
    if ('wildcard' in part) return part.wildcard === 'many' ? '*' : '?';
    return '%';
  });
  return parts.join('');
}
