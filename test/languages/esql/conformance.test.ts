import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';

import { Failure } from '../../../src/diagnostic/attempt.ts';
import { parseStatement } from '../../../src/languages/esql/parse-statement.ts';
import { printStatement } from '../../../src/languages/esql/print-statement.ts';
import type { Expression, Statement } from '../../../src/languages/esql/syntax.ts';
import { cases, elasticFiles, without } from '../../support/corpus.ts';
import { withoutSpans } from '../../support/laws.ts';

const read = (text: string): Statement => withoutSpans(parseStatement(text));

/** Reads back as the same tree, and is written the same twice. */
function comesHome(text: string): void {
  const printed = printStatement(read(text));
  expect(read(printed)).toEqual(read(text));
  expect(printStatement(read(printed))).toBe(printed);
}

describe.skipIf(without)('the ES|QL rules of Elastic (needs CORPUS)', () => {
  const queries = elasticFiles().flatMap(({ text }) => {
    const { rule } = parseToml(text) as { rule?: { type?: string; query?: string } };
    return rule?.type === 'esql' && rule.query !== undefined ? [rule.query] : [];
  });

  test('are there', () => {
    expect(queries).toHaveLength(112);
  });

  test('all say the same once printed, and are printed the same twice', () => {
    for (const query of queries) comesHome(query);
  });

  test('pass 120 columns only where a value or a name does', () => {
    const long = queries
      .flatMap((query) => printStatement(read(query)).split('\n'))
      .filter((line) => line.length > 120);
    for (const line of long) expect(line).toMatch(/"[^"]{50,}"|""".{40,}"""|[\w.`]{50,}/);
    expect(long.length).toBeLessThan(60);
  });
});

interface QueryCase {
  readonly id: string;
  readonly query: string;
  readonly disabled: boolean;
}

describe.skipIf(without)("the queries of Elasticsearch's run-time suites (needs CORPUS)", () => {
  const live = cases<QueryCase>('esql-queries.jsonl').filter(({ disabled }) => !disabled);

  test('are there', () => {
    expect(live).toHaveLength(188);
  });

  test.each(live)('$id', ({ query }) => comesHome(query));
});

interface ParserCase {
  readonly id: string;
  readonly kind: 'literal' | 'equivalent' | 'parse-ok' | 'parse-error' | 'verify-error';
  readonly query: string;
  readonly should_parse: boolean;
  readonly same_as?: string;
  readonly expected_value?: string | number | boolean | null;
  readonly expected_type?: string;
  readonly check_depth?: 'grammar' | 'builder';
}

/** What Elasticsearch refuses when it builds its tree, and is read here, each with the reason. */
const readAllTheSame: readonly (readonly [RegExp, string])[] = [
  [/is_null\(/, 'Which functions there are is for the meaning of a query to know, not for its syntax.'],
  [/^from test metadata _/, 'Each version knows metadata fields that others do not; all begin with "_".'],
  [
    /GROK a "%\{NUMBER:foo\} %\{WORD:foo\}"/,
    'What types the names of a grok pattern get is a matter of its dictionary.',
  ],
];

describe.skipIf(without)("Elasticsearch's parser cases (needs CORPUS)", () => {
  const all = cases<ParserCase>('esql-parser-cases.jsonl');
  const good = all.filter((one) => one.should_parse);
  const bad = all.filter((one) => !one.should_parse);
  const excused = bad.filter((one) => reasonFor(one) !== undefined);

  test('are there', () => {
    expect([good.length, bad.length, excused.length]).toEqual([66, 30, 5]);
  });

  test.each(good)('$id is read, and says the same once printed', ({ query }) => comesHome(query));

  test.each(bad.filter((one) => !excused.includes(one)))('$id is refused, with a place', ({ query }) => {
    expect(refusal(query)?.diagnostics[0]?.span).toBeDefined();
  });

  test('those that are read all the same are so for a reason of theirs alone', () => {
    for (const one of excused) {
      expect(one.check_depth).toBe('builder');
      expect(refusal(one.query)).toBeUndefined();
    }
  });

  test.each(good.filter(({ same_as: same }) => same !== undefined))('$id means its other form', (one) => {
    expect(equalsOnly(conditionOf(one.query))).toEqual(
      equalsOnly(conditionOf(`from a | where ${one.same_as}`)),
    );
  });

  test.each(good.filter(({ kind }) => kind === 'literal'))('$id has its value and type', (one) => {
    const node = conditionOf(one.query);
    expect(literalOf(node)).toBe(one.expected_value);
    expect(typesOf[node.kind as keyof typeof typesOf]).toContain(one.expected_type);
  });
});

const typesOf = {
  string: ['keyword'],
  integer: ['integer', 'long', 'unsigned_long'],
  decimal: ['double'],
  boolean: ['boolean'],
  null: ['null'],
  timespan: ['date_period', 'time_duration'],
};

function reasonFor({ query }: ParserCase): string | undefined {
  return readAllTheSame.find(([shape]) => shape.test(query))?.[1];
}

function refusal(text: string): Failure | undefined {
  try {
    parseStatement(text);
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

function conditionOf(text: string): Expression {
  const command = read(text).commands[1];
  if (command?.kind !== 'where') throw new Error('This is no condition.');
  return command.condition;
}

function literalOf(node: Expression): unknown {
  switch (node.kind) {
    case 'string':
    case 'boolean':
      return node.value;
    case 'integer':
    case 'decimal':
      return Number(node.text);
    case 'null':
      return null;
    default:
      return node;
  }
}

/** Elasticsearch's builder makes `a != b` and `not (a == b)` one. */
function equalsOnly(tree: Expression): unknown {
  return JSON.parse(JSON.stringify(tree), (_, node) =>
    node?.kind === 'compare' && node.operator === '!='
      ? { kind: 'not', of: { ...node, operator: '==' } }
      : node,
  );
}

interface SigmaCase {
  readonly id: string;
  readonly expected: readonly string[];
}

describe.skipIf(without)('the ES|QL that another converter writes of Sigma (needs CORPUS)', () => {
  const queries = cases<SigmaCase>('sigma-esql-cases.jsonl').flatMap(({ expected }) => expected);

  test('is there', () => {
    expect(queries).toHaveLength(18);
  });

  test.each(queries)('%s', comesHome);
});
