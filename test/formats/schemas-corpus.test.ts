import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';

import {
  elasticViolations,
  kibanaViolations,
  sigmaViolations,
  type Violation,
} from '../../src/formats/schemas/index.ts';
import { convert } from '../../src/index.ts';
import { type CorpusFile, corpusFiles, elasticFiles, sigmaFiles, without } from '../support/corpus.ts';

const kibanaFiles = () => [
  ...corpusFiles('kibana/detection-engine-export', '.ndjson'),
  ...corpusFiles('kibana/security-rule-assets', '.json'),
  ...corpusFiles('kibana/create-api', '.json'),
];

const checks = {
  elastic: (text: string) => elasticViolations(parse(text) as never),
  sigma: (text: string) =>
    parseAllDocuments(text, { schema: 'core' }).flatMap((document) => sigmaViolations(document.toJS())),
  kibana: (text: string) =>
    objects(text).flatMap((object) => kibanaViolations(object, { major: 9, minor: 2 })),
};
type FormatId = keyof typeof checks;

/** A file is one object, or one on each line. */
function objects(text: string) {
  try {
    return [JSON.parse(text)];
  } catch {
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line));
  }
}

/** How many texts have each fault. */
function tally(texts: readonly string[], check: (text: string) => readonly Violation[]) {
  const counts: Record<string, number> = {};
  for (const text of texts) {
    const names = check(text).map(({ what, path }) =>
      [what, ...path.map((step) => (typeof step === 'number' ? '*' : step))].join('.'),
    );
    for (const name of new Set(names)) counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

const texts = (files: readonly CorpusFile[]) => files.map(({ text }) => text);

/** Every rule of these files in another format, whatever it loses. */
function written(files: readonly CorpusFile[], to: FormatId): string[] {
  const allow = ['broader', 'narrower', 'approximate', 'carried'] as const;
  return files.flatMap(({ text }) => {
    const outcome = convert(text, { to, allow, today: '2024-01-31', prove: false });
    return outcome.ok ? outcome.value.rules.map((rule) => rule.text).filter((rule) => rule !== '') : [];
  });
}

describe.skipIf(without)('the corpus (set CORPUS to run)', () => {
  const elastic = elasticFiles();
  const sigma = sigmaFiles();
  const kibana = kibanaFiles();
  const retired = sigma.filter(({ path }) => /sigma\/(?:deprecated|unsupported)\//.test(path));
  const active = sigma.filter((file) => !retired.includes(file));

  test('every Elastic file is as it should be', () => {
    expect(elastic.length).toBeGreaterThan(1000);
    expect(tally(texts(elastic), checks.elastic)).toEqual({});
  });

  test('every active Sigma rule is as it should be', () => {
    expect(active.length).toBeGreaterThan(1800);
    expect(tally(texts(active), checks.sigma)).toEqual({});
  });

  test('retired Sigma rules are in the words of version 1', () => {
    expect(tally(texts(retired), checks.sigma)).toEqual({
      'value.date': 120,
      'value.modified': 117,
      'unknown.detection.timeframe': 24,
      'value.detection': 1,
      'missing.detection.condition': 2,
      'missing.title': 2,
      'missing.logsource': 2,
    });
  });

  test('Kibana’s own objects are as they should be; bodies to create a rule need no rule_id', () => {
    expect(kibana.length).toBeGreaterThan(9);
    expect(tally(texts(kibana), checks.kibana)).toEqual({ 'missing.rule_id': 1 });
  });

  test.each([
    ['Elastic', 'elastic', elastic],
    ['Elastic', 'sigma', elastic],
    ['Elastic', 'kibana', elastic],
    ['Sigma', 'elastic', active],
    ['Sigma', 'sigma', active],
    ['Sigma', 'kibana', active],
    ['retired Sigma', 'elastic', retired],
    ['retired Sigma', 'kibana', retired],
  ] as const)('%s rules are written for %s as they should be', (_, to, files) => {
    const rules = written(files, to);
    expect(rules.length).toBeGreaterThanOrEqual(files.length);
    expect(tally(rules, checks[to])).toEqual({});
  });

  test('what Kibana’s objects lack shows in what is written for Kibana, and nowhere else', () => {
    const faults = (to: FormatId) => tally(written(kibana, to), checks[to]);
    expect([faults('elastic'), faults('sigma'), faults('kibana')]).toEqual([
      {},
      {},
      { 'missing.rule_id': 1 },
    ]);
  });
});
