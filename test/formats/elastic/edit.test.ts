import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { elastic } from '../../../src/formats/elastic/index.ts';
import type { Rule } from '../../../src/rule/rule.ts';
import { elasticFiles, without } from '../../support/corpus.ts';
import { must } from '../../support/laws.ts';
import { engineDetection, ruleWith } from '../arbitrary.ts';
import { everything, plain } from './samples.ts';

const read = (text: string): Rule => must(elastic.read(text)).rules[0]!;

function write(rule: Rule, onto: string) {
  const outcome = elastic.write({ rules: [rule], filters: [], rest: [] }, { onto });
  return { text: must(outcome), codes: outcome.diagnostics.map(({ code }) => code) };
}

function comparable(rule: Rule): Rule {
  return JSON.parse(JSON.stringify(rule, (key, value) => (key === 'span' ? undefined : value)));
}

/** The change that is made to a rule, and what that does to the text: each line by what takes its place. */
const changes: readonly (readonly [
  string,
  (rule: Rule) => Partial<Rule>,
  readonly (readonly [string, string])[],
])[] = [
  ['nothing', () => ({}), []],
  ['a text', () => ({ title: 'New "name"' }), [["'Printer starts a shell'", '"New \\"name\\""']]],
  [
    'a wrapped text',
    () => ({ description: 'Other.' }),
    [['A printer that starts\na shell."""', 'Other.\n"""']],
  ],
  ['a word that was not understood', () => ({ severity: 'high' }), [['"dreadful"', '"high"']]],
  ['a fraction', () => ({ riskScore: 21 }), [['47.0', '21']]],
  ['a day', () => ({ modified: '2025-01-01' }), [['2024/05/07', '2025/01/01']]],
  [
    'a word with a comment',
    () => ({ status: 'deprecated' }),
    [['"production" # still', '"deprecated" # still']],
  ],
  [
    'a word in an inline table',
    ({ threat }) => ({
      threat: threat!.map((one, at) => (at === 1 ? { ...one, tactic: { ...one.tactic!, name: '2' } } : one)),
    }),
    [['name = "Two"', 'name = "2"']],
  ],
  [
    'the query',
    () => ({ detection: { kind: 'query', query: { language: 'eql', text: 'any where true' } } }),
    [[`process where process.name == "sh" and process.args : "\\\\tmp*"\n'''`, "any where true'''"]],
  ],
  ['a new pair', () => ({ license: 'MIT' }), [['language = "eql"\n', 'language = "eql"\nlicense = "MIT"\n']]],
  [
    'new pairs',
    () => ({ license: 'MIT', references: ['r'] }),
    [
      ['language = "eql"\n', 'language = "eql"\nlicense = "MIT"\n'],
      ["'Printer starts a shell'\n", '\'Printer starts a shell\'\nreferences = ["r"]\n'],
    ],
  ],
  [
    'a first pair',
    () => ({ authors: ['me'] }),
    [['"__proto__" = true\n', '"__proto__" = true\nauthor = ["me"]\n']],
  ],
  [
    'a pair that goes',
    ({ id: _, ...rest }) => ({ ...rest, id: undefined as never }),
    [['rule_id = "3e5d6c1a-0000-4000-8000-000000000001"\n', '']],
  ],
  [
    'one more table',
    ({ threat }) => ({
      threat: [...threat!, { framework: 'G', tactic: { id: 'a', name: 'b', reference: 'c' } }],
    }),
    [
      [
        '"https://example.org/t/"\n',
        '"https://example.org/t/"\n\n[[rule.threat]]\nframework = "G"\n\n[rule.threat.tactic]\nid = "a"\nname = "b"\nreference = "c"\n',
      ],
    ],
  ],
  [
    'one table less',
    ({ threat }) => ({ threat: threat!.slice(0, 1) }),
    [[everything.slice(everything.indexOf('\n\n[[rule.threat]]\nframework = "F"\ntactic'), -1), '']],
  ],
  [
    'a technique that goes',
    ({ threat }) => ({ threat: threat!.map(({ techniques: _, ...one }) => one) }),
    [[everything.slice(everything.indexOf('\n[[rule.threat.technique]]'), -1), '']],
  ],
  [
    'all tables',
    ({ threat: _, ...rest }) => ({ ...rest, threat: undefined as never }),
    [[everything.slice(everything.indexOf('\n\n[[rule.threat]]'), -1), '']],
  ],
  [
    'something to carry',
    () => ({ name: 'n' }),
    [
      [
        'extended.team = "blue"\n',
        'extended.team = "blue"\n\n[metadata.extended.rulecast.rule]\nname = "n"\n',
      ],
    ],
  ],
];

const present = (rule: Rule): Rule => JSON.parse(JSON.stringify(rule));

