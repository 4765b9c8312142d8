import { describe, expect, test } from 'vitest';

import { convert, read } from '../../src/convert/convert.ts';
import type { ConvertOptions } from '../../src/convert/options.ts';
import { type CorpusFile, sigmaFiles, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';

const files = sigmaFiles();
const today = '2026-01-01';

/** The rules of a Sigma file, each by way of a file of Kibana and one of Elastic; what can not be said is carried. */
function aroundOf({ text }: CorpusFile, carry: ConvertOptions['carry'] = 'rest'): readonly string[] {
  const how = { allow: ['carried'], carry, today } as const;
  const kibana = must(convert(text, { ...how, to: 'kibana', prove: false })).text;
  return must(convert(kibana, { ...how, to: 'elastic', prove: false }))
    .rules.filter((rule) => rule.text !== '')
    .map((rule) => must(convert(rule.text, { allow: ['carried'], to: 'sigma', prove: false })).text);
}

/** Rules without their places, and without what a parser made of them. Tables of TOML keep no order. */
function said(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(said);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'span' && key !== 'parsed');
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, said(inner)]);
}

describe.skipIf(without)('Sigma over Kibana and Elastic back to Sigma (set CORPUS to run)', () => {
  test('is the same data and the same query, to the byte', () => {
    const strange = files.filter((file) => {
      const back = aroundOf(file).flatMap((text) => must(read(text)).rules);
      return JSON.stringify(said(back)) !== JSON.stringify(said(must(read(file.text)).rules));
    });
    expect(strange.map(({ path }) => path)).toEqual([]);
  });

  test('is the same file where it was carried whole', () => {
    const alone = files.filter(({ text }) => must(read(text)).rules.length === 1);
    const strange = alone.filter((file) => aroundOf(file, 'text').join('') !== file.text);
    expect(strange.map(({ path }) => path)).toEqual([]);
    expect(alone.length).toBeGreaterThan(1900);
  });
});
