import type { Effect } from '../diagnostic/diagnostic.ts';
import { always, and } from '../query/build.ts';
import type { Predicate } from '../query/query.ts';
import { fieldsOf } from '../query/walk.ts';
import type { LogSource } from '../rule/rule.ts';
import { candidatesIn } from './candidates.ts';
import { categoryField, categoryTest } from './log-source.ts';
import { kindsOf } from './lookup.ts';
import { type Mapping, type ReadyRow, type ReadyTest, sourceKey, stem } from './mapping.ts';
import { asksFor, inScope } from './scope.ts';
import type { LogSourceRow } from './table.ts';
import { sayingOf, wordsOf } from './words.ts';

/** What is known of the events of a rule, before anybody has named their log source. */
export interface Events {
  readonly category?: string;
  readonly where: Predicate;
  readonly indices: readonly string[];
}

/** A log source that says some of the tests of a rule, and the tests it leaves to be said. */
export interface Recognised {
  readonly row: LogSourceRow;
  readonly where: Predicate;
  readonly losses: readonly RecognitionLoss[];
}

export interface RecognitionLoss {
  readonly effect: Effect;
  /** What was done about which test, as a clause: "event.type is not tested". */
  readonly because: string;
}

/**
 * The log source whose tests a rule makes: with no loss before with one, then the one that says most of
 * its tests, then the one whose indices it searches, then the one whose fields have names in Sigma, then the first.
 * Undefined if no row fits.
 */
export function recognise(events: Events, mapping: Mapping): Recognised | undefined {
  const { tests, category: said } = splitCategory(events);
  const category = said ?? categoryByIndex(events.indices);
  const stems = events.indices.map(stem);
  let best: Candidate | undefined;
  const consider = (rows: readonly ReadyRow[] | undefined, asked: Asked) => {
    for (const row of rows ? candidatesIn(rows, asked.bySaying.keys(), stems) : []) {
      const found = tryRow(row, asked);
      if (found && (!best || isBetter(found, best, mapping))) best = found;
    }
  };
  if (category !== undefined) consider(mapping.byCategory.get(category), askedOf(tests, stems));
  consider(mapping.byCategory.get(''), askedOf(tests, stems, said));
  return (
    best && { row: best.row, where: best.rest.length === 0 ? always : and(best.rest), losses: best.losses }
  );
}

/** Elastic Defend keeps the events of each category in a data stream of its own, called after it. */
function categoryByIndex(indices: readonly string[]): string | undefined {
  const [first, ...others] = indices.map((index) => /^logs-endpoint\.events\.([a-z]+)/.exec(index)?.[1]);
  return others.every((other) => other === first) ? first : undefined;
}

/** The category a rule asks for: EQL's first word, or its test of `event.category`. */
function splitCategory({ category, where }: Events): {
  readonly category: string | undefined;
  readonly tests: readonly Predicate[];
} {
  const tests = where.kind === 'and' ? where.of : [where];
  if (category !== undefined) return { category, tests };
  const test = tests.find((part) => part.kind === 'equals' && part.field === categoryField);
  const words = test && wordsOf(test);
  if (words?.length !== 1) return { category, tests };
  return { category: String(words[0]), tests: tests.filter((part) => part !== test) };
}

/** What a rule asks, test by test. */
interface Asked {
  readonly tests: readonly Predicate[];
  /** The tests by what they say; the first of those that say the same. */
  readonly bySaying: ReadonlyMap<string, Predicate>;
  /** Fields that a test stands for, whatever it says of them. */
  readonly fields: ReadonlySet<string>;
  readonly stems: readonly string[];
  /** The test of the category, for rows that do not say it; it is among the tests. */
  readonly category?: { readonly word: string; readonly test: Predicate };
}

function askedOf(own: readonly Predicate[], stems: readonly string[], word?: string): Asked {
  const category = word === undefined ? undefined : { word, test: categoryTest(word) };
  const tests = category ? [...own, category.test] : own;
  const bySaying = new Map<string, Predicate>();
  const fields = new Set<string>();
  for (const part of tests) {
    const key = sayingOf(part);
    if (key !== undefined && !bySaying.has(key)) bySaying.set(key, part);
    if (part.kind === 'equals') fields.add(part.field);
  }
  return { tests, bySaying, fields, stems, ...(category && { category }) };
}

interface Candidate {
  readonly row: LogSourceRow;
  readonly rest: readonly Predicate[];
  readonly losses: readonly RecognitionLoss[];
  /** How many tests of the rule the log source says. */
  readonly found: number;
  /** How many of the rule's indices are those of the log source. */
  readonly searched: number;
}

