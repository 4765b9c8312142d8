import { describe, expect, test } from 'vitest';

import { convert } from '../../src/convert/convert.ts';
import { elastic } from '../../src/formats/elastic/index.ts';
import { detectFormat, formatOf, formats } from '../../src/formats/index.ts';
import { kibana } from '../../src/formats/kibana/index.ts';
import { native } from '../../src/formats/native/index.ts';
import { kibanaViolations, newest } from '../../src/formats/schemas/index.ts';
import type { Pack } from '../../src/rule/rule.ts';
import { type CorpusFile, corpusFiles, elasticFiles, sigmaFiles, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';

const goldenFolder = 'kibana/security-rule-assets';
const kibanaFiles = () => corpusFiles('kibana', 'json');

test('every format goes by its id', () => {
  expect(formats.map((format) => format.id)).toEqual(['elastic', 'sigma', 'kibana', 'native']);
  for (const format of formats) expect(formatOf(format.id)).toBe(format);
});

test('what is of no format is of none', () => {
  for (const text of [
    '',
    '\n',
    'hello',
    '{}',
    '[]',
    '---\n',
    '[rules]\na = 1\n',
    '<html></html>',
    '\uFEFF',
  ]) {
    expect(detectFormat(text), text).toBeUndefined();
  }
});

describe.skipIf(without)('the corpus', () => {
  const own: Record<string, CorpusFile[]> = {
    elastic: [...elasticFiles(), ...corpusFiles(goldenFolder, '.toml')],
    sigma: sigmaFiles(),
    kibana: kibanaFiles(),
  };

  test.each(Object.entries(own))('a file of %s is known as such, and as nothing else', (id, files) => {
    expect(files.length).toBeGreaterThan(0);
    for (const { path, text } of files) {
      const found = formats.filter((format) => format.detect(text)).map((format) => format.id);
      expect(found, path).toEqual([id]);
    }
  });

  test('and is known as native once it is written so, and is the same there', () => {
    for (const { path, text } of [
      ...own['elastic']!.slice(0, 50),
      ...own['sigma']!.slice(0, 50),
      ...own['kibana']!,
    ]) {
      const outcome = detectFormat(text)?.read(text);
      if (!outcome?.ok) continue;
      const written = must(native.write(outcome.value));
      expect(detectFormat(written)?.id, path).toBe('native');
      expect(must(native.write(must(native.read(written)))), path).toBe(written);
    }
  });
});

describe.skipIf(without)("a rule of Elastic's repository", () => {
  const packs = elasticFiles().flatMap(({ path, text }) => {
    const outcome = elastic.read(text);
    return outcome.ok ? [{ path, pack: outcome.value }] : [];
  });

  test('is whole after a journey through an export of Kibana', () => {
    expect(packs.length).toBeGreaterThan(1_000);
    for (const { path, pack } of packs) {
      const back = must(kibana.read(must(kibana.write(pack))));
      const data = (one: Pack) => JSON.parse(must(native.write(one)));
      expect(data(back), path).toEqual(data(pack));
    }
  });
});

describe.skipIf(without)('a prebuilt rule made of the TOML that the original was made of', () => {
  const beside = corpusFiles(`${goldenFolder}/toml`, '.toml');
  const elsewhere = elasticFiles();
  const pairs = corpusFiles(goldenFolder, '.json').flatMap(({ path, text }) => {
    const asset = JSON.parse(text);
    const is = (file: CorpusFile) => file.text.includes(`rule_id = "${asset.attributes.rule_id}"`);
    const toml = beside.find(is) ?? elsewhere.find(is);
    return toml === undefined ? [] : [{ path, asset, toml: toml.text }];
  });

  test('there are pairs', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(5);
  });

  test.each(pairs)('$path: of all that is computed, a number and two lists', ({ asset, toml }) => {
    const [rule] = must(convert(toml, { to: 'kibana', shape: 'asset' })).rules;
    const { version, related_integrations, required_fields } = asset.attributes;
    const made = JSON.parse(rule!.text);
    const attributes = {
      ...made.attributes,
      version,
      ...(related_integrations && { related_integrations }),
      ...(required_fields && { required_fields }),
    };
    const whole = { ...made, attributes, id: `${attributes.rule_id}_${version}` };
    expect(whole).toEqual(asset);
    expect(kibanaViolations(whole, newest)).toEqual([]);
    expect(kibanaViolations(made, newest).map(({ message }) => message)).toEqual([
      'attributes.version is missing.',
    ]);
  });

  test.each(pairs)('$path: all but what no TOML says', ({ asset, toml }) => {
    const outcome = kibana.write(must(elastic.read(toml)), { shape: 'asset' });
    const { version: _, related_integrations: __, required_fields: ___, ...said } = asset.attributes;
    expect(JSON.parse(must(outcome)).attributes).toEqual(said);
    expect(outcome.diagnostics.map(({ code, path }) => path ?? code)).toContain('version');
  });
});
