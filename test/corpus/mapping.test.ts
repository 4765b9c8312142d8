import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { convert, read } from '../../src/convert/convert.ts';
import { lower } from '../../src/convert/lower.ts';
import { mappingOf } from '../../src/convert/tables.ts';
import { questionToSigma } from '../../src/convert/taxonomy.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { lookUp } from '../../src/mapping/lookup.ts';
import { sourceKey } from '../../src/mapping/mapping.ts';
import { isFieldTest, partsOf, predicates } from '../../src/query/walk.ts';
import type { LogSource } from '../../src/rule/rule.ts';
import { corpus, elasticFiles, sigmaFiles, without } from '../support/corpus.ts';
import { elasticMeaning, sigmaMeaning } from '../support/journeys.ts';
import { must } from '../support/laws.ts';

const mapping = mappingOf({});
const active = sigmaFiles().filter(({ path }) => !/sigma\/(?:deprecated|unsupported)\//.test(path));
const elastic = elasticFiles();
const percent = (part: number, whole: number) => Math.floor((part / whole) * 1000) / 10;

describe.skipIf(without)('the fields and log sources of SigmaHQ (set CORPUS to run)', () => {
  const questions = active.flatMap(({ path, text }) => {
    const { rules } = must(read(text));
    return rules.flatMap((rule) =>
      rule.detection.kind !== 'query' || !rule.logSource
        ? []
        : [{ path, source: rule.logSource, ...lower({ rule, parts: [] }, { to: 'native' }, () => {}) }],
    );
  });
  const fieldsOf = ({ query }: (typeof questions)[number]) =>
    partsOf(query).flatMap(({ where }) =>
      [...predicates(where)].flatMap((one) => (isFieldTest(one) ? [one.field] : [])),
    );

  test('every log source has a row', () => {
    const strange = questions.filter(({ source }) => !mapping.bySource.has(sourceKey(source)));
    expect(strange.map(({ path, source }) => `${path} ${sourceKey(source)}`)).toEqual([]);
  });

  test('nearly every field has a row, or is stated to have no name', () => {
    const counts = { systems: [0, 0], all: [0, 0] };
    for (const one of questions) {
      for (const field of fieldsOf(one)) {
        const known = Number(lookUp(field, { mapping, logSource: one.source, way: 'toEcs' }) !== undefined);
        const isSystem = ['windows', 'linux', 'macos'].includes(one.source.product ?? '');
        for (const count of isSystem ? [counts.systems, counts.all] : [counts.all]) {
          count[0]! += known;
          count[1]! += 1;
        }
      }
    }
    expect(percent(counts.systems[0]!, counts.systems[1]!)).toBeGreaterThanOrEqual(99.9);
    expect(percent(counts.all[0]!, counts.all[1]!)).toBeGreaterThanOrEqual(99.5);
  });
});

describe.skipIf(without)("the fields and log sources of Elastic's rules (set CORPUS to run)", () => {
  const words = sigmaWords();
  let [uses, unknown, rules, named] = [0, 0, 0, 0];
  for (const { text } of elastic) {
    for (const rule of must(read(text)).rules) {
      if (rule.detection.kind === 'machine-learning') continue;
      const found: Diagnostic[] = [];
      const { query, sources } = questionToSigma(
        lower({ rule, parts: [] }, { to: 'sigma', allow: ['broader', 'narrower', 'approximate'] }, () => {}),
        mapping,
        (one) => found.push(one),
      );
      rules += 1;
      named += Number(sources.length > 0 && sources.every((source) => isSaid(source, words)));
      const { language } = ('query' in rule.detection && rule.detection.query) || {};
      if (language !== 'eql' && language !== 'kuery') continue;
      uses += partsOf(query).flatMap(({ where }) => [...predicates(where)].filter(isFieldTest)).length;
      unknown += found.filter(({ code }) => code === 'mapping/unknown-field').length;
    }
  }

  test('nearly every field of EQL and KQL has a row, or is stated to have no name in Sigma', () => {
    expect(percent(uses - unknown, uses)).toBeGreaterThanOrEqual(97);
  });

  test('rules with a query get a log source in words that SigmaHQ uses', () => {
    expect(percent(named, rules)).toBeGreaterThanOrEqual(90);
  });
});

type Words = Readonly<Record<'category' | 'product' | 'service', ReadonlySet<string>>>;

/** The words of SigmaHQ's log sources: those of the files, and of the whole pack where its statistics stand beside them. */
function sigmaWords(): Words {
  const words = { category: new Set<string>(), product: new Set<string>(), service: new Set<string>() };
  const add = (source: Partial<LogSource>) => {
    for (const key of ['category', 'product', 'service'] as const)
      if (source[key]) words[key].add(source[key]);
  };
  for (const { text } of active) for (const { logSource } of must(read(text)).rules) add(logSource ?? {});
  const statistics = join(corpus, '../reference/sigma-stats.json');
  if (corpus === '' || !existsSync(statistics)) return words;
  const folders = JSON.parse(readFileSync(statistics, 'utf8')) as Record<string, { logsource?: object }>;
  for (const [folder, { logsource = {} }] of Object.entries(folders)) {
    if (!folder.startsWith('rules')) continue;
    for (const key of Object.keys(logsource)) {
      const [category, product, service] = key.split('|').map((word) => (word === 'None' ? undefined : word));
      add({ ...(category && { category }), ...(product && { product }), ...(service && { service }) });
    }
  }
  return words;
}

const isSaid = (source: LogSource, words: Words) =>
  (['category', 'product', 'service'] as const).every(
    (key) => source[key] === undefined || words[key].has(source[key]),
  );

/** Rules that were written as equivalent, with nothing carried, and what has become of them where they come from. */
describe.skipIf(without)('without anything carried (set CORPUS to run)', () => {
  interface Journey {
    readonly path: string;
    readonly text: string;
    readonly there: string;
    readonly back: string;
    readonly told: readonly Diagnostic[];
  }

  function journeys(files: typeof active, there: 'elastic' | 'sigma'): readonly Journey[] {
    const home = there === 'elastic' ? 'sigma' : 'elastic';
    return files.flatMap(({ path, text }) => {
      const gone = must(convert(text, { to: there, carry: 'none' }));
      const [rule] = gone.rules;
      // What was written as several rules comes back as several.
      const isApart = rule?.diagnostics.some(({ code }) => code === 'convert/apart');
      if (gone.rules.length !== 1 || rule?.fidelity !== 'equivalent' || isApart) return [];
      const back = must(convert(gone.text, { to: home, carry: 'none' }));
      const told = [...rule.diagnostics, ...back.rules.flatMap(({ diagnostics }) => diagnostics)];
      return { path, text, there: gone.text, back: back.text, told };
    });
  }

  const same = (all: readonly Journey[], is: (one: Journey) => boolean) =>
    percent(all.filter((one) => isHome(one) && is(one)).length, all.length);
  const isHome = ({ back }: Journey) => back !== '';
  const tells = ({ code, effect }: Diagnostic) => effect !== undefined || code.startsWith('mapping/');
  const silent = (all: readonly Journey[], is: (one: Journey) => boolean) =>
    all.filter((one) => !(isHome(one) && is(one)) && !one.told.some(tells)).map(({ path }) => path);

  test('rules of Sigma come back from Elastic as they were, or with a reason', () => {
    const all = journeys(active, 'elastic');
    const isSame = ({ text, back }: Journey) => sigmaMeaning(back) === sigmaMeaning(text);
    expect(all.length).toBeGreaterThan(1600);
    expect(same(all, isSame)).toBeGreaterThanOrEqual(97);
    expect(silent(all, isSame)).toEqual([]);
  });

  test('rules of Elastic come back from Sigma asking the same, in what Sigma has names for', () => {
    const all = journeys(elastic, 'sigma');
    const isSame = ({ there, back }: Journey) => {
      const again = must(convert(back, { to: 'sigma', carry: 'none' })).text;
      return again !== '' && sigmaMeaning(again) === sigmaMeaning(there);
    };
    expect(all.length).toBeGreaterThan(250);
    expect(same(all, isSame)).toBeGreaterThanOrEqual(95);
    // Elastic has many a value twice, and Sigma once: which of the two it was is what nothing carries.
    expect(same(all, ({ text, back }) => elasticMeaning(back) === elasticMeaning(text))).toBeGreaterThan(85);
    expect(silent(all, isSame)).toEqual([]);
  });
});
