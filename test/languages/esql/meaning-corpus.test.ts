import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';

import { esql } from '../../../src/languages/esql/index.ts';
import type { Query } from '../../../src/query/query.ts';
import { predicates } from '../../../src/query/walk.ts';
import { cases, elasticFiles, without } from '../../support/corpus.ts';
import { meaning, reprint } from '../../support/laws.ts';

interface Rule {
  readonly language?: string;
  readonly query?: string;
}

const rules = elasticFiles().flatMap(({ path, text }) => {
  const { language, query } = parseToml(text)['rule'] as Rule;
  return language === 'esql' ? [[path, query ?? ''] as const] : [];
});
const queries = [
  ...cases<{ id: string; query: string }>('esql-queries.jsonl').map(({ id, query }) => [id, query] as const),
  ...cases<{ id: string; expected: readonly string[] }>('sigma-esql-cases.jsonl').flatMap(
    ({ id, expected }) => expected.map((query) => [id, query] as const),
  ),
];

/** How much of a query is understood. */
function grade({ find, stages }: Query): string {
  if (find.kind !== 'filter') return 'nothing';
  const hasText = [...predicates(find.where)].some(({ kind }) => kind === 'opaque');
  const hasCommands = stages.some((stage) => stage.kind === 'opaque' && !stage.keepsEvents);
  if (hasText) return hasCommands ? 'some of the condition, and not what follows' : 'some of the condition';
  return hasCommands ? 'the condition, and not what follows' : 'everything';
}

function grades(all: readonly (readonly [string, string])[]) {
  const counts = new Map<string, number>();
  for (const [, query] of all) {
    const found = grade(meaning(esql, query));
    counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}

describe.skipIf(without)('real queries of ES|QL (set CORPUS to run)', () => {
  test('are read, written and read again as the same tree', () => {
    for (const [id, query] of [...rules, ...queries]) {
      const printed = reprint(esql, query);
      expect(meaning(esql, printed), id).toEqual(meaning(esql, query));
      expect(reprint(esql, printed), id).toBe(printed);
    }
  });

  test('are understood so far', () => {
    expect(grades(rules)).toEqual({
      everything: 7,
      'some of the condition': 7,
      'some of the condition, and not what follows': 27,
      'the condition, and not what follows': 71,
    });
    expect(grades(queries)).toEqual({
      everything: 129,
      nothing: 42,
      'some of the condition': 7,
      'the condition, and not what follows': 30,
    });
  });
});