/** Takes out of a rule what the log source of a row says; undefined if the rule is not of that source. */
function tryRow(ready: ReadyRow, asked: Asked): Candidate | undefined {
  const { row, where, absorb, stems, searched, datasets } = ready;
  const byIndex = saidByIndex(stems, asked.stems);
  const isWhole = isAll(searched, asked.stems);
  if (row.direction === 'to-ecs' && !isWhole) return undefined;
  const taken = new Set<Predicate>();
  const losses: RecognitionLoss[] = [];
  for (const implied of where) {
    const match = takeOut(implied, asked, taken);
    if (match) {
      taken.add(match.test);
      if (match.effect) losses.push({ effect: match.effect, because: implied.because });
    } else if (!byIndex) {
      const { missing, field } = implied.test;
      // A rule that makes another test of the field is of another source.
      if (missing === undefined || isAbout(field, asked, taken)) return undefined;
      if (missing !== 'equivalent') {
        losses.push({ effect: missing, because: `${field} is not tested by the rule` });
      }
    }
  }
  const found = Number(row.category !== undefined) + Number(byIndex || isWhole) + taken.size;
  // A row that asks for nothing would fit every rule.
  if (found === 0) return undefined;
  let rest = asked.tests.filter((part) => !taken.has(part));
  for (const { test, within } of absorb) {
    const absorbed = rest.find((part) => isAbsorbed(part, test.field, within));
    if (absorbed === undefined) continue;
    rest = rest.filter((part) => part !== absorbed);
    if (test.effect) losses.push({ effect: test.effect, because: test.because });
  }
  const { unless } = row;
  if (unless && rest.some((part) => asksFor(part, unless))) return undefined;
  // What stands in the name of the only indices that are searched is said twice.
  if (byIndex)
    rest = rest.filter((part) => !datasetFields.some((field) => isAbsorbed(part, field, datasets)));
  const { category } = asked;
  if (category && rest.includes(category.test)) {
    rest = rest.filter((part) => part !== category.test);
    losses.push({
      effect: 'broader',
      because: `the log source holds other events than those of the category ${category.word}`,
    });
  }
  return { row, rest, losses, found, searched: searchedBy(row, asked.stems) };
}

export const datasetFields = ['data_stream.dataset', 'event.dataset'];

function isAbout(field: string, asked: Asked, taken: ReadonlySet<Predicate>): boolean {
  if (!asked.fields.has(field)) return false;
  return asked.tests.some((part) => part.kind === 'equals' && part.field === field && !taken.has(part));
}

/** The first spelling of an implied test that the rule makes. */
function takeOut(
  { spellings }: ReadyTest,
  { bySaying }: Asked,
  taken: ReadonlySet<Predicate>,
): { readonly test: Predicate; readonly effect?: Effect } | undefined {
  for (const { key, effect } of spellings) {
    const test = bySaying.get(key);
    if (test && !taken.has(test)) return { test, ...(effect && { effect }) };
  }
  return undefined;
}

export function isAbsorbed(part: Predicate, field: string, within: ReadonlySet<string>): boolean {
  if (part.kind !== 'equals' || part.field !== field) return false;
  return wordsOf(part)?.every((word) => within.has(String(word))) ?? false;
}

function isBetter(a: Candidate, b: Candidate, mapping: Mapping): boolean {
  const [lossy, wasLossy] = [a.losses.length > 0, b.losses.length > 0];
  if (lossy !== wasLossy) return !lossy;
  if (a.found !== b.found) return a.found > b.found;
  const [back, wasBack] = [a.row.direction !== 'to-ecs', b.row.direction !== 'to-ecs'];
  if (back !== wasBack) return back;
  if (a.searched !== b.searched) return a.searched > b.searched;
  return unnamed(a, mapping) < unnamed(b, mapping);
}

function searchedBy({ indices = [] }: LogSourceRow, stems: readonly string[]): number {
  const own = new Set(indices.map(stem));
  return stems.filter((one) => own.has(one)).length;
}

/** How many fields of a rule would have no name in Sigma. */
function unnamed({ row, rest }: Candidate, mapping: Mapping): number {
  const fields = new Set(rest.flatMap(fieldsOf));
  return [...fields].filter((field) => !hasName(field, row.sigma, mapping)).length;
}

function hasName(field: string, source: LogSource, { byEcs }: Mapping): boolean {
  return [field, ...kindsOf(field)].some((name) =>
    byEcs.get(name)?.some((row) => inScope(row.scope, source)),
  );
}

/** Whether a rule searches indices of this source alone, its own among them. */
export function saidByIndex(own: readonly string[] | undefined, indices: readonly string[]): boolean {
  if (own === undefined || indices.length === 0) return false;
  return indices.includes(own[0]!) && indices.every((index) => own.includes(index));
}

/**
 * Whether a rule searches all indices of a source, and no others, as a rule that comes from there does. Rows that are
 * only read to ECS are known again by this alone.
 */
function isAll(own: ReadonlySet<string>, indices: readonly string[]): boolean {
  return own.size > 0 && own.size === new Set(indices).size && indices.every((index) => own.has(index));
}

const twins = new WeakMap<Mapping, ReadonlyMap<string, readonly LogSource[]>>();

/** The log sources that are as well meant by what a row says: other words of Sigma for the same events. */
export function twinsOf(row: LogSourceRow, mapping: Mapping): readonly LogSource[] {
  const known = twins.get(mapping) ?? twinsIn(mapping);
  twins.set(mapping, known);
  return (known.get(eventsKey(row)) ?? []).filter((source) => sourceKey(source) !== sourceKey(row.sigma));
}

function twinsIn({ byCategory }: Mapping): ReadonlyMap<string, readonly LogSource[]> {
  const found = new Map<string, Map<string, LogSource>>();
  for (const { row } of [...byCategory.values()].flat()) {
    const key = eventsKey(row);
    const sources = found.get(key) ?? new Map<string, LogSource>();
    found.set(key, sources.set(sourceKey(row.sigma), row.sigma));
  }
  return new Map([...found].map(([key, sources]) => [key, [...sources.values()]]));
}

/** Equal for rows of the same events: the same indices, in which the same is asked for. */
function eventsKey({ category, where = [], indices = [] }: LogSourceRow): string {
  return JSON.stringify([category, where.map(({ field, is }) => [field, is]), [...indices].sort()]);
}
