import { eventToEcs, eventToSigma, type Told } from '../../mapping/events.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import { isAnalysed } from '../../mapping/types.ts';
import type { Event } from '../../match/event.ts';
import { type Finder, finderOf } from '../../match/match.ts';
import { occurrenceOf, testOf } from '../../match/predicate.ts';
import { type Layout, timelineOf } from '../../match/timeline.ts';
import type { Counterexample } from '../../proof/relation.ts';
import type { FieldType } from '../../query/facts.ts';
import type { Predicate, Query } from '../../query/query.ts';
import { fieldsOf, partsOf } from '../../query/walk.ts';
import type { Shown } from '../proof.ts';
import type { Question } from '../question.ts';
import type { Piece } from './asked.ts';
import { testsOfSource } from './log-source.ts';
import { comparesOneValue } from './several-values.ts';
import type { Sides } from './sides.ts';
import type { PartTrace, TestTrace } from './trace.ts';

/** What a rule was, what it has become, and both by the same names. */
export interface Compared {
  readonly pieces: readonly Piece[];
  readonly read: Question;
  readonly written: readonly Question[];
  readonly sides: Sides;
  readonly mapping: Mapping;
}

/**
 * What shows a difference, in the names of both: what was read and what was written are asked of it as they stand. Undefined
 * where they do not say of it what was found by the same names.
 */
export function shownBy(counterexample: Counterexample, compared: Compared): Shown | undefined {
  const { events } = counterexample;
  const fields = entriesIn(compared.pieces);
  return (
    shownAs(counterexample, compared) ??
    (fields.size > 0
      ? shownAs({ ...counterexample, events: events.map((event) => withEntries(event, fields)) }, compared)
      : undefined)
  );
}

/** Fields that hold objects as texts. */
function entriesIn(pieces: readonly Piece[]): ReadonlySet<string> {
  const tests = pieces.flatMap(({ trace }) => trace.parts.flatMap((part) => part.tests));
  const isOfEntries = ({ rows }: TestTrace) =>
    rows.some((row) => 'change' in row && row.change?.kind === 'entries');
  return new Set(tests.filter(isOfEntries).flatMap(({ leaf }) => fieldsOf(leaf)));
}

