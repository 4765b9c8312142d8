import { parse, type TomlTable } from 'smol-toml';
import { describe, expect, test } from 'vitest';

import { elastic } from '../../../src/formats/elastic/index.ts';
import { joinLines } from '../../../src/formats/engine/index.ts';
import { corpusFiles, elasticFiles, without } from '../../support/corpus.ts';
import { must, withoutSpans } from '../../support/laws.ts';
import { withComments } from './spoken.ts';

const tidied = elastic.tidy!;

/** The data of a file, without the line breaks that are layout. */
function dataOf(text: string): TomlTable {
  const { rule, ...table } = parse(text, { integersAsBigInt: true });
  const { description, false_positives: listed, ...others } = rule as TomlTable;
  return {
    ...table,
    rule: {
      ...others,
      ...(description !== undefined && { description: joinLines(String(description)) }),
      ...(Array.isArray(listed) && { false_positives: listed.map((one) => joinLines(String(one))) }),
    },
  };
}

function readOf(text: string) {
  const rule = withoutSpans(must(elastic.read(text)).rules[0]!);
  const { spelling: _, ...own } = rule.carry['elastic'] ?? {};
  return { ...rule, carry: { ...rule.carry, elastic: own } };
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
    console.log(`${styled.length} of ${files.length} files are in house style already.`);
    expect(files.length).toBeGreaterThan(1000);
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