describe('changes nothing but', () => {
  test.each(changes)('%s', (_, change, edits) => {
    const before = read(everything);
    const after = present({ ...before, ...change(before) });
    const expected = edits.reduce((text, [old, said]) => {
      expect(text).toContain(old);
      return text.replace(old, () => said);
    }, everything);
    const { text, codes } = write(after, everything);
    expect(text).toBe(expected);
    expect(codes).toEqual([]);
    expect(comparable(read(text))).toEqual(comparable(read(write(after, plain).text)));
  });

  test('what it must in a file with other line ends', () => {
    const text = plain.replaceAll('\n', '\r\n');
    const rule = read(text);
    expect(write({ ...rule, title: 'x', license: 'MIT' }, text).text).toBe(
      text
        .replace('"Printer starts a shell"', '"x"')
        .replace('language = "kuery"\r\n', 'language = "kuery"\r\nlicense = "MIT"\r\n'),
    );
  });

  test('a pair before all others, a table before all others', () => {
    const text = '# one\n[rule]\n# two\nname = "x"\ntype = "query"\n';
    expect(write({ ...read(text), authors: ['me'], status: 'test' }, text).text).toBe(
      '[metadata]\nmaturity = "beta"\n\n# one\n[rule]\nauthor = ["me"]\n# two\nname = "x"\ntype = "query"\n',
    );
  });

  test('an element of a list that stays as long as it was', () => {
    const text = '[rule]\ntags = [ "a", # first\n  "b" ]\ntype = "query"\n';
    expect(write({ ...read(text), tags: ['a', 'c'] }, text).text).toBe(text.replace('"b"', '"c"'));
    expect(write({ ...read(text), tags: ['a'] }, text).text).toBe(text.replace('"b"', ''));
  });
});

test('spells the file anew, and says so, where it has no room for the change', () => {
  const text = 'rule.name = "x" # one\nrule.type = "query"\n';
  const { text: again, codes } = write({ ...read(text), license: 'MIT' }, text);
  expect(again).toBe('[rule]\nlicense = "MIT"\nname = "x"\ntype = "query"\n');
  expect(codes).toEqual(['style/respelled']);
});

test('writes anew over what cannot be read', () => {
  expect(write(read(plain), 'no rule').text).toBe(plain);
});

const anyRule = ruleWith(engineDetection).map(({ carry, engine, ...rule }): Rule => {
  const { elastic: _, ...others } = carry;
  const kept = Object.entries(others).filter(([, rest]) => Object.keys(rest).length > 0);
  const said = engine && Object.keys(engine).length > 0 ? { engine } : {};
  return { ...rule, ...said, carry: Object.fromEntries(kept) };
});

test('whatever stood there, the file says what it is to say', () => {
  const texts = anyRule.map((rule) => must(elastic.write({ rules: [rule], filters: [], rest: [] })));
  fc.assert(
    fc.property(texts, anyRule, (text, rule) => {
      expect(comparable(read(write(rule, text).text))).toEqual(comparable(rule));
    }),
    { numRuns: 1000 },
  );
});

test('one property changed is one property changed', () => {
  fc.assert(
    fc.property(anyRule, anyRule, (before, other) => {
      const text = must(elastic.write({ rules: [before], filters: [], rest: [] }));
      for (const key of ['title', 'tags', 'threat', 'engine', 'detection', 'created', 'related'] as const) {
        const after = present({ ...before, [key]: other[key] });
        if (after.detection === undefined) continue;
        const { text: again, codes } = write(after, text);
        expect(comparable(read(again))).toEqual(comparable(after));
        expect(codes.filter((code) => code === 'style/respelled')).toEqual([]);
      }
    }),
    { numRuns: 300 },
  );
});

describe.skipIf(without)('in every rule file', () => {
  const files = elasticFiles();

  test('there are files', () => {
    expect(files.length).toBeGreaterThan(1000);
  });

  test.each<[string, (rule: Rule) => Partial<Rule>]>([
    ['a title', () => ({ title: 'Another title' })],
    ['a severity and its score', () => ({ severity: 'critical', riskScore: 98 })],
    ['one more tag', ({ tags }) => ({ tags: [...(tags ?? []), 'Mine'] })],
    [
      'a tactic',
      ({ threat = [] }) => ({
        threat: [...threat, { framework: 'F', tactic: { id: 'i', name: 'n', reference: 'r' } }],
      }),
    ],
    ['something to carry', () => ({ name: 'alias', logSource: { product: 'linux' } })],
    ['an index', () => ({ indices: ['mine-*'] })],
  ])('%s can be changed in place', (_, change) => {
    for (const { path, text } of files) {
      const rule = read(text);
      const after = { ...rule, ...change(rule) };
      const { text: again, codes } = write(after, text);
      expect(codes, path).toEqual([]);
      expect(comparable(read(again)), path).toEqual(comparable(after));
      const kept = new Set(again.split('\n'));
      const gone = text.split('\n').filter((line) => !kept.has(line));
      expect(gone.length, `${path}: ${gone.join('\n')}`).toBeLessThanOrEqual(25);
    }
  });
});
