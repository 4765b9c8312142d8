import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { eql } from '../../src/languages/eql/index.ts';
import type { Event } from '../../src/match/event.ts';
import { match } from '../../src/match/match.ts';
import { cases, corpus, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';

interface EqlCase {
  readonly id: string;
  readonly suite: string;
  readonly kind: string;
  readonly query: string;
  readonly expected_event_ids: readonly number[] | readonly (readonly number[])[];
  readonly expected_is_alternatives: boolean;
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
  return readFileSync(join(corpus, 'conformance', path), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

function found(one: EqlCase): readonly unknown[] {
  const events = eventsOf(one.data_json);
  const matches = match(must(eql.parse(one.query)), events, {
    categoryField: one.event_category_field,
    timestampField: one.timestamp_field,
    tiebreakerField: one.tiebreaker_field,
    types: new Map([
      [one.timestamp_field, 'date'],
      ['version', 'version'],
    ]),
    ...(one.max_samples_per_key !== null && { samplesByKey: one.max_samples_per_key }),
  });
  return matches.flatMap((each) => each.events.map((at) => (at < 0 ? -1 : events[at]![one.id_field])));
}

const judged = cases<EqlCase>('eql-cases.jsonl').filter(
  ({ disabled, legacy_syntax }) => !disabled && !legacy_syntax,
);

const decimal = 'divides by a number that is a decimal only by its spelling, which the tree does not keep';
const nullText = 'asks for a text that the index of these events keeps in the place of null';
const dateFormat = 'joins by dates in a format that the index of these events has made up';

/** What is not as Elasticsearch has it, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'eql/test_queries/multiplyAndDivide': decimal,
  'eql/test_queries/fieldMath5': decimal,
  'eql/test_extra/optionalDefaultNullValueFieldEqualDefaultValue': nullText,
  'eql/test_extra/sequenceOptionalFieldAsKeyAndFirstFilter': nullText,
  'eql/test_extra/sequenceOptionalFieldAsKeyAndSecondFilter': nullText,
  'eql/test_extra/sequenceOptionalFieldAsKeyAndMultipleConditions': nullText,
  'eql/test_sample/anyRulesWithOneDifferentNameKey': 'takes another of several events that would all do',
  'eql/test_sample/customDateFormatAsKey_SameIndexResults': dateFormat,
  'eql/test_sample/customDateFormatsAsKey_DifferentIndicesResults': dateFormat,
  'eql/test_sample/customDateFormatsAsKey_DifferentKeyNames': dateFormat,
};

function isAsWanted(one: EqlCase): boolean {
  const { expected_event_ids: ids, expected_is_alternatives: isChoice } = one;
  const wanted: readonly unknown[] = isChoice ? ids : [ids];
  return wanted.some((each) => JSON.stringify(each) === JSON.stringify(found(one)));
}

describe.skipIf(without)('EQL finds the events that Elasticsearch finds (set CORPUS to run)', () => {
  test.each(judged.map((one) => [one.id, one] as const))('%s', (id, one) => {
    expect(isAsWanted(one), exceptions[id]).toBe(exceptions[id] === undefined);
  });
});
