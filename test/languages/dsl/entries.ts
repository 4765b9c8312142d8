import fc from 'fast-check';

import type {
  Entry,
  ExistsEntry,
  ListEntry,
  NestedEntry,
  ValueEntry,
  ValuesEntry,
} from '../../../src/languages/dsl/entry.ts';

const operator = fc.constantFrom('included' as const, 'excluded' as const);
const field = fc.constantFrom('process.name', 'user.name', 'host.id', 'a', '__proto__');
const text = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.string({ unit: fc.constantFrom('a', 'B', '*', '?', '\\', "'", '"', ' '), minLength: 1 }),
);

const match: fc.Arbitrary<ValueEntry> = fc.record({
  type: fc.constant('match'),
  field,
  operator,
  value: text,
});
const wildcard: fc.Arbitrary<ValueEntry> = fc.record({
  type: fc.constant('wildcard'),
  field,
  operator,
  value: text,
});
const matchAny: fc.Arbitrary<ValuesEntry> = fc.record({
  type: fc.constant('match_any'),
  field,
  operator,
  value: fc.array(text, { minLength: 1, maxLength: 4 }),
});
const exists: fc.Arbitrary<ExistsEntry> = fc.record({ type: fc.constant('exists'), field, operator });
const list: fc.Arbitrary<ListEntry> = fc.record({
  type: fc.constant('list'),
  field,
  operator,
  list: fc.record({ id: text, type: fc.constantFrom('ip', 'keyword') }),
});
const nested: fc.Arbitrary<NestedEntry> = fc.record({
  type: fc.constant('nested'),
  field,
  entries: fc.array(fc.oneof(match, matchAny, exists), { minLength: 1, maxLength: 3 }),
});

/** Entries that Sigma has words for. */
export const plainEntries: fc.Arbitrary<readonly Entry[]> = fc.array(
  fc.oneof(match, wildcard, matchAny, exists),
  { minLength: 1, maxLength: 5 },
);

/** Entries of every type. */
export const entries: fc.Arbitrary<readonly Entry[]> = fc.array(
  fc.oneof(match, wildcard, matchAny, exists, list, nested),
  { minLength: 1, maxLength: 5 },
);
