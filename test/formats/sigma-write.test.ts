import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { sigma } from '../../src/formats/sigma/index.ts';
import type { Detection, LogSource, Pack, Rule } from '../../src/rule/rule.ts';
import { failsWith, must, withoutSpans } from '../support/laws.ts';
import { anyPack, ruleWith } from './arbitrary.ts';

const folder = join(import.meta.dirname, 'sigma');
const fixture = (name: string): string => readFileSync(join(folder, name), 'utf8');
const house = fixture('house.yml');

const readAll = (text: string): Pack => must(sigma.read(text));
const readOne = (text: string): Rule => readAll(text).rules[0]!;
const packOf = (...rules: readonly Rule[]): Pack => ({ rules, filters: [], rest: [] });
const written = (rule: Rule): string => must(sigma.write(packOf(rule)));

/** Without places in a text. */
function data<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (key, value) => (key === 'span' || key === 'parsed' ? undefined : value)),
  );
}

const text = '    a:\n        b: c # why\n    condition: a';
const search: Detection = { kind: 'query', query: { language: 'sigma', text } };
const rule: Rule = { title: 'T', logSource: { product: 'windows' }, detection: search, carry: {} };

/** Of each kind that Sigma has, as its documents say them. */
const sigmaDetection: fc.Arbitrary<Detection> = fc.oneof(
  fc.constant(search),
  fc.record(
    {
      kind: fc.constant('correlation' as const),
      type: fc.constantFrom('event_count', 'temporal', 'constructor'),
      rules: fc.array(fc.constantFrom('a', 'b', '007', '3f0c9a52-6a1d-4c57-9b0e-1f6a2f9d7c11'), {
        minLength: 1,
      }),
      groupBy: fc.array(fc.string()),
      timespan: fc.constantFrom('5m', '10d'),
      condition: fc.constantFrom({ gte: 10 }, { gt: 1, lte: 5.5, field: ['x', 'y'] }),
      aliases: fc.constantFrom({}, { key: { a: 'User', b: 'yes' } }),
      generate: fc.boolean(),
    },
    { requiredKeys: ['kind', 'type', 'rules', 'timespan', 'condition'] },
  ),
);

/** With a title and a log source, and with no word of Sigma among what is carried for it. */
const sigmaRule = fc
  .tuple(
    ruleWith(sigmaDetection),
    fc.string(),
    fc.dictionary(fc.constantFrom('x-key', 'mood', '1'), fc.jsonValue(), { maxKeys: 2 }),
  )
  .map(([any, title, custom]): Rule => {
    const { sigma: _, constructor: __, ...others } = any.carry;
    const filled = Object.fromEntries(
      Object.entries(others).filter(([, rest]) => Object.keys(rest).length > 0),
    );
    const own = Object.keys(custom).length > 0 ? { sigma: custom } : {};
    return data({ ...any, title, logSource: sound(any.logSource), carry: { ...filled, ...own } }) as Rule;
  });

function sound({ rest, ...words }: LogSource = {}): LogSource {
  const others = Object.entries(rest ?? {}).filter(
    ([key]) => !['category', 'product', 'service', 'definition'].includes(key),
  );
  return { ...words, product: 'windows', ...(others.length > 0 && { rest: Object.fromEntries(others) }) };
}

