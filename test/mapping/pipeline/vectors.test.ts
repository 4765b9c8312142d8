import { describe, expect, test } from 'vitest';

import { parseText } from '../../../src/convert/parse-text.ts';
import { read } from '../../../src/index.ts';
import { loadMapping } from '../../../src/mapping/load.ts';
import { applyPipelines } from '../../../src/mapping/pipeline/apply.ts';
import { isPipeline } from '../../../src/mapping/pipeline/pipeline.ts';
import { occurrenceOf, testOf } from '../../../src/match/predicate.ts';
import type { Rule } from '../../../src/rule/rule.ts';
import { cases, without } from '../../support/corpus.ts';
import { must } from '../../support/laws.ts';

interface Vector {
  readonly id: string;
  readonly kind: string;
  readonly rules_yaml: string;
  readonly pipeline_yaml?: string;
  readonly events: readonly {
    readonly event: object;
    readonly match: boolean;
    readonly matched_titles?: readonly string[];
  }[];
}

const vectors = cases<Vector>('sigma-engine-vectors.jsonl').filter(({ pipeline_yaml }) => pipeline_yaml);

describe.skipIf(without)("what another engine's tests say of rules under pipelines", () => {
  test('there are two of them', () => {
    expect(vectors).toHaveLength(2);
  });

  test.each(vectors.map((vector) => [vector.id, vector] as const))('%s', (_, vector) => {
    const pipeline = must(loadMapping(vector.pipeline_yaml!));
    if (!isPipeline(pipeline)) throw new Error('This is a table.');
    const tests = must(read(vector.rules_yaml)).rules.map((rule) => {
      const { where } = applyPipelines([pipeline], subjectOf(rule), () => {});
      return { title: rule.title, holds: testOf(where!) };
    });
    for (const { event, match, matched_titles: titles } of vector.events) {
      const found = tests.filter(({ holds }) => holds(occurrenceOf({ ...event })));
      expect(found.length > 0).toBe(match);
      if (titles) expect(found.map(({ title }) => title)).toEqual(titles);
    }
  });
});

function subjectOf(rule: Rule) {
  const text = 'query' in rule.detection ? rule.detection.query : undefined;
  const { find } = parseText(text!, () => {});
  if (find.kind !== 'filter') throw new Error('This asks for more than one event.');
  return { where: find.where, sources: [rule.logSource ?? {}], rule };
}
