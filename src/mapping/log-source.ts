import type { Effect } from '../diagnostic/diagnostic.ts';
import { always, and } from '../query/build.ts';
import { isPattern, plainText } from '../query/pattern.ts';
import type { Equals, Predicate, Value } from '../query/query.ts';
import { fieldsOf } from '../query/walk.ts';
import type { LogSource } from '../rule/rule.ts';
import { anyField, type Mapping, stem } from './mapping.ts';
import { inScope } from './scope.ts';
import type { AbsorbedTest, ImpliedTest, LogSourceRow, OtherSpelling } from './table.ts';

type Word = string | number | boolean;

/** The row of a log source: the same category, product and service. Undefined if no table has one. */
export function findLogSource(source: LogSource, mapping: Mapping): LogSourceRow | undefined {
  return mapping.logSources.find(
    ({ sigma, direction }) =>
      direction !== 'to-sigma' &&
      sigma.category === source.category &&
      sigma.product === source.product &&
      sigma.service === source.service,
  );
}

/** The tests that a log source implies, as predicates; the system first, as Elastic's rules have it. */
export function impliedTests(row: LogSourceRow): readonly Predicate[] {
  const tests = row.where ?? [];
  const isSystem = ({ field }: ImpliedTest) => field === 'host.os.type';
  return [...tests.filter(isSystem), ...tests.filter((test) => !isSystem(test))].map(({ field, is }) =>
    testOf(field, is),
  );
}

/** `field` is one of these words. */
export function testOf(field: string, words: readonly Word[]): Equals {
  const values = words.map((word): Value => (typeof word === 'string' ? [word] : word));
  return { kind: 'equals', field, values, quantifier: 'any', caseSensitive: true };
}

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
 * its tests, then the one whose fields have names in Sigma, then the first. Undefined if no row fits.
 */
export function recognise(events: Events, mapping: Mapping): Recognised | undefined {
  const { category, conjuncts } = splitCategory(events);
  const indices = events.indices.map(stem);
  let best: Candidate | undefined;
  const rows = [
    ...(mapping.byCategory.get(category ?? '') ?? []),
    ...(category === undefined ? [] : (mapping.byCategory.get('') ?? [])),
  ];
  for (const row of rows) {
    if (row.direction === 'to-ecs') continue;
    const found = tryRow(row, category, conjuncts, indices, mapping);
    if (found && (!best || isBetter(found, best, mapping))) best = found;
  }
  return (
    best && { row: best.row, where: best.rest.length === 0 ? always : and(best.rest), losses: best.losses }
  );
}

/** The category a rule asks for: EQL's first word, or its test of `event.category`. */
function splitCategory({ category, where }: Events): {
  category?: string;
  conjuncts: readonly Predicate[];
} {
  const conjuncts = where.kind === 'and' ? where.of : [where];
  if (category !== undefined) return { category, conjuncts };
  const at = conjuncts.findIndex((part) => part.kind === 'equals' && part.field === categoryField);
  const words = at < 0 ? undefined : wordsOf(conjuncts[at]!);
  if (words?.length !== 1) return { conjuncts };
  return { category: String(words[0]), conjuncts: conjuncts.filter((_, index) => index !== at) };
}

const categoryField = 'event.category';

interface Candidate {
  readonly row: LogSourceRow;
  readonly rest: readonly Predicate[];
  readonly losses: readonly RecognitionLoss[];
  /** How many tests of the rule the log source says. */
  readonly found: number;
}

/** Takes out of a rule what the log source of a row says; undefined if the rule is not of that source. */
function tryRow(
  row: LogSourceRow,
  category: string | undefined,
  conjuncts: readonly Predicate[],
  indices: readonly string[],
  mapping: Mapping,
): Candidate | undefined {
  const byIndex = saidByIndex(row, indices, mapping);
  const losses: RecognitionLoss[] = [];
  const saysCategory = row.category !== undefined;
  const dangling = category !== undefined && !saysCategory ? categoryTest(category) : undefined;
  let rest = dangling ? [...conjuncts, dangling] : conjuncts;
  let found = Number(saysCategory) + Number(byIndex);
  for (const implied of row.where ?? []) {
    const match = takeOut(implied, rest);
    if (match) {
      rest = match.rest;
      found += 1;
      if (match.effect) losses.push({ effect: match.effect, because: match.because });
    } else if (!byIndex) {
      if (implied.missing === undefined || rest.some((part) => isAbout(part, implied.field)))
        return undefined;
      if (implied.missing !== 'equivalent') {
        losses.push({ effect: implied.missing, because: `${implied.field} is not tested by the rule` });
      }
    }
  }
  // A row that asks for nothing would fit every rule.
  if (found === 0) return undefined;
  for (const absorbed of row.absorb ?? []) {
    const at = rest.findIndex((part) => isAbsorbed(part, absorbed));
    if (at < 0) continue;
    rest = rest.filter((_, index) => index !== at);
    if (absorbed.effect) losses.push({ effect: absorbed.effect, because: absorbed.because });
  }
  if (dangling && rest.includes(dangling)) {
    rest = rest.filter((part) => part !== dangling);
    losses.push({
      effect: 'broader',
      because: `the log source holds other events than those of the category ${category}`,
    });
  }
  return { row, rest, losses, found };
}

