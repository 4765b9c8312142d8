import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { eql } from '../../src/languages/eql/index.ts';
import type { Event } from '../../src/match/event.ts';
import { type Match, match } from '../../src/match/match.ts';
import type { FieldType } from '../../src/query/facts.ts';
import { cases, corpus, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';

interface EqlCase {
  readonly id: string;
  readonly suite: string;
  readonly kind: string;
  readonly query: string;
  readonly expected_event_ids: readonly number[] | readonly (readonly number[])[];
  readonly expected_is_alternatives: boolean;
  readonly join_keys: readonly (string | null)[] | null;
  readonly size: number | null;
  readonly max_samples_per_key: number | null;
  readonly data_json: readonly string[];
  readonly id_field: string;
  readonly event_category_field: string;
  readonly timestamp_field: string;
  readonly tiebreaker_field: string;
  readonly legacy_syntax: boolean;
  readonly disabled: boolean;
}

const known = new Map<string, readonly Event[]>();

function eventsOf(paths: readonly string[]): readonly Event[] {
  return paths.flatMap((path) => {
    const events = known.get(path) ?? readEvents(path);
    known.set(path, events);
    return events;
  });
}

function readEvents(path: string): readonly Event[] {
  const fields = mappingOf(path);
  return readFileSync(join(corpus, 'conformance', path), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => indexed(JSON.parse(line), fields));
}

/** How an index keeps a field. */
interface Kept {
  readonly type?: string;
  readonly format?: string;
  readonly null_value?: string;
}

/** The mapping of the index that events are in, where it says more than what they look like. */
function mappingOf(path: string): Readonly<Record<string, Kept>> {
  const name = basename(path, '.jsonl').replace(/^eql-/, '');
  const file = join(corpus, 'conformance/raw/eql/data', `${name}.mapping`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).properties : {};
}

/** An event as an index gives it back: dates in one format, and what it keeps in the place of null. */
function indexed(event: Event, fields: Readonly<Record<string, Kept>>): Event {
  const values = Object.entries(event).map(([name, value]) => {
    const { format, null_value } = fields[name] ?? {};
    if (value === null && null_value !== undefined) return [name, null_value];
    const isDayFirst = format === 'dd-MM-yyyy' && typeof value === 'string';
    return [name, isDayFirst ? value.split('-').reverse().join('-') : value];
  });
  return Object.fromEntries(values);
}

const words: ReadonlySet<string> = new Set<FieldType>(['date', 'ip', 'version']);

function typesOf(paths: readonly string[]): ReadonlyMap<string, FieldType> {
  const kept = paths.flatMap((path) => Object.entries(mappingOf(path)));
  return new Map(
    kept.flatMap(([name, { type = '' }]) => (words.has(type) ? [[name, type as FieldType]] : [])),
  );
}

function matchesOf(one: EqlCase): readonly Match[] {
  return match(must(eql.parse(one.query)), eventsOf(one.data_json), {
    categoryField: one.event_category_field,
    timestampField: one.timestamp_field,
    tiebreakerField: one.tiebreaker_field,
    types: new Map([...typesOf(one.data_json), [one.timestamp_field, 'date'], ['version', 'version']]),
    ...(one.max_samples_per_key !== null && { samplesByKey: one.max_samples_per_key }),
  });
}

function found(one: EqlCase): readonly unknown[] {
  const events = eventsOf(one.data_json);
  return matchesOf(one).flatMap((each) => each.events.map((at) => (at < 0 ? -1 : events[at]![one.id_field])));
}

const judged = cases<EqlCase>('eql-cases.jsonl').filter(
  ({ disabled, legacy_syntax }) => !disabled && !legacy_syntax,
);

const nullText = 'a field that is in no mapping and no event is compared with a text, which is false by EQL';

/** What is not as Elasticsearch has it, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'eql/test_extra/sequenceOptionalFieldAsKeyAndFirstFilter': nullText,
  'eql/test_extra/sequenceOptionalFieldAsKeyAndSecondFilter': nullText,
  'eql/test_extra/sequenceOptionalFieldAsKeyAndMultipleConditions': nullText,
  'eql/test_sample/anyRulesWithOneDifferentNameKey':
    'takes an event of the lowest id, as the tiebreaker says, where all of several would do',
};

function isAsWanted(one: EqlCase): boolean {
  const { expected_event_ids: ids, expected_is_alternatives: isChoice } = one;
  const wanted: readonly unknown[] = isChoice ? ids : [ids];
  return wanted.some((each) => JSON.stringify(each) === JSON.stringify(found(one)));
}

describe.skipIf(without)('EQL finds the events that Elasticsearch finds (set CORPUS to run)', () => {
  test.each(judged.map((one) => [one.id, one] as const))('%s', (id, one) => {
    expect(isAsWanted(one), exceptions[id] ?? JSON.stringify(found(one))).toBe(exceptions[id] === undefined);
  });
});

const joined = judged.filter(({ id, join_keys }) => join_keys !== null && exceptions[id] === undefined);

/** Keys as Elasticsearch gives them: as text, no value as `null`, a moment as a date. */
function keysOf(one: EqlCase): readonly string[] {
  const isDate = one.join_keys!.some((key) => key !== null && /^\d{4}-\d\d-\d\dT/.test(key));
  const keys = matchesOf(one).flatMap((each) => each.keys ?? []);
  return keys.map((key) => (isDate ? new Date(key as number | string).toISOString() : String(key)));
}

describe.skipIf(without)(
  'sequences and samples are joined by the keys of Elasticsearch (set CORPUS to run)',
  () => {
    test('there are such cases', () => expect(joined.length).toBeGreaterThan(20));

    test.each(joined.map((one) => [one.id, one] as const))('%s', (_, one) => {
      expect(keysOf(one)).toEqual(one.join_keys!.map(String));
    });
  },
);
