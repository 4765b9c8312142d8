import { describe, expect, test } from 'vitest';

import { read, write } from '../../src/convert/convert.ts';
import { codes } from '../../src/diagnostic/codes.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { Pack, Rule } from '../../src/rule/rule.ts';
import { corpusFiles, elasticFiles, sigmaFiles, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';

/** A change of one value, and how many lines of the file may at most differ by it, gone and come together. */
interface OneChange {
  readonly change: (rule: Rule) => Partial<Rule> | undefined;
  readonly lines: number;
}

const changes: Record<string, OneChange> = {
  'the title': { change: () => ({ title: 'Something Else' }), lines: 2 },
  'the severity': {
    change: ({ severity }) => (severity ? { severity: severity === 'low' ? 'high' : 'low' } : undefined),
    lines: 2,
  },
  'the status': {
    change: ({ status }) => (status ? { status: status === 'test' ? 'stable' : 'test' } : undefined),
    lines: 2,
  },
  'the score': {
    change: ({ riskScore }) => (riskScore === undefined ? undefined : { riskScore: 98 }),
    lines: 2,
  },
  'the id': {
    change: ({ id }) => (id ? { id: '11111111-1111-4111-8111-111111111111' } : undefined),
    lines: 2,
  },
  'the day it was modified': {
    change: ({ modified }) => (modified ? { modified: '2031-05-06' } : undefined),
    lines: 2,
  },
  'one tag more': { change: ({ tags }) => (tags ? { tags: [...tags, 'test.tag'] } : undefined), lines: 3 },
  'one tag less': {
    change: ({ tags = [] }) => (tags.length > 1 ? { tags: tags.slice(1) } : undefined),
    lines: 7,
  },
  'one author more': {
    change: ({ authors }) => (authors ? { authors: [...authors, 'Me'] } : undefined),
    lines: 3,
  },
  'one reference more': {
    change: ({ references }) =>
      references ? { references: [...references, 'https://example.org/new'] } : undefined,
    lines: 3,
  },
  'one reference less': {
    change: ({ references = [] }) =>
      references.length > 1 ? { references: references.slice(0, -1) } : undefined,
    lines: 3,
  },
  'another reference': {
    change: ({ references = [] }) =>
      references.length > 0
        ? { references: [...references.slice(0, -1), 'https://example.org/'] }
        : undefined,
    lines: 2,
  },
};

function isMore({ code }: Diagnostic): boolean {
  return codes[code].level !== 'note';
}

/** How many lines two texts do not share, from the first byte that differs to the last. */
function linesApart(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const linesIn = (text: string) => text.slice(start, text.length - end).split('\n').length;
  return linesIn(a) + linesIn(b);
}

/** A rule without its places, and without how its values were spelled. */
function said(rule: Rule): unknown {
  const { carry: _, ...rest } = rule;
  return JSON.parse(
    JSON.stringify(rest, (key, value) => (key === 'span' || key === 'parsed' ? undefined : value)),
  );
}

const packs = {
  elastic: elasticFiles(),
  sigma: sigmaFiles(),
  kibana: corpusFiles('kibana', '.ndjson').filter(({ text }) => read(text, { format: 'kibana' }).ok),
};

/** The files of a pack, each read once for all that is changed in it. */
const readFiles: Record<string, readonly { path: string; text: string; pack: Pack }[]> = Object.fromEntries(
  Object.entries(packs).map(([format, files]) => [
    format,
    files.map(({ path, text }) => ({ path, text, pack: must(read(text, { format })) })),
  ]),
);

/** Each change is made to every other file, and to each file every other change: that says as much in half the time. */
const isTurn = (change: string, file: number) => (Object.keys(changes).indexOf(change) + file) % 2 === 0;

describe.skipIf(without).each(Object.entries(readFiles))('in the files of %s', (format, files) => {
  test.each(Object.entries(changes))('%s changes, and no other byte', (name, { change, lines }) => {
    let changed = 0;
    const turns = format === 'kibana' ? files : files.filter((_, index) => isTurn(name, index));
    for (const { path, text, pack } of turns) {
      const [rule, ...others] = pack.rules;
      const what = rule && change(rule);
      if (!what) continue;
      const after = { ...rule, ...what };
      const outcome = write({ ...pack, rules: [after, ...others] }, { format, onto: text });
      expect(outcome.diagnostics.filter(isMore), path).toEqual([]);
      const again = must(outcome);
      expect(said(must(read(again, { format })).rules[0]!), path).toEqual(said(after));
      // What a document of a collection says for all wins over what one says for itself: the collection is written apart.
      const isShared = /^action: global/m.test(text);
      if (!isShared) expect(linesApart(text, again), path).toBeLessThanOrEqual(lines);
      changed += 1;
    }
    if (format !== 'kibana') expect(changed === 0 || changed > 200).toBe(true);
  });
});

describe.skipIf(without).each([
  ['elastic', readFiles['elastic']!],
  ['sigma', readFiles['sigma']!],
])('in every file of %s', (format, files) => {
  test('the query changes, and nothing before and behind it', () => {
    const queries: Record<string, string> = {
      elastic: 'process where process.name == "x"\n',
      sigma: "selection:\n    Image: 'x'\ncondition: selection",
    };
    for (const { path, text, pack } of files) {
      const [rule, ...others] = pack.rules;
      const detection = rule?.detection;
      if (detection?.kind !== 'query' || detection.query?.span === undefined) continue;
      const { start, end } = detection.query.span;
      const query = { ...detection.query, text: queries[format]! };
      const after = { ...rule!, detection: { ...detection, query } };
      const again = must(write({ ...pack, rules: [after, ...others] }, { format, onto: text }));
      expect(again.startsWith(text.slice(0, start).trimEnd()), path).toBe(true);
      expect(again.endsWith(text.slice(end)), path).toBe(true);
      expect(again.length, path).toBeLessThan(text.length - (end - start) + 200);
    }
  });
});
