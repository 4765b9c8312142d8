import { parse, type TomlTable } from 'smol-toml';
import { describe, expect, test } from 'vitest';

import { elastic } from '../../../src/formats/elastic/index.ts';
import { corpusFiles, elasticFiles, without } from '../../support/corpus.ts';
import { must, withoutSpans } from '../../support/laws.ts';
import { withComments } from './spoken.ts';

const tidied = elastic.tidy!;

function dataOf(text: string): TomlTable {
  return parse(text, { integersAsBigInt: true });
}

function readOf(text: string) {
  return withoutSpans(must(elastic.read(text)).rules[0]!);
}

const commentsIn = (text: string) => (text.match(/# c\d+$/gm) ?? []).sort();

describe.skipIf(without)('every rule file, laid out in house style', () => {
  const files = [...elasticFiles(), ...corpusFiles('kibana/security-rule-assets/toml', '.toml')];

  test('says the same, to the reader and past it, and twice is once', () => {
    const styled = files.filter(({ text, path }) => {
      const tidy = must(tidied(text));
      expect(dataOf(tidy), path).toEqual(dataOf(text));
      expect(readOf(tidy), path).toEqual(readOf(text));
      expect(must(tidied(tidy)), path).toBe(tidy);
      return tidy === text;
    });
    expect(files.length).toBeGreaterThan(1000);
    expect(styled.length).toBeGreaterThanOrEqual(8);
  });

  test('keeps a comment behind and below every line', () => {
    for (const { text, path } of files.filter((_, index) => index % 5 === 0)) {
      const said = text.split('\n').map((_, line) => ` # c${2 * line}\n# c${2 * line + 1}`);
      const commented = withComments(text, said);
      const tidy = must(tidied(commented));
      expect(commentsIn(tidy), path).toEqual(commentsIn(commented));
      expect(dataOf(tidy), path).toEqual(dataOf(text));
      expect(must(tidied(tidy)), path).toBe(tidy);
    }
  });
});