/** An object has a comma between its entries, which a text that was made of pieces may not have. */
function withEntries(event: Event, fields: ReadonlySet<string>): Event {
  const entries = Object.entries(event).map(([field, value]) => [
    field,
    fields.has(field) && typeof value === 'string' ? value.replace(/ (?=[\w"]+[=:])/g, ', ') : value,
  ]);
  return Object.fromEntries(entries);
}

function shownAs({ matches, events }: Counterexample, compared: Compared): Shown | undefined {
  const seen = events.map((event) => takenOver(event, compared));
  const first = waysToWrite(seen).find((written) => isSo(matches, seen, written, compared));
  if (first === undefined) return undefined;
  const read = seen.map((one) => one.read);
  const isSame = JSON.stringify(read) === JSON.stringify(first);
  return {
    matches: matches === 'first' ? 'read' : 'written',
    events: read,
    ...(!isSame && { asWritten: first }),
  };
}

interface TakenOver {
  /** By both sides' names, as it was found. */
  readonly found: Event;
  readonly read: Event;
  /**
   * By the names of what was written, in the ways that there may be of it where tables say nothing exact: with what they
   * make of it, and without.
   */
  readonly written: readonly Event[];
}

function waysToWrite(seen: readonly TakenOver[]): readonly (readonly Event[])[] {
  const most = Math.max(...seen.map(({ written }) => written.length));
  const ways = Array.from({ length: most }, (_, way) =>
    seen.map(({ written }) => written[way] ?? written[0]!),
  );
  return [...new Map(ways.map((way) => [JSON.stringify(way), way])).values()];
}

function takenOver(found: Event, compared: Compared): TakenOver {
  const { pieces, read: question, sides } = compared;
  const parts = pieces.flatMap(({ trace }) => trace.parts);
  const index = parts.length === 1 ? 0 : partOf(found, sides);
  const part = parts[index] ?? parts[0];
  const strange = new Set([...sides.apart].filter((field) => !asks(question.query, field)));
  const implied = impliedBy(part, compared);
  const isSaid = (field: string) => strange.has(field) || implied.has(field);
  const read = without(
    { ...found, ...keysIn(found, sides) },
    (field) => isSaid(field) && !asks(question.query, field),
  );
  const said = without(found, (field) => !isSaid(field));
  const over = namingThere(index, part, compared);
  const ways = [read, without(read, (field) => isApproximate(field, part))].map((event) =>
    without(over(event), (field) => implied.has(field)),
  );
  const written = ways.flatMap((way) => [way, without(way, (field) => strange.has(field))]);
  return { found, read, written: written.map((event) => ({ ...event, ...said })) };
}

/** Fields of the tests that a log source of Sigma's stands for. */
function impliedBy(part: PartTrace | undefined, { pieces, sides }: Compared): ReadonlySet<string> {
  const tests = part && pieces[0]!.trace.way === 'toEcs' ? testsOfSource(part.row) : [];
  return new Set(tests.flatMap(fieldsOf).filter((field) => asks(sides.read, field)));
}

/** Calls an event of a part of the rule by the names of what was written. */
function namingThere(
  index: number,
  part: PartTrace | undefined,
  { pieces, read, written, mapping }: Compared,
): (event: Event) => Event {
  const over = pieces[0]!.trace.way === 'toEcs' ? eventToEcs : eventToSigma;
  const asked = written.flatMap(({ query }) => partsOf(query).flatMap(({ where }) => fieldsOf(where)));
  const told = { ...toldOf(index, read), asks: new Set(asked) };
  // What joins events keeps its name where a test of the same field may not.
  const kept = new Set([...(part?.kept ?? []), ...pieces.flatMap(({ trace }) => [...trace.kept])]);
  return (event) =>
    without(
      { ...without(event, (field) => !kept.has(field)), ...over(event, part?.source ?? {}, mapping, told) },
      (field) => part?.without.has(field) ?? false,
    );
}

/** Whether what is asked of a field need not be found under the other name. */
function isApproximate(field: string, part: PartTrace | undefined): boolean {
  const tests = part?.tests.filter(({ leaf }) => fieldsOf(leaf).includes(field)) ?? [];
  return tests.some(({ effect }) => effect === 'narrower' || effect === 'approximate');
}

function toldOf(index: number, { keepsNames, piped }: Question): Told {
  const written = piped?.parts[index]?.written;
  return { ...(piped && { final: piped.final }), ...(written && { written }), keepsNames };
}

/** The part of the rule that an event is of, which says what its fields are called. */
function partOf(event: Event, { read, written }: Sides): number {
  const one = occurrenceOf(event);
  const within = (query: Query) => partsOf(query).findIndex(({ where }) => holds(where, one));
  const index = within(read);
  return Math.max(index >= 0 ? index : within(written), 0);
}

function holds(where: Predicate, one: ReturnType<typeof occurrenceOf>): boolean {
  return testOf(where)(one);
}

function asks({ find, stages }: Query, field: string): boolean {
  return partsOf({ from: [], find, stages }).some(({ where }) => fieldsOf(where).includes(field));
}

function without(event: Event, goes: (field: string) => boolean): Event {
  return Object.fromEntries(Object.entries(event).filter(([field]) => !goes(field)));
}

/** Whether what was read and what was written say of events what is claimed, each in its own names. */
function isSo(
  matches: Counterexample['matches'],
  seen: readonly TakenOver[],
  there: readonly Event[],
  { pieces, read, written, sides, mapping }: Compared,
): boolean {
  const isToEcs = pieces[0]!.trace.way === 'toEcs';
  const found = seen.map((one) => one.found);
  const ecs = { types: typesIn(mapping), comparesOneValue: comparesOneValue(read, written) };
  const finds = (query: Query, events: readonly Event[], layout: Layout = {}) =>
    finderOnce(query, layout).find(timelineOf(events, layout)).length > 0;
  const readFinds = finds(
    read.query,
    seen.map((one) => one.read),
    isToEcs ? {} : { types: ecs.types },
  );
  const writtenFinds = written.some(({ query }) => finds(query, there, isToEcs ? ecs : {}));
  // What Sigma calls a log source is said by the names of ECS alone.
  const readSays = readFinds && (!isToEcs || finds(sides.read, found));
  const writtenSays = writtenFinds && (isToEcs || finds(sides.written, found));
  return matches === 'first' ? readSays && !writtenSays : writtenSays && !readSays;
}

const types = new WeakMap<Mapping, ReadonlyMap<string, FieldType>>();

/** The fields of ECS that are no plain text: those that are searched for words, and addresses. */
function typesIn(mapping: Mapping): ReadonlyMap<string, FieldType> {
  const known = types.get(mapping);
  if (known) return known;
  const found = new Map<string, FieldType>();
  for (const [field, type] of mapping.types) {
    if (type === 'ip') found.set(field, 'ip');
    else if (isAnalysed(field, mapping)) found.set(field, 'text');
  }
  types.set(mapping, found);
  return found;
}

/** The keys that an event is joined by, as they were read. */
function keysIn(found: Event, { keys }: Sides): Event {
  const called = [...keys].filter(([field, name]) => !(field in found) && name in found);
  return Object.fromEntries(called.map(([field, name]) => [field, found[name]]));
}

const finders = new WeakMap<Query, Finder>();

/** Each side is asked in one layout, of several events. */
function finderOnce(query: Query, layout: Layout): Finder {
  const known = finders.get(query) ?? finderOf(query, layout);
  finders.set(query, known);
  return known;
}
