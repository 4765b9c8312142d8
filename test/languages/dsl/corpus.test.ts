import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';

import { dsl } from '../../../src/languages/dsl/index.ts';
import { eql } from '../../../src/languages/eql/index.ts';
import { kql } from '../../../src/languages/kql/index.ts';
import { filter } from '../../../src/query/build.ts';
import { normal, spell } from '../../../src/query/normal.ts';
import type { Predicate, Query } from '../../../src/query/query.ts';
import { mapLeaves, mapPredicates, predicates } from '../../../src/query/walk.ts';
import { cases, corpusFiles, elasticFiles, without } from '../../support/corpus.ts';
import { failsWith, meaning, must, reprint } from '../../support/laws.ts';
import { type Case, fromAst } from '../kql/conformance.ts';

/** Lists of filters anywhere in data, in texts of JSON within it, too. */
function filtersIn(value: unknown): readonly unknown[][] {
  if (typeof value === 'string') return value.includes('"query"') ? filtersIn(readJson(value)) : [];
  if (Array.isArray(value)) return value.flatMap(filtersIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const isList = ['filters', 'threat_filters', 'filter'].includes(key) && isFilters(part);
    return isList ? [part as unknown[]] : filtersIn(part);
  });
}

function isFilters(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0) return false;
  return value.every((one) => typeof one === 'object' && one !== null && ('query' in one || 'exists' in one));
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

describe.skipIf(without)('the filters of real rules (needs CORPUS)', () => {
  const elastic = elasticFiles().flatMap(({ text }) => filtersIn(parseToml(text)));
  const kibana = ['.json', '.ndjson']
    .flatMap((ending) => corpusFiles('kibana', ending))
    .flatMap(({ text }) => [text, ...text.split('\n')].flatMap((part) => filtersIn(readJson(part))));

  test('are there', () => {
    expect(elastic.flat().length).toBeGreaterThanOrEqual(13);
    expect(kibana.flat().length).toBeGreaterThanOrEqual(3);
  });

  test('are read, written and read again as the same tree', () => {
    for (const filters of [...elastic, ...kibana]) {
      const text = JSON.stringify(filters);
      const printed = reprint(dsl, text);
      expect(meaning(dsl, printed)).toEqual(meaning(dsl, text));
      expect(reprint(dsl, printed)).toBe(printed);
    }
  });

  test('hold nothing that is not understood', () => {
    for (const filters of [...elastic, ...kibana]) {
      expect(JSON.stringify(must(dsl.parse(JSON.stringify(filters))))).not.toContain('"opaque"');
    }
  });
});

/** Numbers and the texts that spell them are one to KQL; what a range is of days, a field of dates decides. */
function spellUntyped(query: Query): string {
  const untyped = mapPredicates(query, (where) =>
    mapLeaves(where, (leaf): Predicate => {
      if (leaf.kind === 'range') return { ...leaf, value: String(leaf.value) };
      if (leaf.kind !== 'equals' && leaf.kind !== 'free-text') return leaf;
      return {
        ...leaf,
        values: leaf.values.map((value) => (typeof value === 'number' ? [String(value)] : value)),
      };
    }),
  );
  return spell(normal(untyped));
}

interface DslCase extends Case {
  readonly mapping?: Readonly<Record<string, string>>;
}

/** Cases whose clauses do not say what the KQL does, each with the reason. */
const others: Readonly<Record<string, string>> = {
  'kibana-dsl-12': 'the time zone of the browser is put in, which the KQL does not say',
  'kibana-dsl-17': 'the mapping says which field the star is, and that it is nested',
  'kibana-dsl-22': 'the time zone of the browser is put in, which the KQL does not say',
  'kibana-dsl-23': 'the name is one within a nested search that the case keeps beside the tree',
  'es-kql-dsl-095': 'Kibana reads \\not as a line break and ot',
  'es-kql-dsl-096': 'Elasticsearch’s KQL loses the escape of the star',
  'dr-dsl-017': 'Kibana reads a lone null as null, that library as a text',
};

/** What kinds of cases the clauses of Elasticsearch say otherwise, as their values show. */
function reasonFor({ id, expected_dsl: clause }: DslCase): string | undefined {
  const known = others[id];
  if (known !== undefined) return known;
  const text = JSON.stringify(clause);
  if (text.includes('"match_none"')) return 'a field without a mapping finds nothing';
  if (/"query_string":\{[^}]*"query":"[^"]* /.test(text))
    return 'Lucene takes words with spaces between them for several';
  if (/"range":\{"mapped_date":\{"gte":"([^"]*)","lte":"\1"/.test(text))
    return 'a day is a range to a field of dates';
  return undefined;
}

