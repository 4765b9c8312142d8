import { categoryField, categoryTest, impliedTests } from '../../mapping/log-source.ts';
import { type Mapping, type ReadyRow, type ReadyTest, stem } from '../../mapping/mapping.ts';
import { datasetFields, type Events, isAbsorbed, saidByIndex } from '../../mapping/recognise.ts';
import type { LogSourceRow } from '../../mapping/table.ts';
import { sayingOf, testOf } from '../../mapping/words.ts';
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
  const ready = row && mapping.byCategory.get(row.category ?? '')?.find((one) => one.row === row);
  if (row === undefined || ready === undefined || events === undefined) return [];
  const stems = events.indices.map(stem);
  if (found === undefined) return stems.every((one) => ready.searched.has(one)) ? testsOfSource(row) : [];
  const isByIndex = saidByIndex(ready.stems, stems);
  const tests = testsIn(events);
  const made = madeBy(ready, tests);
  const others = tests.filter((test) => !made.some(({ by }) => by === sayingOf(test)));
  return [
    ...categoryByIndex(row, events, tests),
    ...(isByIndex ? impliedTests(row) : sameTests(ready, made)),
    ...saidOtherwise(row, made, tests),
    ...absorbed(ready, others),
    ...(isByIndex ? ofDatasets(ready, others) : []),
  ];
}

function testsIn({ category, where }: Events): readonly Predicate[] {
  const tests = where.kind === 'and' ? where.of : [where];
  return category === undefined ? tests : [categoryTest(category), ...tests];
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

/** A test of the row that a rule makes, by the first of the spellings that it has for it. */
interface Made {
  readonly ready: ReadyTest;
  readonly by: string;
}

function madeBy({ where }: ReadyRow, tests: readonly Predicate[]): readonly Made[] {
  const says = new Set(tests.map(sayingOf));
  return where.flatMap((ready) => {
    const first = ready.spellings.find(({ key }) => says.has(key));
    return first ? [{ ready, by: first.key }] : [];
  });
}

/** Tests that hold of all events for which the others hold. */
function sameTests({ row, where }: ReadyRow, made: readonly Made[]): readonly Predicate[] {
  const others = [...categoryOf(row), ...made.map(({ ready }) => plain(ready))];
  return where
    .filter((ready) => ready.test.missing === 'equivalent' && !made.some((one) => one.ready === ready))
    .map((ready) => given(others, plain(ready)));
}

/** What the other spellings that a rule has are beside that of the row. */
function saidOtherwise(
  row: LogSourceRow,
  made: readonly Made[],
  tests: readonly Predicate[],
): readonly Predicate[] {
  return made.flatMap(({ ready }) => {
    const others = made.filter((one) => one.ready !== ready).map((one) => plain(one.ready));
    return ready.spellings.flatMap(({ key, effect }) =>
      tests
        .filter((said) => sayingOf(said) === key)
        .flatMap((said) => standing(said, plain(ready), effect))
        .map((fact) => given([...categoryOf(row), ...others], fact)),
    );
  });
}

function absorbed({ row, absorb }: ReadyRow, tests: readonly Predicate[]): readonly Predicate[] {
  const all = testsOfSource(row);
  return absorb
    .filter(({ test }) => test.effect === undefined)
    .flatMap(({ test, within }) => tests.filter((one) => isAbsorbed(one, test.field, within)))
    .map((one) => given(all, one));
}

function ofDatasets({ datasets }: ReadyRow, tests: readonly Predicate[]): readonly Predicate[] {
  return tests.filter((test) => datasetFields.some((field) => isAbsorbed(test, field, datasets)));
}

function categoryOf({ category }: LogSourceRow): readonly Predicate[] {
  return category === undefined ? [] : [categoryTest(category)];
}

function plain({ test }: ReadyTest): Predicate {
  return testOf(test.field, test.is);
}

function given(conditions: readonly Predicate[], fact: Predicate): Predicate {
  return conditions.length === 0 ? fact : implies(and(conditions), fact);
}
