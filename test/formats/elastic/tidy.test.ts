import fc from 'fast-check';
import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';

import { elastic } from '../../../src/formats/elastic/index.ts';
import { must, withoutSpans } from '../../support/laws.ts';
import { engineDetection, ruleWith } from '../arbitrary.ts';
import { everything, plain } from './samples.ts';
import { spoken, withComments } from './spoken.ts';

const tidied = elastic.tidy!;
const tidy = (text: string) => must(tidied(text));
const exact = (text: string) => parse(text, { integersAsBigInt: true });
const windows = (text: string) => text.replaceAll('\n', '\r\n');
const commentsIn = (text: string) => [...text.matchAll(/# [^\r\n]*/g)].map(String).sort();

/** A rule as it is read, without the layout that travels with it. */
function meant(text: string) {
  const rule = withoutSpans(must(elastic.read(text)).rules[0]!);
  const { spelling: _, ...own } = rule.carry['elastic'] ?? {};
  return { ...rule, carry: { ...rule.carry, elastic: own } };
}

describe('house style', () => {
  test('is what is written anew', () => {
    expect(tidy(plain)).toBe(plain);
    fc.assert(
      fc.property(ruleWith(engineDetection), (rule) => {
        const { elastic: _, ...carry } = rule.carry;
        const text = must(elastic.write({ rules: [{ ...rule, carry }], filters: [], rest: [] }));
        expect(tidy(text)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  test('has one blank line before each header, keys in order, a line for each element of a long list', () => {
    const text = `[rule]
type = "eql"
language   = 'eql'
query = '''
any where true
'''


[[rule.threat]]
framework = "F"
  [rule.threat.tactic]
  name = "N"
  id = "TA1"

[metadata]
maturity="production"
[rule.alert_suppression]
duration = {value = 5, unit = "m"}
group_by = [ "a",
   "b" ]

`;
    expect(tidy(text)).toBe(`[metadata]
maturity = "production"

[rule]
language = "eql"
type = "eql"

query = '''
any where true
'''

[[rule.threat]]
framework = "F"

[rule.threat.tactic]
id = "TA1"
name = "N"

[rule.alert_suppression]
group_by = ["a", "b"]

[rule.alert_suppression.duration]
unit = "m"
value = 5
`);
  });

  test('keeps every value of everything that TOML has, and how numbers and dates are spelled', () => {
    const text = tidy(everything);
    expect(exact(text)['metadata']).toEqual(exact(everything)['metadata']);
    expect(meant(text)).toEqual(meant(everything));
    for (const spelled of ['0xff', '47.0', '+inf', '9_007_199_254_740_993', '1979-05-27T07:32:00.25Z']) {
      expect(text).toContain(spelled);
    }
    expect(tidy(text)).toBe(text);
  });

  test.each(['1_000', '0o17', '0b1', '+5', '1e3', '2.50', '-0', '-0.0', 'nan', '1e400', '07:32:00'])(
    'keeps the spelling of %s',
    (spelled) => {
      const text = `[rule]\nenabled = [${spelled}, { a = ${spelled} }]\nmax_signals = ${spelled}\n`;
      expect(tidy(text).split(spelled)).toHaveLength(4);
    },
  );

  test.each(['2024-01-02 03:04:05z', '2024-01-02 03:04:05.5+01:00', '2024-01-02T03:04:05', '2024-01-02'])(
    'keeps the spelling of the date %s',
    (spelled) => expect(tidy(`[rule]\na=${spelled}\n`)).toBe(`[rule]\na = ${spelled}\n`),
  );
});

describe('line breaks', () => {
  const words = 'word '.repeat(60).trim();
  const said = (text: string) => parse(tidy(text))['rule'];

  test.each([
    ['are wide', words],
    ['are narrow', words.replaceAll(' ', '\n')],
    ['part paragraphs', `${words}\n\n${words}`],
    ['are no line feeds', `${words}\u2028${words}`],
    ['are all there is', '\n\n'],
  ])('stay where they %s', (_, description) => {
    expect(said(`[rule]\ndescription = ${JSON.stringify(description)}\n`)).toEqual({ description });
  });

  test('stay in every text', () => {
    const rule = { name: 'a\nb\n', note: 'a\n\n', query: '\na ', tags: ['a\nb'], threat_query: 'a' };
    expect(
      said(
        `[rule]\n${Object.entries(rule)
          .map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`)
          .join('')}`,
      ),
    ).toEqual(rule);
  });

  test('of Windows stay those of Windows, within texts too', () => {
    expect(tidy(windows(plain))).toBe(windows(plain));
    expect(tidy(windows(spoken))).toBe(windows(tidy(spoken)));
    const text = '[rule]\r\nnote = "a\\nb"\r\ntags = ["c\\nd"]\r\nquery = "e\\r\\nf\\r\\n"\r\n';
    expect(tidy(text)).toBe(
      "[rule]\r\nnote = \"a\\nb\"\r\ntags = [\"c\\nd\"]\r\n\r\nquery = '''\r\ne\r\nf\r\n'''\r\n",
    );
    expect(tidy('[rule]\nquery = "e\\r\\nf\\r\\n"\n')).toContain('e\\r\nf\\r\n"""\n');
  });

  test('end the file once, behind the mark that it may begin with', () => {
    for (const end of ['', '\n\n\n', '\n# x', '\n \t']) {
      expect(tidy(`\uFEFF${plain.trimEnd()}${end}`)).toBe(`\uFEFF${plain}${end.trim() && '# x\n'}`);
    }
  });
});

describe('comments', () => {
  test('travel with what they belong to', () => {
    const text = tidy(spoken);
    expect(commentsIn(text)).toEqual(commentsIn(spoken));
    for (const line of [
      '# above the type\ntype = "eql" # behind the type\n',
      '# above the rule\n[rule] # behind the rule\n',
      'tags = [ # open\n    # above one\n    "one", # behind one\n    # above two\n    "two", # behind two\n    # last\n] # behind tags\n',
      'index = [\n    # none so far\n]\n',
      "# above the query\nquery = '''\nany where true # no comment\n''' # behind the query\n# last of the rule\n\n",
      '# above the first list\n  [ # in the first list\n    # above a table\n    { excluded = false, field = "a" }, # behind a table\n',
      '    # last of the first list\n  ],\n  [], # behind the empty list\n  [ # in the last list\n  ] # behind the last list\n  # last of the lists\n] # behind the lists\n# last of the investigation\n\n',
      '# above the exceptions\n# in the exceptions\n# behind the exceptions\n[[rule.exceptions_list]] # behind an exception\nid = "a"\n\n',
      '[[rule.exceptions_list]]\nid = "b"\n# last of the exceptions\n',
      '# in the tactic\n[rule.threat.tactic] # behind the tactic\n# above the id\nid = "TA1" # behind the id\n# last of the tactic\n',
      '[rule.dotted.key]\n# above a dotted key\nhere = 1 # behind a dotted key\n',
      '[transform] # behind an empty table\n# last of an empty table\n\n',
    ]) {
      expect(text).toContain(line);
    }
    expect(text).toMatch(/^# head\n# of the file\n\n# head, too\n\n/);
    expect(text).toMatch(/\n\n# foot\n\n# foot,\n# too\n$/);
  });

  test('are laid out once and for all', () => {
    expect(tidy(tidy(spoken))).toBe(tidy(spoken));
    expect(exact(tidy(spoken))).toEqual(exact(spoken));
  });

  test('wherever they stand, stay, or the file does', () => {
    const lines = fc.array(fc.constantFrom('', ' # a', '\n# b', '\n\n  # c \n', ' # d\n# e\n\n'), {
      maxLength: 90,
    });
    fc.assert(
      fc.property(
        fc.constantFrom(everything, plain, spoken),
        lines,
        fc.boolean(),
        (sample, said, isWindows) => {
          const text = isWindows ? windows(withComments(sample, said)) : withComments(sample, said);
          const outcome = tidied(text);
          expect(outcome.diagnostics).toEqual([]);
          expect(commentsIn(must(outcome))).toEqual(commentsIn(text));
          expect(meant(must(outcome))).toEqual(meant(text));
          expect(tidy(must(outcome))).toBe(must(outcome));
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each([
    ['[rule]\na = [[{ b = 1, # c\n}]]\n', '# c'],
    ['[rule]\na = [[{ b = [ # c\n] }]]\n', '# c'],
    ['[rule]\na = [["b", { # c\nb = 1 }]] # d\n', '# c'],
  ])('without a place leave the file as it is: %j', (text, comment) => {
    const outcome = tidied(text);
    expect(outcome.ok).toBe(false);
    const [found, ...others] = outcome.diagnostics;
    expect(others).toEqual([]);
    expect(found?.code).toBe('style/not-relaid');
    expect(text.slice(found?.span?.start, found?.span?.end)).toBe(comment);
  });
});

test.each([
  ['', 'read/empty'],
  ['[rule]\na = "x', 'parse/unclosed-string'],
  ['[metadata]\n', 'read/not-a-rule'],
])('what can not be read is not laid out: %j', (text, code) => {
  expect(tidied(text)).toMatchObject({ ok: false, diagnostics: [{ code }] });
});
