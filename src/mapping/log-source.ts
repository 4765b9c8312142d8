import type { Effect } from '../diagnostic/diagnostic.ts';
import { always, and } from '../query/build.ts';
import { isPattern, plainText } from '../query/pattern.ts';
import type { Equals, Predicate, Value } from '../query/query.ts';
import type { LogSource } from '../rule/rule.ts';
import { together } from './effect.ts';
import type { Mapping } from './mapping.ts';
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

/** The tests that a log source implies, as predicates. */
export function impliedTests(row: LogSourceRow): readonly Predicate[] {
  return (row.where ?? []).map(({ field, is }) => testOf(field, is));
}

function testOf(field: string, words: readonly Word[]): Equals {
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
  /** The category is not said by the log source and stays a test. */
  readonly category?: string;
}

export interface RecognitionLoss {
  readonly effect: Effect;
  /** What was done about which test, as a clause: "event.type is not tested". */
  readonly because: string;
}

/** The log source whose tests a rule makes, with the least loss; undefined if no row fits. */
export function recognise(events: Events, mapping: Mapping): Recognised | undefined {
  const { category, conjuncts } = splitCategory(events);
  let best: { readonly found: Candidate; readonly rank: readonly number[] } | undefined;
  for (const row of mapping.logSources) {
    if (row.direction === 'to-ecs') continue;
    const found = tryRow(row, category, conjuncts, events.indices);
    if (!found) continue;
    const rank = rankOf(found, category);
    if (!best || isBetter(rank, best.rank)) best = { found, rank };
  }
  return best && recognised(best.found, category);
}

function recognised({ row, rest, losses }: Candidate, category: string | undefined): Recognised {
  return {
    row,
    where: rest.length === 0 ? always : and(rest),
    losses,
    ...(category !== undefined && row.category === undefined && { category }),
  };
}

/** The category a rule asks for: EQL's first word, or its test of `event.category`. */
function splitCategory({ category, where }: Events): { category?: string; conjuncts: readonly Predicate[] } {
  const conjuncts = where.kind === 'and' ? where.of : [where];
  if (category !== undefined) return { category, conjuncts };
  const at = conjuncts.findIndex((part) => part.kind === 'equals' && part.field === 'event.category');
  const words = at < 0 ? undefined : wordsOf(conjuncts[at]!);
  if (words?.length !== 1) return { conjuncts };
  return { category: String(words[0]), conjuncts: conjuncts.filter((_, index) => index !== at) };
}

interface Candidate {
  readonly row: LogSourceRow;
  readonly rest: readonly Predicate[];
  readonly losses: readonly RecognitionLoss[];
  /** How many tests of the rule the log source says. */
  readonly found: number;
  readonly byIndex: boolean;
}

function tryRow(
  row: LogSourceRow,
  category: string | undefined,
  conjuncts: readonly Predicate[],
  indices: readonly string[],
): Candidate | undefined {
  if (row.category !== undefined && row.category !== category) return undefined;
  const byIndex = saidByIndex(row, indices);
  const losses: RecognitionLoss[] = [];
  let rest = conjuncts;
  let found = 0;
  for (const implied of row.where ?? []) {
    const match = takeOut(implied, rest);
    if (match) {
      rest = match.rest;
      found += 1;
      if (match.effect) losses.push({ effect: match.effect, because: match.because });
    } else if (!byIndex) {
      if (implied.missing === undefined) return undefined;
      if (implied.missing !== 'equivalent') {
        losses.push({ effect: implied.missing, because: `${implied.field} is not tested by the rule` });
      }
    }
  }
  // A row that asks for nothing would fit every rule.
  if (found === 0 && !byIndex && row.category === undefined) return undefined;
  for (const absorbed of row.absorb ?? []) {
    const at = rest.findIndex((part) => isAbsorbed(part, absorbed));
    if (at < 0) continue;
    rest = rest.filter((_, index) => index !== at);
    if (absorbed.effect) losses.push({ effect: absorbed.effect, because: absorbed.because });
  }
  return { row, rest, losses, found, byIndex };
}

/** The category first, then the least loss, then the most tests said, then the order of the rows. */
function rankOf({ row, losses, found, byIndex }: Candidate, category: string | undefined): readonly number[] {
  const effect = losses.map((loss) => loss.effect as Effect | undefined).reduce(together, undefined);
  return [
    category !== undefined && row.category === category ? 1 : 0,
    effect === undefined ? 2 : effect === 'approximate' ? 0 : 1,
    found + (byIndex ? 1 : 0),
  ];
}

function isBetter(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && a[at]! > b[at]!;
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

/** Whether a rule searches indices of this source alone. */
function saidByIndex(row: LogSourceRow, indices: readonly string[]): boolean {
  if (!row.saidByIndex || indices.length === 0 || !row.indices) return false;
  const own = row.indices.map(stem);
  const all = indices.map(stem);
  return all.every((index) => own.includes(index)) && all.includes(own[0]!);
}

/** `logs-okta.system-*` and `logs-okta.system*` are one. */
function stem(index: string): string {
  return index.replace(/[-*.]+$/, '');
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
  return testOf('event.category', [category]);
}
