import { describe, expect, test } from 'vitest';

import { read } from '../../../src/convert/convert.ts';
import { languageOf } from '../../../src/languages/index.ts';
import { canonical } from '../../../src/query/expression/canonical.ts';
import { parseLucene } from '../../../src/query/expression/parse-lucene.ts';
import { printLucene } from '../../../src/query/expression/print-lucene.ts';
import type { Regex } from '../../../src/query/query.ts';
import { inLucene, inPcre, meantBy } from '../../../src/query/regex.ts';
import { cases, elasticFiles, sigmaFiles, without } from '../../support/corpus.ts';

/** Every test by an expression in what was read of a file. */
function* testsIn(value: unknown): Generator<Regex> {
  if (typeof value !== 'object' || value === null) return;
  if ('kind' in value && value.kind === 'regex' && 'patterns' in value) yield value as Regex;
  for (const inner of Object.values(value)) yield* testsIn(inner);
}

/** Every text of a query in what was read of a file. */
function* queriesIn(value: unknown): Generator<readonly [language: string, text: string]> {
  if (typeof value !== 'object' || value === null) return;
  if ('language' in value && 'text' in value && typeof value.text === 'string')
    yield [String(value.language), value.text];
  for (const inner of Object.values(value)) yield* queriesIn(inner);
}

function testsOf(files: readonly { readonly text: string }[]): readonly Regex[] {
  return files.flatMap(({ text }) => {
    const outcome = read(text);
    const queries = outcome.ok ? [...queriesIn(outcome.value)] : [];
    return queries.flatMap(([id, query]) => {
      const parsed = languageOf(id)?.parse(query);
      return parsed?.ok ? [...testsIn(parsed.value)] : [];
    });
  });
}

/** Texts behind the word of ES|QL, one or a list of them, with its escapes undone. */
function rlikesIn(text: string): readonly string[] {
  const found = text.matchAll(/\brlike\s+\(?\s*("""[\s\S]*?"""|"(?:\\.|[^"\\])*")/gi);
  return [...found].map(([, literal = '']) =>
    literal.startsWith('"""') ? literal.slice(3, -3) : literal.slice(1, -1).replace(/\\(["\\])/g, '$1'),
  );
}

/** What can not be read, or not be said of whole values, and why. */
function faultsOf(tests: readonly Regex[]): readonly string[] {
  return tests.flatMap((one) =>
    one.patterns.flatMap((text) => {
      const { diagnostics, ok } = meantBy(text, one);
      return ok ? [] : diagnostics.map(({ message }) => `${text}: ${message}`);
    }),
  );
}

describe.skipIf(without)('the expressions of real rules (set CORPUS to run)', () => {
  test('of Sigma are read, and said of whole values', () => {
    const tests = testsOf(sigmaFiles());
    expect(tests.length).toBeGreaterThan(100);
    expect(faultsOf(tests)).toEqual([]);
    for (const one of tests) expect(inLucene(one).ok, one.patterns.join(' ')).toBe(true);
  });

  test('of EQL are read, and can be searched for', () => {
    const tests = testsOf(elasticFiles());
    expect(tests.length).toBeGreaterThan(20);
    expect(faultsOf(tests)).toEqual([]);
    for (const one of tests) expect(inPcre(one).ok, one.patterns.join(' ')).toBe(true);
  });

  test('of ES|QL are read, and have a canonical shape', () => {
    const queries = cases<{ query?: string; disabled?: boolean }>('esql-queries.jsonl');
    const texts = [...queries.map(({ query = '' }) => query), ...elasticFiles().map(({ text }) => text)];
    const expressions = texts.flatMap(rlikesIn);
    expect(expressions.length).toBeGreaterThan(20);
    for (const text of expressions) {
      const shape = printLucene(canonical(parseLucene(text), true));
      expect(printLucene(canonical(parseLucene(shape), true))).toBe(shape);
    }
  });
});
