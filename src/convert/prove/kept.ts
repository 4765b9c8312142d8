import { type Caseless, factsOf } from '../../mapping/facts.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import { and, or } from '../../query/build.ts';
import { isPattern, many, pattern, plainText } from '../../query/pattern.ts';
import type { Equals, FieldTest, Predicate } from '../../query/query.ts';
import { isFieldTest, mapLeaves, mapPredicates, predicates } from '../../query/walk.ts';
import type { Question } from '../question.ts';
import type { Trace } from './trace.ts';

/**
 * A question as the index asks it that ignores case in the way that the user says: tests of a field that does so by itself, and of
 * sub-fields that have the same without case, are tests of the field for which case does not count.
 */
export function asKept(question: Question, mapping: Mapping, caseless: Caseless | undefined): Question {
  if (caseless === undefined) return question;
  const kept = (leaf: Predicate) => (isFieldTest(leaf) ? withoutCase(leaf, mapping, caseless) : leaf);
  return { ...question, query: mapPredicates(question.query, (where) => mapLeaves(where, kept)) };
}

function withoutCase(test: FieldTest, mapping: Mapping, caseless: Caseless): FieldTest {
  if (caseless === 'field') return factsOf(test.field, mapping, caseless).caseless ? insensitive(test) : test;
  if (!test.field.endsWith(caseless)) return test;
  const whole = insensitive({ ...test, field: test.field.slice(0, -caseless.length) });
  return caseless === '.text' ? withinWords(whole) : whole;
}

function insensitive(test: FieldTest): FieldTest {
  return 'caseSensitive' in test ? { ...test, caseSensitive: false } : test;
}

/** Of fields that are cut into words, what is looked for may stand among others. */
function withinWords(test: FieldTest): FieldTest {
  if (test.kind !== 'equals') return test;
  const values = test.values.map((value) =>
    value !== null && isPattern(value) ? pattern([many, ...value, many]) : value,
  );
  return { ...test, values };
}

/**
 * A question in which fields that were asked for networks are addresses: a text that names a network asks for it there, as the type
 * of the field makes it in an index.
 */
export function withNetworks(question: Question, trace: Trace): Question {
  const fields = new Set(
    trace.parts.flatMap(({ tests }) => tests.flatMap(({ became }) => addressesIn(became))),
  );
  if (fields.size === 0) return question;
  const asked = (leaf: Predicate) =>
    leaf.kind === 'equals' && fields.has(leaf.field) ? askedForNetworks(leaf) : leaf;
  return { ...question, query: mapPredicates(question.query, (where) => mapLeaves(where, asked)) };
}

function addressesIn(where: Predicate): readonly string[] {
  return [...predicates(where)].flatMap((part) => (part.kind === 'cidr' ? [part.field] : []));
}

function askedForNetworks(test: Equals): Predicate {
  const parts = test.values.map((value): Predicate => {
    const text = value !== null && isPattern(value) ? plainText(value) : undefined;
    return text?.includes('/')
      ? { kind: 'cidr', field: test.field, networks: [text] }
      : { ...test, values: [value] };
  });
  return test.quantifier === 'any' ? or(parts) : and(parts);
}
