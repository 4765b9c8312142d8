import type { Effect } from '../../diagnostic/diagnostic.ts';
import { categoryField, categoryTest, impliedTests } from '../../mapping/log-source.ts';
import { type Mapping, type ReadyRow, stem } from '../../mapping/mapping.ts';
import { datasetFields, type Events, isAbsorbed, saidByIndex } from '../../mapping/recognise.ts';
import type { ImpliedTest, LogSourceRow } from '../../mapping/table.ts';
import { saying, sayingOf, testOf } from '../../mapping/words.ts';
import { and } from '../../query/build.ts';
import type { Predicate } from '../../query/query.ts';
import { implies, standing } from './given.ts';
import type { PartTrace } from './trace.ts';

/** What a log source stands for, as tests in the names of ECS. */
export function testsOfSource(row: LogSourceRow | undefined): readonly Predicate[] {
  if (row === undefined) return [];
  const category = row.category === undefined ? [] : [categoryTest(row.category)];
  return [...category, ...impliedTests(row)];
}

/**
 * What the table says of the events of a log source that a rule of Elastic's was taken for: which spellings of its tests
 * are the same, and which tests hold of all events that the rule searches.
 */
export function givenBySource({ found, row, events }: PartTrace, mapping: Mapping): readonly Predicate[] {
  if (row === undefined || events === undefined) return [];
  const byIndex = found === undefined ? isSearchedAlone(row, events) : isSaidByIndex(row, events);
  if (found === undefined) return byIndex ? testsOfSource(row) : [];
  const tests = testsIn(events);
  const others = tests.filter((test) => !isTaken(test, row, tests));
  const ready = mapping.byCategory.get(row.category ?? '')?.find((one) => one.row === row);
  return [
    ...categoryByIndex(row, events, tests),
    ...(byIndex ? impliedTests(row) : sameTests(row, tests)),
    ...saidOtherwise(row, tests),
    ...absorbed(row, others),
    ...(byIndex && ready ? ofDatasets(ready, others) : []),
  ];
}

function testsIn({ category, where }: Events): readonly Predicate[] {
  const tests = where.kind === 'and' ? where.of : [where];
  return category === undefined ? tests : [categoryTest(category), ...tests];
}

function isSaidByIndex({ saidByIndex: isSaid, indices = [] }: LogSourceRow, events: Events): boolean {
  return saidByIndex(isSaid && indices.map(stem), events.indices.map(stem));
}

function isSearchedAlone({ indices = [] }: LogSourceRow, events: Events): boolean {
  const own = new Set(indices.map(stem));
  return events.indices.every((index) => own.has(stem(index)));
}

/** The category of a rule that names none is that of the data stream that it searches. */
function categoryByIndex(
  { category }: LogSourceRow,
  events: Events,
  tests: readonly Predicate[],
): readonly Predicate[] {
  const isSaid = tests.some((test) => test.kind === 'equals' && test.field === categoryField);
  return category === undefined || events.category !== undefined || isSaid ? [] : [categoryTest(category)];
}

/** What a rule asks for in one of the ways that the row knows, and so is told apart by. */
function madeBy({ where = [] }: LogSourceRow, tests: readonly Predicate[]): readonly ImpliedTest[] {
  const says = new Set(tests.map(sayingOf));
  return where.filter((test) => spellingsOf(test).some(({ key }) => says.has(key)));
}

/** Whether the row knows a test as one of its own, so that it says nothing beside. */
function isTaken(test: Predicate, { where = [] }: LogSourceRow, tests: readonly Predicate[]): boolean {
  const key = sayingOf(test);
  return where.some((own) => {
    const first = spellingsOf(own).find((spelling) => tests.some((one) => sayingOf(one) === spelling.key));
    return first !== undefined && first.key === key;
  });
}

interface Spelling {
  readonly key: string;
  readonly effect?: Effect | undefined;
}

function spellingsOf({ field: own, is, also = [] }: ImpliedTest): readonly Spelling[] {
  const first = { key: saying(own, is, false) };
  const others = also.map(({ field = own, is: words, isNot, effect }): Spelling => {
    return { key: saying(field, words ?? isNot ?? [], isNot !== undefined), effect };
  });
  return [first, ...others];
}

/** Tests that hold of all events for which the others hold. */
function sameTests(row: LogSourceRow, tests: readonly Predicate[]): readonly Predicate[] {
  const made = madeBy(row, tests);
  return (row.where ?? [])
    .filter((test) => test.missing === 'equivalent' && !made.includes(test))
    .map((test) => given([...categoryOf(row), ...made.map(plain)], testOf(test.field, test.is)));
}

/** What the other spellings that a rule has are beside that of the row. */
function saidOtherwise(row: LogSourceRow, tests: readonly Predicate[]): readonly Predicate[] {
  const made = madeBy(row, tests);
  return made.flatMap((test) => {
    const others = [...categoryOf(row), ...made.filter((one) => one !== test).map(plain)];
    return spellingsOf(test).flatMap(({ key, effect }) =>
      tests
        .filter((said) => sayingOf(said) === key)
        .flatMap((said) => standing(said, plain(test), effect).map((fact) => given(others, fact))),
    );
  });
}

function absorbed(row: LogSourceRow, tests: readonly Predicate[]): readonly Predicate[] {
  const all = testsOfSource(row);
  return (row.absorb ?? [])
    .filter(({ effect }) => effect === undefined)
    .flatMap(({ field, within }) => {
      const words = new Set(within.map(String));
      return tests.filter((test) => isAbsorbed(test, field, words)).map((test) => given(all, test));
    });
}

function ofDatasets({ datasets }: ReadyRow, tests: readonly Predicate[]): readonly Predicate[] {
  return tests.filter((test) => datasetFields.some((field) => isAbsorbed(test, field, datasets)));
}

function categoryOf({ category }: LogSourceRow): readonly Predicate[] {
  return category === undefined ? [] : [categoryTest(category)];
}

function plain({ field, is }: ImpliedTest): Predicate {
  return testOf(field, is);
}

function given(conditions: readonly Predicate[], fact: Predicate): Predicate {
  return conditions.length === 0 ? fact : implies(and(conditions), fact);
}