describe('a new text', () => {
  test('looks as SigmaHQ writes its rules', () => {
    expect(written(readOne(house))).toBe(house);
  });

  test('says all that a rule says, or carries it', () => {
    fc.assert(
      fc.property(sigmaRule, (rule) => {
        expect(data(readOne(written(rule)))).toEqual(rule);
      }),
      { numRuns: 500 },
    );
  });

  test('carries what Sigma has no words for behind all else', () => {
    const said = written({
      ...rule,
      riskScore: 47,
      created: '2024-02-03T04:05:06Z',
      id: 'printers',
      carry: { kibana: { a: 1 } },
    });
    expect(said).toBe(
      `title: T\ndate: 2024-02-03\nlogsource:\n    product: windows\ndetection:\n${text}\n` +
        "rulecast:\n    rule:\n        riskScore: 47\n        created: '2024-02-03T04:05:06Z'\n        id: printers\n" +
        '    kibana:\n        a: 1\n',
    );
    expect(readOne(said.replace('date: 2024-02-03', 'date: 2024-02-04')).created).toBe('2024-02-04');
    expect(readOne(said)).toMatchObject({ created: '2024-02-03T04:05:06Z', id: 'printers', riskScore: 47 });
  });

  test('leaves behind what people made of the carried that makes no sense', () => {
    const said =
      written(rule) + 'rulecast:\n    rule:\n        riskScore: high\n        mood: 1\n        related: 5\n';
    const outcome = sigma.read(said);
    expect(outcome.diagnostics.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'carry/unreadable rulecast.rule.riskScore',
      'carry/unreadable rulecast.rule.mood',
      'carry/unreadable rulecast.rule.related',
    ]);
    expect(data(must(outcome).rules)).toEqual([rule]);
  });

  test.each([
    ['a:\n  b: c\ncondition: a', 'detection:\n    a:\n      b: c\n    condition: a\n'],
    [
      '# why\n  a:\n # out\n    b: |\n      x\n\n        y\n  condition: a\n',
      'detection:\n  # why\n  a:\n  # out\n    b: |\n      x\n\n        y\n  condition: a\n',
    ],
    ['{ a: { b: c }, condition: a }', 'detection: { a: { b: c }, condition: a }\n'],
  ])('moves a detection as a whole, where it has to stand in: %j', (text, lines) => {
    const said = written({ ...rule, detection: { kind: 'query', query: { language: 'sigma', text } } });
    expect(said).toBe(`title: T\nlogsource:\n    product: windows\n${lines}`);
  });

  test('puts documents one below the other', () => {
    const pack = readAll(fixture('several.yml'));
    const said = must(sigma.write(pack));
    expect(said.split('---\n')).toHaveLength(3);
    expect(withoutSpans(readAll(said).filters)).toEqual(withoutSpans(pack.filters));
    expect(said).toContain(
      "filter:\n    rules: any\n    selection:\n        User|startswith: 'lab_'\n    condition: not selection\n",
    );
    expect(said).toContain(
      'correlation:\n    type: event_count\n    rules: failed_login\n    group-by:\n        - TargetUserName\n    timespan: 5m\n    condition:\n        gte: 10\ngenerate: true\n',
    );
  });

  test.each<[string, Partial<Rule>, string]>([
    ['no title', { title: undefined! }, 'loss/required-field'],
    ['no log source', { logSource: { definition: 'x' } }, 'loss/required-field'],
    [
      'another language',
      { detection: { kind: 'query', query: { language: 'eql', text: 'any where true' } } },
      'loss/language',
    ],
    ['no language', { detection: { kind: 'query', query: { text: 'a: b' } } }, 'loss/language'],
    ['filters', { detection: { ...search, filters: [{}] } as Detection }, 'loss/filter'],
    [
      'another type',
      { detection: { kind: 'machine-learning', jobs: 'j', anomalyThreshold: 5 } },
      'loss/rule-type',
    ],
    [
      'no time',
      { detection: { kind: 'correlation', type: 'temporal', rules: ['a'] } },
      'loss/required-field',
    ],
    [
      'an odd time',
      { detection: { kind: 'correlation', type: 'temporal', rules: ['a'], timespan: 'soon' } },
      'loss/required-field',
    ],
  ])('refuses a rule with %s, and only that rule', (_, change, code) => {
    const bad = data({ ...rule, ...change });
    expect(failsWith(sigma.write(packOf(bad)))).toEqual([code]);
    const outcome = sigma.write(packOf(bad, rule));
    expect(must(outcome)).toBe(written(rule));
    expect(outcome.diagnostics.map((found) => found.code)).toEqual([code]);
  });

  test('says what it leaves behind of other formats', () => {
    const outcome = sigma.write({ rules: [rule], filters: [{ format: 'kibana', body: {} }], rest: [{}] });
    expect(outcome.diagnostics.map(({ code, effect }) => `${code} ${effect}`)).toEqual([
      'loss/exceptions broader',
      'loss/carry dropped',
    ]);
  });

  test('is there, or reasons why not, for any pack', () => {
    fc.assert(
      fc.property(anyPack, (pack) => {
        const outcome = sigma.write(pack);
        if (outcome.ok)
          expect(sigma.read(outcome.value).diagnostics.map(({ code }) => code)).not.toContain(
            'parse/unexpected',
          );
        else expect(outcome.diagnostics.length).toBeGreaterThan(0);
      }),
    );
  });
});

/** The lines of the old text that are gone, and those of the new one that have come. */
function difference(before: string, after: string): [string[], string[]] {
  const [old, said] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < Math.min(old.length, said.length) && old[start] === said[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, said.length) - start && old.at(-1 - end) === said.at(-1 - end)) end += 1;
  return [old.slice(start, old.length - end), said.slice(start, said.length - end)];
}

