import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { esql } from '../../../src/languages/esql/index.ts';
import type { Event } from '../../../src/match/event.ts';
import { match } from '../../../src/match/match.ts';
import type { Aggregate } from '../../../src/query/query.ts';
import { fieldsOf, predicates } from '../../../src/query/walk.ts';
import { cases, corpus, without } from '../../support/corpus.ts';
import { must } from '../../support/laws.ts';

interface RowCase {
  readonly id: string;
  readonly query: string;
  readonly columns: readonly { readonly name: string }[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly ignore_order: boolean;
  readonly disabled: boolean;
  readonly data_json: string | null;
}

const types = new Map([
  ['birth_date', 'date'],
  ['hire_date', 'date'],
  ['ip0', 'ip'],
  ['ip1', 'ip'],
] as const);

const known = new Map<string, readonly Event[]>();

function eventsOf(path: string): readonly Event[] {
  const events =
    known.get(path) ??
    readFileSync(join(corpus, 'conformance', path), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  known.set(path, events);
  return events;
}

/** Why a case is not run; undefined for one that is. */
function obstacle({ data_json, disabled, query, columns }: RowCase): string | undefined {
  if (disabled) return 'disabled upstream';
  if (data_json === null) return 'has no events here';
  const { find, stages } = must(esql.parse(query));
  if (stages.some((stage) => stage.kind === 'opaque' && !stage.keepsEvents))
    return 'has a command that is kept as text';
  if (find.kind !== 'filter') return 'begins with no events';
  if ([...predicates(find.where)].some(({ kind }) => kind === 'opaque'))
    return 'has a condition that is kept as text';
  if (fieldsOf(find.where).some((field) => field.startsWith('_'))) return 'asks for metadata';
  const aggregate = stages.find((stage) => stage.kind === 'aggregate');
  if (aggregate?.beside) return 'gives more of each group than its measure';
  const shown = aggregate ? [...aggregate.by, aggregate.as] : Object.keys(eventsOf(data_json)[0]!);
  return columns.every(({ name }) => shown.includes(name)) ? undefined : 'gives what it has worked out';
}

/** ES|QL compares no field of several values; the tree takes any of them. */
function hasSeveral(event: Event, fields: readonly string[]): boolean {
  return fields.some((field) => Array.isArray(event[field]));
}

function rowsOf({ query, data_json, columns }: RowCase): readonly unknown[] {
  const tree = must(esql.parse(query));
  const tested =
    tree.find.kind === 'filter'
      ? [...predicates(tree.find.where)].filter(({ kind }) => kind !== 'exists')
      : [];
  const fields = tested.flatMap((part) =>
    part.kind === 'and' || part.kind === 'or' || part.kind === 'not' ? [] : fieldsOf(part),
  );
  const events = eventsOf(data_json!).filter((event) => !hasSeveral(event, fields));
  const found = match(tree, events, { timestampField: 'none', types }).map((each) =>
    each.events.map((at) => events[at]!),
  );
  const aggregate = tree.stages.find((stage) => stage.kind === 'aggregate');
  const rows = aggregate ? found.map((group) => measured(aggregate, group)) : found.map(([event]) => event!);
  return rows.map((row) => columns.map(({ name }) => comparable(row[name])));
}

/** A group as the case has it: its keys and its measure. */
function measured({ by, as = '', measure, field = '' }: Aggregate, group: readonly Event[]): Event {
  const keys = by.map((key) => [key, group[0]?.[key]]);
  const values = group.flatMap((event) => event[field] ?? []).map(Number);
  const sum = values.reduce((total, value) => total + value, 0);
  const results = {
    count: group.length,
    'count-distinct': new Set(values).size,
    sum,
    avg: sum / values.length,
    min: Math.min(...values),
    max: Math.max(...values),
    // What lies between two values is the matcher's to say.
    percentile: undefined,
  };
  return Object.fromEntries([...keys, [as, results[measure]]]);
}

function comparable(value: unknown): unknown {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : (value ?? null);
}

function isAsWanted(one: RowCase): boolean {
  const wanted = one.rows.map((row) => one.columns.map(({ name }) => comparable(row[name])));
  const [a, b] = [rowsOf(one), wanted].map((rows) => rows.map((row) => JSON.stringify(row)));
  return (
    JSON.stringify(one.ignore_order ? a!.sort() : a) === JSON.stringify(one.ignore_order ? b!.sort() : b)
  );
}

/** What is not as Elasticsearch has it, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'esql/where-like.csv-spec/notLikeListAllWildcard':
    'keeps what is null under a negated list, as one version does',
  'esql/ip.csv-spec/cidrMatchNullField': 'asks for what is null because it has several values',
};

describe.skipIf(without)('ES|QL finds the rows that Elasticsearch finds (set CORPUS to run)', () => {
  const all = cases<RowCase>('esql-queries.jsonl');
  const run = all.filter((one) => obstacle(one) === undefined);

  test('all but these are run, and these for a reason', () => {
    const reasons = new Map<string, number>();
    for (const one of all) {
      const reason = obstacle(one) ?? 'none';
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
    expect(Object.fromEntries(reasons)).toEqual({
      none: 88,
      'asks for metadata': 1,
      'disabled upstream': 2,
      'gives what it has worked out': 24,
      'has a command that is kept as text': 24,
      'has a condition that is kept as text': 4,
      'has no events here': 47,
    });
  });

  test.each(run.map((one) => [one.id, one] as const))('%s', (id, one) => {
    expect(isAsWanted(one), exceptions[id]).toBe(exceptions[id] === undefined);
  });
});