/** A test of the field, whatever it says. A rule that makes another one than the source is of another source. */
function isAbout(part: Predicate, field: string): boolean {
  return part.kind === 'equals' && part.field === field;
}

function isBetter(a: Candidate, b: Candidate, mapping: Mapping): boolean {
  const [lossy, wasLossy] = [a, b].map(({ losses }) => losses.length > 0);
  if (lossy !== wasLossy) return !lossy;
  if (a.found !== b.found) return a.found > b.found;
  return unnamed(a, mapping) < unnamed(b, mapping);
}

/** How many fields of a rule would have no name in Sigma. */
function unnamed({ row, rest }: Candidate, mapping: Mapping): number {
  const fields = new Set(rest.flatMap(fieldsOf));
  return [...fields].filter((field) => !hasName(field, row.sigma, mapping)).length;
}

function hasName(field: string, source: LogSource, { byEcs }: Mapping): boolean {
  const family = `${field.slice(0, field.lastIndexOf('.') + 1)}${anyField}`;
  return [field, family].some((name) => byEcs.get(name)?.some((row) => inScope(row.scope, source)));
}

interface TakenOut {
  readonly rest: readonly Predicate[];
  readonly effect?: Effect;
  readonly because: string;
}

function takeOut(implied: ImpliedTest, conjuncts: readonly Predicate[]): TakenOut | undefined {
  const spellings: readonly OtherSpelling[] = [{ is: implied.is }, ...(implied.also ?? [])];
  for (const spelling of spellings) {
    const at = conjuncts.findIndex((part) => isSpelled(part, spelling, implied.field));
    if (at < 0) continue;
    return {
      rest: conjuncts.filter((_, index) => index !== at),
      ...(spelling.effect && { effect: spelling.effect }),
      because: `the log source stands for ${implied.field} ${implied.is.join(', ')}`,
    };
  }
  return undefined;
}

function isSpelled(part: Predicate, { field, is, isNot }: OtherSpelling, usual: string): boolean {
  const words = is ?? isNot ?? [];
  const test = isNot ? (part.kind === 'not' ? part.of : undefined) : part;
  return test?.kind === 'equals' && test.field === (field ?? usual) && sameWords(wordsOf(test), words);
}

function isAbsorbed(part: Predicate, { field, within }: AbsorbedTest): boolean {
  const words = part.kind === 'equals' && part.field === field ? wordsOf(part) : undefined;
  const known = new Set(within.map(String));
  return words?.every((word) => known.has(String(word))) ?? false;
}

/** The plain values of a test that asks for any of them. */
function wordsOf(test: Predicate): readonly Word[] | undefined {
  if (test.kind !== 'equals' || (test.quantifier === 'all' && test.values.length > 1)) return undefined;
  const words = test.values.map((value) =>
    isPattern(value ?? []) ? plainText(value as readonly string[]) : value,
  );
  return words.every((word): word is Word => word !== undefined && word !== null) ? words : undefined;
}

function sameWords(a: readonly Word[] | undefined, b: readonly Word[]): boolean {
  if (a === undefined) return false;
  const [left, right] = [new Set(a.map(String)), new Set(b.map(String))];
  return left.size === right.size && [...left].every((word) => right.has(word));
}

/** Whether a rule searches indices of this source alone, its own among them. */
function saidByIndex(row: LogSourceRow, indices: readonly string[], mapping: Mapping): boolean {
  const own = row.saidByIndex ? mapping.stems.get(row) : undefined;
  if (own === undefined || indices.length === 0) return false;
  return indices.includes(own[0]!) && indices.every((index) => own.includes(index));
}

/**
 * A log source for data that no table knows, from the name of its data stream: `logs-acme.audit-*` is
 * product `acme`, service `audit`; without one, from the category of the events.
 */
export function derivedLogSource({ category, indices }: Events): LogSource {
  for (const index of indices) {
    const stream = /^(?:logs|metrics|traces)-([a-z0-9_]+)(?:\.([a-z0-9_]+))?/.exec(index);
    if (stream) return { product: stream[1]!, ...(stream[2] && { service: stream[2] }) };
  }
  const [first] = indices;
  const beat = first === undefined ? undefined : stem(first).replace(/[^a-z0-9_.-]/g, '');
  return {
    ...(category !== undefined && { category }),
    ...(category === undefined && { product: beat === undefined || beat === '' ? 'elastic' : beat }),
  };
}

/** A test that a rule is of a category, for log sources that do not say it. */
export function categoryTest(category: string): Predicate {
  return testOf(categoryField, [category]);
}
