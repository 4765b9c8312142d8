import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';

import { eql } from '../../../src/languages/eql/index.ts';
import type { Query } from '../../../src/query/query.ts';
import { cases, elasticFiles, without } from '../../support/corpus.ts';
import { must, reprint, withoutSpans } from '../../support/laws.ts';

/** The query of a rule file, if it is an EQL rule. */
function queryOf(toml: string): string | undefined {
  const { rule } = parseToml(toml) as { rule?: { type?: string; query?: string } };
  return rule?.type === 'eql' ? rule.query : undefined;
}

const tree = (text: string): Query => withoutSpans(must(eql.parse(text)));

describe.skipIf(without)('the EQL rules of Elastic (needs CORPUS)', () => {
  const queries = elasticFiles()
    .map(({ text }) => queryOf(text))
    .filter((query) => query !== undefined);

  test('are there', () => {
    expect(queries).toHaveLength(549);
  });

  test('all say the same once printed, and are printed the same twice', () => {
    for (const query of queries) {
      const printed = reprint(eql, query);
      expect(tree(printed)).toEqual(tree(query));
      expect(reprint(eql, printed)).toBe(printed);
    }
  });

  test('pass 120 columns only where a value does', () => {
    const lines = queries.flatMap((query) => reprint(eql, query).split('\n'));
    const long = lines.filter((line) => line.length > 120);
    for (const line of long) expect(line.match(/"[^"]*"/g) ?? []).not.toHaveLength(0);
    for (const line of long)
      expect(line.trimStart().split(/ (?:and|or)$/)[0]).not.toMatch(/ (?:and|or) [a-z?(]/);
    expect(long).toHaveLength(42);
  });
});

interface ParserCase {
  readonly id: string;
  readonly query: string | null;
  readonly expression?: string;
  readonly should_parse: boolean | null;
  readonly expected_value?: string | number | { readonly field: string };
  readonly legacy: boolean;
}

/** A literal stands where it is compared, another expression where it is asked. */
function textOf({ query, expression, expected_value: value }: ParserCase): string {
  if (query !== null && query !== undefined) return query;
  const isLiteral = typeof value === 'string' || typeof value === 'number';
  return `any where ${isLiteral ? 'f == ' : ''}${expression}`;
}

describe.skipIf(without)("Elasticsearch's own cases (needs CORPUS)", () => {
  const live = cases<ParserCase>('eql-parser-cases.jsonl').filter((one) => !one.legacy);
  const read = live.filter((one) => one.should_parse === true);
  const refused = live.filter((one) => one.should_parse === false);
  const literals = live.filter((one) => one.expected_value !== undefined);

  test('are there', () => {
    expect([read.length, refused.length, literals.length]).toEqual([198, 26, 14]);
  });

  test.each(read)('$id is read, and says the same once printed', (one) => {
    expect(tree(reprint(eql, textOf(one)))).toEqual(tree(textOf(one)));
  });

  test.each(refused)('$id is refused, with a place', (one) => {
    const outcome = eql.parse(textOf(one));
    expect(outcome.ok).toBe(false);
    expect(outcome.diagnostics[0]?.span).toBeDefined();
  });

  test.each(literals)('$id has its value', (one) => {
    const { expected_value: value } = one;
    const { find } = tree(textOf(one));
    const wanted =
      typeof value === 'object'
        ? value
        : { field: 'f', values: [typeof value === 'string' ? [value] : value] };
    expect(find).toMatchObject({ where: { kind: 'equals', ...wanted } });
  });
});

interface EventCase {
  readonly name: string;
  readonly query: string;
  readonly legacy_syntax: boolean;
  readonly disabled: boolean;
}

describe.skipIf(without)("the queries of Elasticsearch's run-time suites (needs CORPUS)", () => {
  const live = cases<EventCase>('eql-cases.jsonl').filter((one) => !one.legacy_syntax && !one.disabled);

  test('are there', () => {
    expect(live).toHaveLength(157);
  });

  test.each(live)('$name', ({ query }) => {
    expect(tree(reprint(eql, query))).toEqual(tree(query));
  });
});

interface FunctionCase {
  readonly expression: string;
  readonly obsolete: boolean;
  readonly must_be_rejected: boolean;
}

test.skipIf(without)('every call that Elasticsearch evaluates is read (needs CORPUS)', () => {
  const calls = cases<FunctionCase>('eql-function-cases.jsonl').filter(
    (one) => !one.obsolete && !one.must_be_rejected,
  );
  expect(calls).toHaveLength(107);
  for (const { expression } of calls) expect(eql.parse(`any where ${expression}`).ok, expression).toBe(true);
});
