import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';

import { lucene } from '../../../src/languages/lucene/index.ts';
import { match } from '../../../src/match/match.ts';
import { filter } from '../../../src/query/build.ts';
import { normal, spell } from '../../../src/query/normal.ts';
import { isPattern, plainText } from '../../../src/query/pattern.ts';
import type { Predicate } from '../../../src/query/query.ts';
import { predicates } from '../../../src/query/walk.ts';
import { cases, elasticFiles, without } from '../../support/corpus.ts';
import { meaning, must, reprint } from '../../support/laws.ts';
import { asTested, type Case, fromSpelled, fromTree } from './conformance.ts';

describe.skipIf(without)('real rules', () => {
  const queries = elasticFiles().flatMap(({ path, text }) => {
    const { rule } = parseToml(text) as { rule: Record<string, string> };
    return [
      ...(rule['language'] === 'lucene' ? [[path, rule['query']!] as const] : []),
      ...(rule['threat_language'] === 'lucene' ? [[path, rule['threat_query']!] as const] : []),
    ];
  });

  test('are read, written and read again as the same tree', () => {
    for (const [path, text] of queries) {
      const printed = reprint(lucene, text);
      expect(meaning(lucene, printed), path).toEqual(meaning(lucene, text));
      expect(reprint(lucene, printed), path).toBe(printed);
    }
  });
});

describe.skipIf(without)('the cases of Lucene’s classic parser', () => {
  const rows = cases<Case>('lucene-cases.jsonl');
  /** To Elasticsearch a lone star bounds nothing, however it is quoted. */
  const starBound = /[[{ ](?:\\\*|"\*")[ \]}]/;
  /** What depends on how a text is cut into words, or on another default than Kibana's, is not judged. */
  const judgedRows = rows.filter(
    (row) =>
      !row.analyzer_dependent &&
      (row.default_operator !== 'AND' || row.kind === 'parse-error') &&
      !starBound.test(row.query ?? ''),
  );
  const whereOf = (text: string): Predicate => {
    const { find } = must(lucene.parse(text));
    return find.kind === 'filter' ? find.where : expect.fail('It is a filter.');
  };
  const same = (text: string, wanted: Predicate): boolean => {
    const outcome = lucene.parse(text);
    return outcome.ok && spell(normal(asTested(outcome.value))) === spell(normal(asTested(filter(wanted))));
  };
  /** How many cases of a kind there are, and the ids of those that are answered otherwise. */
  const judged = (kind: string, agrees: (row: Case) => boolean) => {
    const ofKind = judgedRows.filter((row) => row.kind === kind);
    return { cases: ofKind.length, others: ofKind.filter((row) => !agrees(row)).map(({ id }) => id) };
  };

  test('queries are what Lucene spells', () => {
    const agrees = ({ query, expected }: Case) => same(query, fromSpelled(expected!, query));
    // Its analyser makes nothing of a phrase of blanks.
    expect(judged('parse-to-string', agrees)).toEqual({ cases: 112, others: ['lucene-testSlop-04'] });
  });

  test('queries are trees of the same kind', () => {
    const agrees = ({ query, expected_tree }: Case) => same(query, fromTree(expected_tree!));
    expect(judged('query-tree', agrees)).toEqual({ cases: 6, others: [] });
  });

  test('queries are of the same kind', () => {
    const isKind = (where: Predicate, name = ''): boolean => {
      const [value] = where.kind === 'free-text' || where.kind === 'equals' ? where.values : [];
      const isPlain = value !== undefined && isPattern(value ?? 0) && plainText(value as never) !== undefined;
      if (name === 'FuzzyQuery') return where.kind === 'opaque';
      if (name === 'TermQuery') return isPlain;
      return /^(?:Prefix|Wildcard)Query$/.test(name) ? value !== undefined && !isPlain : true;
    };
    const agrees = ({ query, expected_class, inner }: Case) =>
      isKind(whereOf(query), inner ?? expected_class);
    expect(judged('query-class', agrees)).toEqual({ cases: 20, others: [] });
  });

  test('what Lucene refuses is refused, but for a wildcard in front, which Elasticsearch allows', () => {
    const agrees = ({ query, allow_leading_wildcard }: Case) =>
      lucene.parse(query).ok === (allow_leading_wildcard === false);
    expect(judged('parse-error', agrees)).toEqual({ cases: 11, others: [] });
  });

  test('what Lucene escapes is read as it was', () => {
    const agrees = ({ input, expected }: Case) => {
      const found = [...predicates(whereOf(expected!.replaceAll(' ', '\\ ')))];
      return (
        JSON.stringify(found.flatMap((leaf) => (leaf.kind === 'free-text' ? leaf.values : []))) ===
        JSON.stringify([[input]])
      );
    };
    expect(judged('escape', agrees)).toEqual({ cases: 16, others: [] });
  });

  test('documents', () => {
    const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '');
    const agrees = ({ query, document, expected_match }: Case) =>
      match(must(lucene.parse(plain(query))), [document!]).length > 0 === expected_match;
    expect(judged('match', agrees)).toEqual({ cases: 3, others: [] });
  });

  test('every text that Lucene reads is read', () => {
    const refused = rows.filter(
      ({ kind, query }) => kind !== 'parse-error' && query && !lucene.parse(query).ok,
    );
    expect(refused.map(({ id }) => id)).toEqual([]);
  });
});