const changes: [string, (rule: Rule) => Rule, string[], string[]][] = [
  ['a word', (rule) => ({ ...rule, severity: 'low' }), ['level: high'], ['level: low']],
  [
    'a date',
    (rule) => ({ ...rule, modified: '2025-01-01' }),
    ['modified: 2024-03-04'],
    ['modified: 2025-01-01'],
  ],
  ['a word goes', ({ severity: _, ...rule }) => rule, ['level: high'], []],
  ['a word comes', (rule) => ({ ...rule, taxonomy: 'ecs' }), [], ['taxonomy: ecs']],
  [
    'what is carried comes',
    (rule) => ({ ...rule, riskScore: 7 }),
    [],
    ['rulecast:', '    rule:', '        riskScore: 7'],
  ],
  ['a tag comes', (rule) => ({ ...rule, tags: [...rule.tags!, 'tlp.red'] }), [], ['    - tlp.red']],
  ['a tag comes first', (rule) => ({ ...rule, tags: ['tlp.red', ...rule.tags!] }), [], ['    - tlp.red']],
  ['a tag goes', (rule) => ({ ...rule, tags: rule.tags!.slice(1) }), ['    - attack.execution'], []],
  [
    'all tags go',
    ({ tags: _, ...rule }) => rule,
    ['tags:', '    - attack.execution', '    - attack.t1059.001'],
    [],
  ],
  [
    'the tags are none',
    (rule) => ({ ...rule, tags: [] }),
    ['tags:', '    - attack.execution', '    - attack.t1059.001'],
    ['tags: []'],
  ],
  [
    'a part of a log source',
    (rule) => ({ ...rule, logSource: { ...rule.logSource, product: 'linux' } }),
    ['    product: windows'],
    ['    product: linux'],
  ],
  [
    'a part of it goes',
    (rule) => ({ ...rule, logSource: { category: 'dns', product: 'windows' } }),
    [
      '    category: process_creation',
      '    product: windows',
      "    definition: 'Requirements: process auditing with command lines'",
    ],
    ['    category: dns', '    product: windows'],
  ],
  [
    'in quotes',
    (rule) => ({ ...rule, logSource: { ...rule.logSource, definition: 'none' } }),
    ["    definition: 'Requirements: process auditing with command lines'"],
    ["    definition: 'none'"],
  ],
  [
    'a map in a list',
    (rule) => ({ ...rule, related: [{ ...rule.related![0]!, type: 'derived' }] }),
    ['      type: similar'],
    ['      type: derived'],
  ],
  [
    'a text of lines',
    (rule) => ({ ...rule, description: 'Short: a line' }),
    [
      'description: |',
      '    Detects a shell below the print service.',
      '',
      '    Print servers have no business with shells.',
    ],
    ["description: 'Short: a line'"],
  ],
  [
    'the detection',
    edited("'\\cmd.exe'", "'\\sh.exe'"),
    ["            - '\\cmd.exe' # the old one"],
    ["            - '\\sh.exe' # the old one"],
  ],
];

function edited(from: string, to: string): (rule: Rule) => Rule {
  return (rule) => {
    const { query } = rule.detection as Extract<Detection, { kind: 'query' }>;
    return {
      ...rule,
      detection: { kind: 'query', query: { language: 'sigma', text: query!.text.replace(from, to) } },
    };
  };
}

describe('into the text that was read', () => {
  test.each(changes)('%s: only those bytes change', (_, change, gone, come) => {
    const said = must(sigma.write(packOf(change(readOne(house))), { onto: house }));
    expect(difference(house, said)).toEqual([gone, come]);
  });

  test.each(readdirSync(folder).filter((name) => name !== 'collection.yml'))(
    '%s: line ends and comments stay',
    (name) => {
      const before = fixture(name);
      const pack = readAll(before);
      const [first, ...others] = pack.rules;
      const said = must(
        sigma.write({ ...pack, rules: [{ ...first!, title: 'New' }, ...others] }, { onto: before }),
      );
      const line = before.split('\n').find((line) => line.includes('title'))!;
      const wanted = line.replace(/(?<=: *)[A-Z'"].*?(?=\r?$)/, line.startsWith('"') ? '"New"' : 'New');
      expect(said).toBe(before.replace(line, wanted));
    },
  );

  test('gives what a new text gives, whatever changes', () => {
    const pack = readAll(house);
    fc.assert(
      fc.property(sigmaRule, fc.constantFrom(...changes), (other, [, change]) => {
        for (const after of [change(pack.rules[0]!), { ...change(pack.rules[0]!), ...other }, other]) {
          const said = readOne(must(sigma.write(packOf(after), { onto: house })));
          expect(data(said)).toEqual(data(readOne(written(after))));
        }
      }),
      { numRuns: 200 },
    );
  });

  test('is written anew where documents come or go', () => {
    const pack = packOf(readOne(house), rule);
    expect(must(sigma.write(pack, { onto: house }))).toBe(must(sigma.write(pack)));
    expect(must(sigma.write(pack, { onto: 'no rule at all' }))).toBe(must(sigma.write(pack)));
  });

  test('a shape that is not there is refused', () => {
    expect(failsWith(sigma.write(packOf(rule), { shape: 'asset' }))).toEqual(['write/failed']);
  });
});
