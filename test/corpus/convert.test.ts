import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';

import type { ConvertedRule } from '../../src/convert/conversion.ts';
import { convert } from '../../src/convert/convert.ts';
import type { ConvertOptions } from '../../src/convert/options.ts';
import { detectFormat } from '../../src/formats/index.ts';
import { languageOf } from '../../src/languages/index.ts';
import { sameMeaning } from '../../src/query/normal.ts';
import { type CorpusFile, corpusFiles, elasticFiles, sigmaFiles, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';

/** Real packs, in the numbers of the half that this project is measured with; they only ever go up. */
const elastic = elasticFiles();
const sigma = sigmaFiles();
const active = sigma.filter(({ path }) => !/sigma\/(?:deprecated|unsupported)\//.test(path));

const rulesOf = (file: CorpusFile, options: ConvertOptions) =>
  must(convert(file.text, { prove: false, ...options })).rules;

const inElastic = new Map<CorpusFile, readonly ConvertedRule[]>();

/** Rules of Sigma in Elastic, which several tests ask about. */
function elasticRulesOf(file: CorpusFile): readonly ConvertedRule[] {
  const rules = inElastic.get(file) ?? rulesOf(file, { to: 'elastic' });
  inElastic.set(file, rules);
  return rules;
}

const isWritten = ({ fidelity }: ConvertedRule) => fidelity !== 'refused' && fidelity !== 'failed';

function tally(
  files: readonly CorpusFile[],
  convertedOf: (file: CorpusFile) => readonly ConvertedRule[],
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const file of files) {
    for (const { fidelity } of convertedOf(file)) counts[fidelity] = (counts[fidelity] ?? 0) + 1;
  }
  return counts;
}

describe.skipIf(without)('the corpus (set CORPUS to run)', () => {
  test('every file of a pack is recognised by its content', () => {
    expect(
      elastic.filter(({ text }) => detectFormat(text)?.id !== 'elastic').map(({ path }) => path),
    ).toEqual([]);
    expect(sigma.filter(({ text }) => detectFormat(text)?.id !== 'sigma').map(({ path }) => path)).toEqual(
      [],
    );
  });

  test('every file is read, or refused with a code', () => {
    for (const { text } of [
      ...elastic,
      ...sigma,
      ...corpusFiles('kibana', '.json'),
      ...corpusFiles('kibana', '.ndjson'),
    ]) {
      const outcome = convert(text, { to: 'native', prove: false });
      if (!outcome.ok) expect(outcome.diagnostics.length).toBeGreaterThan(0);
    }
  });

  test('unchanged in, identical out', () => {
    const same = (files: readonly CorpusFile[], to: 'elastic' | 'sigma') =>
      files.filter(({ text }) => must(convert(text, { to })).text === text).length;
    expect([same(elastic, 'elastic'), same(sigma, 'sigma')]).toEqual([1085, 1996]);
  });

  test('Elastic to Kibana and back is the same data', () => {
    const strange = elastic.filter((file) => {
      const [kibana] = rulesOf(file, { to: 'kibana' });
      const [back] = must(convert(kibana!.text, { to: 'elastic', prove: false })).rules;
      return JSON.stringify(sorted(parse(back!.text))) !== JSON.stringify(sorted(parse(file.text)));
    });
    expect(strange.map(({ path }) => path)).toEqual([]);
  });

  test('Elastic over Sigma and Kibana back to Elastic is the same data', () => {
    let round = 0;
    const strange = elastic.filter((file) => {
      // What has no words in Sigma goes along unread, and every rule of every type comes home.
      const [first] = rulesOf(file, { to: 'sigma', allow: ['carried'] });
      if (first!.fidelity !== 'carried') round += 1;
      const kibana = must(convert(first!.text, { to: 'kibana', prove: false })).rules.at(-1)!;
      const back = must(convert(kibana.text, { to: 'elastic', prove: false })).rules.at(-1)!;
      return JSON.stringify(sorted(parse(back.text))) !== JSON.stringify(sorted(parse(file.text)));
    });
    expect(strange.map(({ path }) => path)).toEqual([]);
    expect(round).toBeGreaterThanOrEqual(770);
  });

  test('of the EQL and KQL rules, these are written in Sigma', () => {
    const counts = tally(elastic.filter(isEqlOrKql), (file) => rulesOf(file, { to: 'sigma' }));
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    expect(total).toBe(796);
    expect(counts['failed'] ?? 0).toBe(0);
    expect(total - (counts['refused'] ?? 0)).toBeGreaterThanOrEqual(Math.ceil(0.95 * total));
  });

  test.each(['elastic', 'kibana'] as const)('of the active Sigma rules, these are written for %s', (to) => {
    const counts = tally(active, to === 'elastic' ? elasticRulesOf : (file) => rulesOf(file, { to }));
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    expect(total).toBe(1871);
    expect(counts['failed'] ?? 0).toBe(0);
    expect(total - (counts['refused'] ?? 0)).toBeGreaterThanOrEqual(Math.ceil(0.93 * total));
  });

  test('a rule whose log source says the category is never for any event', () => {
    for (const file of active) {
      for (const { written, rule } of elasticRulesOf(file)) {
        const detection = written[0]?.detection;
        const query = detection && 'query' in detection ? detection.query : undefined;
        const text = query?.language === 'eql' ? query.text : undefined;
        // Of a product without a table the log source says no category that is known here.
        const { category, product } = rule.logSource ?? {};
        if (!['windows', 'linux', 'macos'].includes(product ?? '')) continue;
        if (category === 'process_creation' && text) expect(text).toMatch(/^process where /);
        if (category === 'file_event' && text) expect(text).toMatch(/^file where /);
        if (category === 'network_connection' && text) expect(text).toMatch(/^network where /);
      }
    }
  });

  test('Sigma to Elastic and back means the same wherever both were equivalent', () => {
    let circles = 0;
    for (const file of active) {
      const [there] = elasticRulesOf(file);
      if (there!.fidelity !== 'equivalent') continue;
      const [back] = must(convert(there!.text, { to: 'sigma', prove: false })).rules;
      if (!['equivalent', 'identical'].includes(back!.fidelity)) continue;
      circles += 1;
      expect(meansTheSame(back!.written[0]!.detection, there!.rule.detection), file.path).toBe(true);
    }
    expect(circles).toBeGreaterThanOrEqual(1592);
  });

  test('the documents this project began with convert once their frame is gone', () => {
    const documents = corpusFiles('seeds', '.txt')
      .map(({ text }) => withoutFrame(text))
      .filter((text) => text !== undefined);
    expect(documents).toHaveLength(3);
    for (const text of documents) {
      for (const to of ['sigma', 'kibana'] as const) {
        expect(must(convert(text, { to })).rules.every(isWritten)).toBe(true);
      }
    }
  });
});

function meansTheSame(a: ConvertedRule['rule']['detection'], b: ConvertedRule['rule']['detection']): boolean {
  if (a.kind !== 'query' || b.kind !== 'query' || !a.query || !b.query) return false;
  const [left, right] = [a.query, b.query].map((query) =>
    must(languageOf(query.language!)!.parse(query.text)),
  );
  return sameMeaning(left!, right!);
}

function isEqlOrKql({ text }: CorpusFile): boolean {
  const { rule } = parse(text) as { rule: { type: string; language?: string } };
  return ['query', 'eql', 'threshold'].includes(rule.type) && ['eql', 'kuery'].includes(rule.language ?? '');
}

/** The TOML of a page that was copied with what stood around it, where its lines are still lines. */
function withoutFrame(page: string): string | undefined {
  const lines = page.split('\n').filter((line) => line.trim() !== '|');
  const from = lines.findIndex((line) => line.startsWith('[metadata]') && !line.includes('[rule]'));
  return from < 0 ? undefined : lines.slice(from).join('\n');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
