import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';

import { eql } from '../../../src/languages/eql/index.ts';
import { esql } from '../../../src/languages/esql/index.ts';
import { said } from '../../../src/languages/esql/meaning/said.ts';
import { kql } from '../../../src/languages/kql/index.ts';
import { sigma } from '../../../src/languages/sigma/index.ts';
import { normal, spell } from '../../../src/query/normal.ts';
import type { Query } from '../../../src/query/query.ts';
import { elasticFiles, sigmaFiles, without } from '../../support/corpus.ts';
import { detectionsOf } from '../../support/detections.ts';

interface Rule {
  readonly language?: string;
  readonly query?: string;
}

function rulesIn(language: string): readonly Rule[] {
  return elasticFiles()
    .map(({ text }) => parseToml(text)['rule'] as Rule)
    .filter((rule) => rule.language === language);
}

/** How many queries ES|QL says, and why it does not say the others; what it says reads back as what was meant. */
function written(queries: readonly Query[]) {
  const counts = new Map<string, number>();
  for (const query of queries) {
    const outcome = esql.print(query);
    const codes = outcome.ok ? ['written'] : [...new Set(outcome.diagnostics.map(({ code }) => code))];
    for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
    if (!outcome.ok) continue;
    const again = esql.parse(outcome.value);
    expect(again.ok && spell(normal(again.value)), outcome.value).toBe(spell(normal(said(query))));
  }
  return Object.fromEntries(counts);
}

describe.skipIf(without)('real rules in ES|QL (set CORPUS to run)', () => {
  const readIn = (language: typeof eql, id: string) =>
    rulesIn(id).flatMap(({ query = '' }) => {
      const outcome = language.parse(query);
      return outcome.ok ? [outcome.value] : [];
    });

  test('those of EQL', () => {
    expect(written(readIn(eql, 'eql'))).toEqual({
      written: 435,
      'loss/function': 2,
      'loss/pipe': 2,
      'loss/sample': 1,
      'loss/sequence': 111,
    });
  });

  test('those of KQL', () => {
    expect(written(readIn(kql, 'kuery'))).toEqual({ written: 360, 'loss/field-name': 5, 'loss/nested': 1 });
  });

  test('those of Sigma', () => {
    const queries = sigmaFiles().flatMap(({ text }) =>
      detectionsOf(text).flatMap(({ text: detection, parsed }) => {
        const outcome = sigma.parse(detection, parsed);
        return outcome.ok ? [outcome.value] : [];
      }),
    );
    expect(written(queries)).toEqual({
      written: 1901,
      'loss/aggregation': 19,
      'loss/free-text': 57,
      'loss/placeholder': 15,
      'loss/sample': 3,
    });
  });
});
