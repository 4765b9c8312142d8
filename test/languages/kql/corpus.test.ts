import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';

import { kql } from '../../../src/languages/kql/index.ts';
import { filter } from '../../../src/query/build.ts';
import { normal, spell } from '../../../src/query/normal.ts';
import type { Predicate, Query } from '../../../src/query/query.ts';
import { fieldsOf, mapLeaves, mapPredicates, predicates } from '../../../src/query/walk.ts';
import { cases, elasticFiles, without } from '../../support/corpus.ts';
import { meaning, must, reprint } from '../../support/laws.ts';
import { type Case, fromAst, fromDsl } from './conformance.ts';

describe.skipIf(without)('real rules', () => {
  const queries = elasticFiles().flatMap(({ path, text }) => {
    const { rule } = parseToml(text) as { rule: Record<string, string> };
    return [
      ...(rule['language'] === 'kuery' ? [[`${path} query`, rule['query']!] as const] : []),
      ...(rule['threat_language'] === 'kuery'
        ? [[`${path} threat_query`, rule['threat_query']!] as const]
        : []),
    ];
  });

  test('are all there', () => {
    expect(queries.length).toBeGreaterThanOrEqual(372);
  });

  test('are read, written and read again as the same tree', () => {
    for (const [path, text] of queries) {
      const printed = reprint(kql, text);
      expect(meaning(kql, printed), path).toEqual(meaning(kql, text));
      expect(reprint(kql, printed), path).toBe(printed);
    }
  });

  test('have lines of 120 columns, but for values that are longer', () => {
    for (const [path, text] of queries) {
      const lines = reprint(kql, text).split('\n');
      const long = lines.filter((line) => line.length > 120).map((line) => line.replace(/"[^"]*"/g, '""'));
      expect(
        long.filter((line) => / (?:and|or) /.test(line)),
        path,
      ).toEqual([]);
    }
  });
});

/** A normal form in which the bound 5 and the bound "5" are one, as they are to Kibana. */
function spellBounds(query: Query): string {
  return spell(
    normal(
      mapPredicates(query, (where) =>
        mapLeaves(where, (leaf) => (leaf.kind === 'range' ? { ...leaf, value: String(leaf.value) } : leaf)),
      ),
    ),
  );
}

describe.skipIf(without)('the cases of Kibana, Elasticsearch and detection-rules', () => {
  const rows = cases<Case>('kql-cases.jsonl');
  const whereOf = (text: string): Predicate => {
    const { find } = must(kql.parse(text));
    return find.kind === 'filter' ? find.where : expect.fail('It is a filter.');
  };
  const same = (text: string, wanted: Predicate): boolean => {
    const outcome = kql.parse(text);
    return outcome.ok && spellBounds(outcome.value) === spellBounds(filter(wanted));
  };
  const reads = ({ expression = '' }: Case): boolean => kql.parse(expression).ok;
  /** How many cases of a kind there are, and the ids of those that are answered otherwise. */
  const judged = (kind: string, engine: string, agrees: (row: Case) => boolean) => {
    const judgedRows = rows.filter((row) => row.kind === kind && row.engine === engine && !row.divergent);
    return {
      cases: judgedRows.length,
      others: judgedRows.filter((row) => !agrees(row)).map((row) => row.id),
    };
  };

  test('kibana: trees', () => {
    expect(judged('parse-ast', 'kibana', (row) => same(row.expression!, fromAst(row.expected_ast!)))).toEqual(
      {
        cases: 17,
        others: [],
      },
    );
  });

  test('kibana: texts', () => {
    expect(judged('parse-ok', 'kibana', reads)).toEqual({ cases: 2, others: [] });
    expect(judged('parse-error', 'kibana', (row) => !reads(row))).toEqual({ cases: 4, others: [] });
    expect(judged('normalized-parse-ok', 'detection-rules-kql', reads)).toEqual({ cases: 3, others: [] });
  });

  test('kibana: literals', () => {
    const agrees = ({ expression, expected_value, wildcard }: Case) =>
      same(
        expression!,
        fromAst({ fn: 'is', field: null, value: expected_value!, value_wildcard: wildcard === true }),
      );
    expect(judged('parse-literal', 'kibana', agrees)).toEqual({ cases: 18, others: [] });
  });

  test('kibana: printed trees', () => {
    const agrees = ({ ast, expected_kql }: Case) => {
      const tree = fromAst(ast!);
      return same(expected_kql!, tree) && same(must(kql.print(filter(tree))), tree);
    };
    expect(judged('print', 'kibana', agrees)).toEqual({ cases: 16, others: [] });
  });

  test('kibana: escaped texts are unescaped, but for the "\\not" that Kibana itself reads as a line break', () => {
    const agrees = ({ function: name, input, expected }: Case) =>
      same(name === 'escapeQuotes' ? `"${expected}"` : String(expected), fromAst({ literal: input! }));
    expect(judged('escape', 'kibana', agrees)).toEqual({ cases: 5, others: ['kibana-escape-04'] });
  });

  test('kibana: free text', () => {
    const agrees = ({ expression, expected }: Case) =>
      [...predicates(whereOf(expression!))].some((part) => part.kind === 'free-text') === expected;
    expect(judged('has-free-text', 'kibana', agrees)).toEqual({ cases: 8, others: [] });
  });

  test('elasticsearch: texts', () => {
    // Its parser takes "NOT(" without white space.
    expect(judged('parse-ok', 'elasticsearch', reads)).toEqual({ cases: 39, others: ['es-kql-ok-070'] });
    // Kibana reads what the mapping alone makes an error, and half of a character.
    const agrees = (row: Case) => reads(row) === (row.semantic_only === true);
    expect(judged('parse-error', 'elasticsearch', agrees)).toEqual({
      cases: 11,
      others: ['es-kql-badunicode-D900-q'],
    });
  });

  test('elasticsearch: literals, but for what Kibana trims and its "\\not"', () => {
    const agrees = ({ expression, expected_value }: Case) =>
      same(expression!, fromAst({ literal: String(expected_value) }));
    const { cases: count, others } = judged('unescape', 'elasticsearch', agrees);
    expect(count).toBe(51);
    const texts = others.map((id) => rows.find((row) => row.id === id)!.expression!);
    expect(texts.filter((text) => !/^\\[trn]|\\[trn]$|\\not/.test(text))).toEqual([]);
    expect(texts).toHaveLength(7);
  });

  test('elasticsearch: queries', () => {
    const agrees = ({ expression, expected_dsl }: Case) =>
      'match_none' in expected_dsl! ? true : same(expression!, fromDsl(expected_dsl!));
    // The first has Kibana's "\\not"; of the second its own tests say that it loses a star.
    expect(judged('to-dsl', 'elasticsearch', agrees)).toEqual({
      cases: 65,
      others: ['es-kql-dsl-095', 'es-kql-dsl-096'],
    });
  });

  test('elasticsearch: equivalent queries, where no mapping decides', () => {
    const agrees = ({ left, right }: Case) => same(left!, whereOf(right!));
    const found = judged('equivalent', 'elasticsearch', agrees);
    expect(found.cases).toBe(8);
    expect(found.others.every((id) => id.includes('nested'))).toBe(true);
  });

  test('where Elasticsearch’s KQL differs, this follows Kibana', () => {
    const differing = rows.filter((row) => row.divergent);
    const [precedence] = differing.filter((row) => row.kind === 'equivalent');
    expect(same(precedence!.left!, whereOf(precedence!.right!))).toBe(false);
    const errors = differing.filter((row) => row.kind === 'parse-error');
    expect(errors.map(reads)).toEqual([true, true]);
  });

  test('detection-rules: texts', () => {
    expect(judged('parse-ok', 'detection-rules-kql', reads)).toEqual({ cases: 11, others: [] });
    expect(judged('parse-ast', 'detection-rules-kql', reads)).toEqual({ cases: 21, others: [] });
    expect(judged('match', 'detection-rules-kql', reads)).toEqual({ cases: 22, others: [] });
    // Its library takes "not" before a lone value, refuses upper case, and knows the types of fields.
    expect(judged('parse-root', 'detection-rules-kql', reads).others).toEqual([
      'dr-parser-050',
      'dr-parser-057',
    ]);
    const agrees = (row: Case) => row.options?.schema !== undefined || !reads(row);
    expect(judged('parse-error', 'detection-rules-kql', agrees)).toEqual({
      cases: 13,
      others: ['dr-lint-036', 'dr-lint-041'],
    });
  });

  test('detection-rules: queries', () => {
    const agrees = ({ expression, expected_dsl }: Case) => same(expression!, fromDsl(expected_dsl!));
    // Kibana reads a lone null as null, its library as a text.
    expect(judged('to-dsl', 'detection-rules-kql', agrees)).toEqual({ cases: 25, others: ['dr-dsl-017'] });
  });

  test('detection-rules: its way of writing is ours', () => {
    const agrees = ({ expected_kql }: Case) => reprint(kql, expected_kql!) === expected_kql;
    expect(judged('eql-to-kql', 'detection-rules-kql', agrees)).toEqual({ cases: 14, others: [] });
    expect(judged('lint', 'detection-rules-kql', agrees)).toEqual({ cases: 20, others: [] });
    const means = ({ expression, expected_kql }: Case) => same(expression!, whereOf(expected_kql!));
    expect(judged('lint', 'detection-rules-kql', means)).toEqual({ cases: 20, others: [] });
  });

  test('detection-rules: fields', () => {
    const agrees = ({ expression, expected }: Case) =>
      JSON.stringify(fieldsOf(whereOf(expression!))) === JSON.stringify(expected);
    expect(judged('field-names', 'detection-rules-kql', agrees)).toEqual({ cases: 1, others: [] });
  });
});
