import type { Diagnostic } from '../../../diagnostic/diagnostic.ts';
import type { FieldTest, Predicate, Query } from '../../../query/query.ts';
import { isFieldTest, mapLeaves, predicates } from '../../../query/walk.ts';
import { asksForCase, caseDropped } from '../../case-dropped.ts';
import type { PrintOptions } from '../../language.ts';
import type { FactsOf } from './prepare.ts';

/** What is taken for granted of a text that was read. */
export function findingsOfRead({ find }: Query): readonly Diagnostic[] {
  const [first] = find.kind === 'filter' ? testsOf(find.where) : [];
  if (!first) return [];
  const message = `ES|QL compares no field that has several values; ${first.field} and the other fields were taken to have one.`;
  return [{ code: 'parse/one-value', message, ...(first.span && { span: first.span }) }];
}

/** What a text that was printed takes for granted, or does not find. */
export function findingsOfPrinted(
  { from, find }: Query,
  { factsOf = () => ({}) }: PrintOptions,
): readonly Diagnostic[] {
  const message =
    'ES|QL names what it searches, and the query names nothing; it was written to search everything.';
  const searched: readonly Diagnostic[] = from.length > 0 ? [] : [{ code: 'style/default', message }];
  if (find.kind !== 'filter') return searched;
  // The category of events is a field like others here.
  const category = find.category === undefined ? [] : [{ field: 'event.category' }];
  const many = [...category, ...testsOf(find.where)].filter(({ field }) => factsOf(field).many);
  return [...searched, ...many.map(severalValues), ...casesDropped(find.where, factsOf)];
}

/** Tests for which case counts, of fields that the index keeps in lower case. */
function casesDropped(where: Predicate, factsOf: FactsOf): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  mapLeaves(where, (leaf, positive) => {
    if (asksForCase(leaf) && factsOf(leaf.field).caseless) found.push(caseDropped(leaf, positive, 'ES|QL'));
    return leaf;
  });
  return found;
}

function severalValues({ field, span }: Pick<FieldTest, 'field' | 'span'>): Diagnostic {
  const message = `${field} may have several values, and ES|QL compares one; events with several are not found by it.`;
  return { code: 'loss/many-values', message, effect: 'narrower', ...(span && { span }) };
}

/** The first test of each field that asks for more than that it is there. */
function testsOf(where: Parameters<typeof predicates>[0]): readonly FieldTest[] {
  const tests = new Map<string, FieldTest>();
  for (const part of predicates(where)) {
    if (isFieldTest(part) && part.kind !== 'exists' && !tests.has(part.field)) tests.set(part.field, part);
  }
  return [...tests.values()];
}
