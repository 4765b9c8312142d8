import { describe, expect, test } from 'vitest';

import { sigma } from '../../../src/languages/sigma/index.ts';
import { normal, spell } from '../../../src/query/normal.ts';
import type { Query } from '../../../src/query/query.ts';
import { sigmaFiles, without } from '../../support/corpus.ts';
import { detectionsOf } from '../../support/detections.ts';
import { must } from '../../support/laws.ts';

describe.skipIf(without)('the rules of the corpus', () => {
  const all = sigmaFiles().flatMap(({ path, text }) =>
    detectionsOf(text).map((found) => ({ path, ...found })),
  );
  const active = all.filter(({ path }) => path.startsWith('sigma/rules'));

  test('are read, or refused for what the specification has given up', () => {
    const refused = new Map<string, number>();
    for (const { text } of all) {
      for (const { code } of sigma.parse(text).diagnostics) refused.set(code, (refused.get(code) ?? 0) + 1);
    }
    expect(Object.fromEntries(refused)).toEqual({
      'parse/legacy': 1,
      'parse/unknown-identifier': 1,
      'schema/missing-field': 5,
    });
    expect([all.length, active.length, active.filter(({ text }) => sigma.parse(text).ok).length]).toEqual([
      2000, 1871, 1871,
    ]);
  });

  test('are read the same from their text and from the node of their file', () => {
    for (const { text, parsed, path } of all) {
      expect(sigma.parse(text, parsed), path).toEqual(sigma.parse(text));
    }
  });

  test('are written so that they mean the same, and in house style once and for all', () => {
    for (const { text, parsed, path } of all) {
      const read = sigma.parse(text, parsed);
      if (!read.ok || isCounted(read.value)) continue;
      const printed = must(sigma.print(read.value));
      const again = must(sigma.parse(printed));
      expect(spell(normal(again)), path).toBe(spell(normal(read.value)));
      expect(must(sigma.print(again)), path).toBe(printed);
    }
  });

  test('of the first version count what they find, or put it together', () => {
    const counted = all.flatMap(({ text }) => {
      const read = sigma.parse(text);
      return read.ok && isCounted(read.value) ? [read.value] : [];
    });
    expect([counted.length, counted.filter(({ find }) => find.kind === 'sample').length]).toEqual([27, 3]);
    // A detection of the second version says none of it.
    expect(counted.filter((query) => sigma.print(query).ok)).toEqual([]);
  });
});

function isCounted({ find, stages }: Query): boolean {
  return find.kind !== 'filter' || stages.length > 0;
}
