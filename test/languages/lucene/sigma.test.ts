import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { read } from '../../../src/convert/convert.ts';
import { printQuery } from '../../../src/convert/print.ts';
import { Failure } from '../../../src/diagnostic/attempt.ts';
import { values } from '../../../src/formats/json-values.ts';
import { languageOf } from '../../../src/languages/index.ts';
import type { Language, PrintOptions } from '../../../src/languages/language.ts';
import { lucene } from '../../../src/languages/lucene/index.ts';
import type { Event } from '../../../src/match/event.ts';
import { match } from '../../../src/match/match.ts';
import { sameMeaning } from '../../../src/query/normal.ts';
import type { Query } from '../../../src/query/query.ts';
import { cases, corpus, corpusFiles, sigmaFiles, without } from '../../support/corpus.ts';
import { detectionsOf } from '../../support/detections.ts';
import { must } from '../../support/laws.ts';

interface Case {
  readonly id: string;
  readonly format: string;
  readonly sigma: string;
  readonly expected: readonly (string | { readonly query: unknown })[];
  readonly pipeline_name?: string;
  readonly pipeline_inline?: unknown;
}

interface Hits {
  readonly id: string;
  readonly backend: string;
  readonly sigma: string;
  readonly expected_hit_count: number;
}

/** Lucene as one prints it who knows the fields. */
const knowing = (options: PrintOptions): Language => ({
  ...lucene,
  print: (query) => lucene.print(query, options),
  said: (query) => lucene.said!(query, options),
});
const caseless = knowing({ factsOf: () => ({ caseless: true }) });

/** What the bridge writes, once it has proved that it means the same. */
const writtenIn = (query: Query, language: Language): string =>
  printQuery(query, language, { to: 'kibana' }, () => {}).text;

function queryOf(yaml: string): Query {
  const [rule] = must(read(yaml, { format: 'sigma' })).rules;
  if (rule?.detection.kind !== 'query') throw new Error('It is no query.');
  const { text, parsed } = rule.detection.query as { text: string; parsed?: unknown };
  return must(languageOf('sigma')!.parse(text, parsed));
}

const textOf = (one: Case['expected'][number]): string => {
  if (typeof one === 'string') return one;
  return JSON.parse(JSON.stringify(one)).query.bool.must[0].query_string.query;
};

/** What pySigma writes means something else than its rule, for these reasons. */
const differing: Readonly<Record<string, string>> = {
  'pysigma-es-lucene-008': 'an expression of Sigma matches a part of the value, one of Lucene the whole',
  'pysigma-es-lucene-009': 'an expression of Sigma matches a part of the value, one of Lucene the whole',
  'pysigma-es-lucene-020': 'a keyword between stars is never found in a field of words, if it has a blank',
};

describe.skipIf(without)('what pySigma writes for Sigma rules', () => {
  const rows = cases<Case>('sigma-lucene-cases.jsonl').filter(
    ({ format }) => format === 'default' || format === 'dsl_lucene',
  );

  test('is read', () => {
    const refused = rows.filter(({ expected }) => !expected.every((one) => lucene.parse(textOf(one)).ok));
    expect(refused.map(({ id }) => id)).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(23);
  });

  test('means what is written here, where no names are changed and case is the field’s', () => {
    const plain = rows.filter((row) => row.pipeline_name === undefined && row.pipeline_inline === undefined);
    const others = plain.filter(({ sigma, expected: [wanted] }) => {
      const text = writtenIn(queryOf(sigma), caseless);
      return !sameMeaning(must(lucene.parse(text)), must(lucene.parse(textOf(wanted!))));
    });
    expect(others.map(({ id }) => id)).toEqual(Object.keys(differing));
    expect(plain.length).toBeGreaterThanOrEqual(11);
  });
});

describe.skipIf(without)(
  'what is written here for Sigma rules finds as many documents as Elasticsearch',
  () => {
    const rows = cases<Hits>('sigma-es-hits.jsonl').filter(({ backend }) => backend === 'lucene');
    const documents = (): readonly Event[] =>
      JSON.parse(readFileSync(join(corpus, 'conformance/sigma-es-hits-documents.json'), 'utf8')).lucene
        .documents;
    const types = new Map([
      ['ipfield', 'ip'],
      ['textFieldA', 'text'],
    ] as const);
    // The fields that these ask for are not in the documents: a pipeline renames them, or the index keeps them besides.
    const renamed = ['pysigma-hits-lucene-14', 'pysigma-hits-lucene-21'];

    test.each(rows.filter(({ id }) => !renamed.includes(id)).map((one) => [one.id, one] as const))(
      '%s',
      (_, one) => {
        const text = writtenIn(queryOf(one.sigma), lucene);
        expect(match(must(lucene.parse(text)), documents(), { types })).toHaveLength(one.expected_hit_count);
      },
    );
  },
);

/** Events of Windows as SigmaHQ keeps them, with the names of its taxonomy beside one another. */
function flat(recorded: { readonly Event: Readonly<Record<string, Event>> }): Event {
  const { System = {}, EventData = {}, UserData = {} } = recorded.Event;
  const inner = Object.values(UserData).filter((value) => typeof value === 'object' && value !== null);
  return { ...System, ...Object.assign({}, ...inner), ...EventData };
}

describe.skipIf(without)('the rules of SigmaHQ', () => {
  const files = sigmaFiles();
  const queries = files.flatMap(({ path, text }) =>
    detectionsOf(text).flatMap((detection) => {
      const outcome = languageOf('sigma')!.parse(detection.text, detection.parsed);
      return outcome.ok ? [{ path, query: outcome.value }] : [];
    }),
  );

  test('are written, and read back as what was meant', () => {
    const losses = new Map<string, number>();
    let written = 0;
    for (const { query } of queries) {
      try {
        writtenIn(query, lucene);
        written += 1;
      } catch (failure) {
        if (!(failure instanceof Failure)) throw failure;
        for (const { code } of failure.diagnostics) losses.set(code, (losses.get(code) ?? 0) + 1);
      }
    }
    expect([...losses.keys()].sort()).toEqual([
      'loss/aggregation',
      'loss/comparison',
      'loss/placeholder',
      'loss/sample',
    ]);
    expect(written / queries.length).toBeGreaterThan(0.97);
  });

  test('find the attacks that were recorded for them, case or no case', () => {
    const recordings = corpusFiles('sigma/regression_data', '.json');
    const missed = recordings.filter(({ path, text }) => {
      const rule = queries.find((one) => basename(one.path, '.yml') === basename(dirname(path)));
      if (!rule) return false;
      const events = [...values(text, () => {})].map(({ value }) => flat(value as never));
      // What names another field than the event has is not found in Sigma either.
      if (match(rule.query, events).length === 0) return false;
      const printed = writtenIn(rule.query, lucene);
      return match(must(lucene.parse(printed)), events).length !== match(rule.query, events).length;
    });
    expect(missed.map(({ path }) => path)).toEqual([]);
    expect(recordings.length).toBeGreaterThan(90);
  });
});