describe.skipIf(without)('KQL as Kibana and Elasticsearch make clauses of it (needs CORPUS)', () => {
  const rows = cases<DslCase>('kql-cases.jsonl').filter((row) => row.kind === 'to-dsl' && !row.divergent);
  const meant = ({ expression, ast }: DslCase): Query =>
    ast ? filter(fromAst(ast)) : must(kql.parse(expression!));

  test('are there', () => {
    expect(rows.length).toBe(104);
  });

  test.each(rows.filter((row) => reasonFor(row) === undefined))('$id $expression', (row) => {
    const clauses = must(dsl.parse(JSON.stringify(row.expected_dsl)));
    expect(spellUntyped(clauses)).toBe(spellUntyped(meant(row)));
  });

  test.each(rows.filter((row) => reasonFor(row) !== undefined))('$id differs, and says why', (row) => {
    const clauses = must(dsl.parse(JSON.stringify(row.expected_dsl)));
    expect(spellUntyped(clauses)).not.toBe(spellUntyped(meant(row)));
  });

  test('and as it is written here', () => {
    // A search for null in every field has no clause.
    for (const row of rows.filter(({ id }) => id !== 'dr-dsl-017')) {
      const query = meant(row);
      const again = must(dsl.parse(must(dsl.print(query))));
      expect(spellUntyped(again), row.id).toBe(spellUntyped(dsl.said!(query)));
    }
  });
});

interface Fragment {
  readonly id: string;
  readonly query: string;
  readonly should_parse: boolean | null;
  readonly legacy: boolean;
  readonly expected_dsl_fragments?: readonly { readonly text: string }[];
}

/** A whole clause, once the brackets that a fragment leaves open are closed. */
function clauseOf(fragment: string): string | undefined {
  const text = fragment.replace(/,$/, '');
  const open: string[] = [];
  for (const [sign] of text.replace(/"(?:[^"\\]|\\.)*"/g, '').matchAll(/[[\]{}]/g)) {
    if (sign === '{' || sign === '[') open.push(sign === '{' ? '}' : ']');
    else if (open.pop() === undefined) return undefined;
  }
  const whole =
    (text.startsWith('{') ? text : `{${text}`) + open.reverse().join('') + (text.startsWith('{') ? '' : '}');
  return readJson(whole) === undefined ? undefined : whole;
}

describe.skipIf(without)('EQL as Elasticsearch makes clauses of it (needs CORPUS)', () => {
  const rows = cases<Fragment>('eql-parser-cases.jsonl').filter(
    (row) => row.should_parse === true && !row.legacy && row.expected_dsl_fragments,
  );
  const fragments = rows.flatMap(({ id, query, expected_dsl_fragments: parts = [] }) =>
    parts.flatMap(({ text }) => {
      const clause = clauseOf(text);
      // Scripts are not read here, and of several expressions Elasticsearch makes one.
      const isJudged = clause !== undefined && !/^\{"(?:size|params)"|"script"|"regexp".*\|/.test(clause);
      return isJudged ? [[`${id} ${clause}`, query, clause] as const] : [];
    }),
  );

  /** What they ask beside these clauses only a script can say. */
  const unsaid = [
    'fieldNoEqualsInExpression',
    'numberFunctionFoldedComparison',
    'numberFunctionFoldedHexComparison',
  ];
  const said = fragments.filter(([name]) => !unsaid.some((one) => name.includes(`/${one} `)));

  test('are there', () => {
    expect([fragments.length, said.length]).toEqual([54, 50]);
  });

  test.each(rows.filter(({ id }) => unsaid.some((one) => id.endsWith(`/${one}`))))(
    '$id has no filter',
    ({ query }) => {
      expect(failsWith(dsl.print(must(eql.parse(query))))).toEqual(['loss/comparison']);
    },
  );

  /** A fragment is a part of the whole, cut off anywhere: each of its tests is one of the query. */
  test.each(said)('%s', (_, query, clause) => {
    const known = testsOf(must(dsl.parse(must(dsl.print(must(eql.parse(query)))))));
    for (const part of testsOf(must(dsl.parse(clause)))) expect(known).toContain(part);
  });
});

/** The tests of a query, one for each value. */
function testsOf(query: Query): readonly string[] {
  const { find } = normal(query);
  if (find.kind !== 'filter') return expect.fail('Filters ask for single events.');
  return [...predicates(find.where)].flatMap((part) => {
    if (part.kind === 'equals') return part.values.map((value) => spell({ ...part, values: [value] }));
    return ['and', 'or', 'not', 'constant'].includes(part.kind) ? [] : [spell(part)];
  });
}
