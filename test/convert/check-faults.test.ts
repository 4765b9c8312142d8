import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { check } from '../../src/convert/check.ts';
import { positionAt } from '../../src/source/source.ts';

/** A line of a rule: its key, a value that is as it should be, and others that are not, by what is wrong. */
interface Line {
  readonly key: string;
  readonly good: string;
  readonly bad: Readonly<Record<string, string>>;
  readonly must?: true;
}

const id = '"0a1b2c3d-0000-4000-8000-00000000000a"';
const type = 'schema/wrong-type';
const value = 'schema/bad-value';

/** In the spelling that JSON and TOML share. */
const engine: readonly Line[] = [
  { key: 'name', good: '"Kettle"', bad: { [type]: '5', [value]: '""' }, must: true },
  { key: 'description', good: '"Calls home."', bad: { [type]: 'true' }, must: true },
  { key: 'risk_score', good: '47', bad: { [type]: '"47"', [value]: '470' }, must: true },
  { key: 'severity', good: '"medium"', bad: { [type]: '2', [value]: '"mild"' }, must: true },
  { key: 'rule_id', good: id, bad: { [type]: '7' }, must: true },
  { key: 'language', good: '"kuery"', bad: { [value]: '"sql"' } },
  { key: 'tags', good: '["Kitchen"]', bad: { [type]: '"Kitchen"' } },
  { key: 'enabled', good: 'false', bad: { [type]: '"no"' } },
  { key: 'interval', good: '"5m"', bad: { [value]: '"5 minutes"' } },
  { key: 'from', good: '"now-9m"', bad: { [value]: '"yesterday"' } },
  { key: 'max_signals', good: '100', bad: { [value]: '0', [type]: '"many"' } },
  { key: 'false_positives', good: '[]', bad: { [type]: '"none"' } },
  { key: 'note', good: '"Unplug it."', bad: { [type]: '[]' } },
];
const inFiles: readonly Line[] = [
  { key: 'author', good: '["Ann"]', bad: { [type]: '"Ann"' }, must: true },
  { key: 'building_block_type', good: '"default"', bad: { [value]: '"other"' } },
];
const sigma: readonly Line[] = [
  { key: 'title', good: 'Kettle', bad: { [type]: '[a]' }, must: true },
  { key: 'id', good: '0a1b2c3d-0000-4000-8000-00000000000a', bad: { [value]: 'kettle' } },
  { key: 'status', good: 'test', bad: { [value]: 'tested' } },
  { key: 'level', good: 'low', bad: { [value]: 'mild', [type]: '3' } },
  { key: 'date', good: '2026-01-02', bad: { [value]: '2026-13-02' } },
  { key: 'tags', good: '[attack.execution]', bad: { [type]: 'attack.execution' } },
  { key: 'author', good: 'Ann', bad: { [type]: '{a: b}' } },
  { key: 'logsource', good: '{product: windows}', bad: { [type]: 'windows' }, must: true },
];

/** A way to lay out the lines of a rule, and the column at which a fault in one is told of. */
interface Layout {
  readonly lines: readonly Line[];
  readonly text: (lines: readonly string[]) => string;
  readonly line: (key: string, value: string) => string;
  /** The lines before the first, and where a missing key is told of. */
  readonly before: number;
  readonly missing: string;
  readonly column: (key: string) => number;
}

const toml: Layout = {
  lines: [...engine.filter(({ key }) => key !== 'language'), ...inFiles],
  text: (lines) =>
    `[metadata]\ncreation_date = "2026/01/02"\nupdated_date = "2026/01/02"\n\n[rule]\n${lines.join('\n')}\ntype = "query"\nlanguage = "kuery"\nquery = "a:b"\n`,
  line: (key, value) => `${key} = ${value}`,
  before: 5,
  missing: '5:1',
  column: (key) => key.length + 4,
};
const json: Layout = {
  lines: engine,
  text: (lines) =>
    `{\n${lines.map((line) => `  ${line},\n`).join('')}  "type": "query",\n  "query": "a:b"\n}\n`,
  line: (key, value) => `"${key}": ${value}`,
  before: 1,
  missing: '1:1',
  column: (key) => key.length + 7,
};
const yaml: Layout = {
  lines: sigma,
  text: (lines) => `${lines.join('\n')}\ndetection:\n    a:\n        b: c\n    condition: a\n`,
  line: (key, value) => `${key}: ${value}`,
  before: 0,
  missing: '1:1',
  column: () => 1,
};

const seen = (text: string) =>
  check(text).map(({ code, span }) => {
    const { line, column } = positionAt(text, span!.start);
    return `${line}:${column} ${code}`;
  });

describe.each([
  ['TOML', toml],
  ['JSON', json],
  ['YAML', yaml],
] as const)('a rule in %s, its lines in any order', (_, { lines, text, line, before, missing, column }) => {
  const good = (some: readonly Line[]) => some.map(({ key, good }) => line(key, good));
  const inAnyOrder = fc.shuffledSubarray([...lines], { minLength: lines.length });

  test('has no faults as it should be', () => {
    fc.assert(
      fc.property(inAnyOrder, (some) => {
        expect(seen(text(good(some)))).toEqual([]);
      }),
    );
  });

  test('with one bad value has one finding, where that stands', () => {
    const faults = lines.flatMap(({ key, bad }) =>
      Object.entries(bad).map(([code, value]) => ({ key, code, value })),
    );
    fc.assert(
      fc.property(inAnyOrder, fc.constantFrom(...faults), (some, { key, code, value }) => {
        const at = some.findIndex((one) => one.key === key);
        const said = good(some).with(at, line(key, value));
        expect(seen(text(said))).toEqual([`${before + at + 1}:${column(key)} ${code}`]);
      }),
      { numRuns: 200 },
    );
  });

  test('without a key that it must have has one finding, at its head', () => {
    const wanted = lines.filter(({ must }) => must);
    fc.assert(
      fc.property(inAnyOrder, fc.constantFrom(...wanted), (some, gone) => {
        expect(seen(text(good(some.filter((one) => one !== gone))))).toEqual([
          `${missing} schema/missing-field`,
        ]);
      }),
    );
  });

  test('with a key twice has one finding', () => {
    fc.assert(
      fc.property(inAnyOrder, fc.constantFrom(...lines), (some, again) => {
        const found = seen(text([...good(some), line(again.key, again.good)]));
        expect(found.map((one) => one.split(' ')[1])).toEqual([
          expect.stringMatching(/^(?:parse|read)\/(?:duplicate-key|unexpected)$/),
        ]);
      }),
    );
  });

  test.runIf(lines !== sigma)('with a misspelt key has one finding, where that stands', () => {
    fc.assert(
      fc.property(inAnyOrder, fc.nat(), (some, index) => {
        const at = index % some.length;
        const { key, good: value } = some[at]!;
        const said = good(some).with(at, line(`${key}x`, value));
        expect(seen(text(said))).toEqual([`${before + at + 1}:${column(`${key}x`)} schema/unknown-field`]);
      }),
    );
  });

  test('with a query that is none has one finding', () => {
    const all = text(good(lines));
    const broken = lines === sigma ? all.replace('condition: a', 'condition: z') : all.replace('a:b', 'a:b)');
    expect(broken).not.toBe(all);
    expect(seen(broken)).toHaveLength(1);
  });
});
