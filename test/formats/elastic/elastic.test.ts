import fc from 'fast-check';
import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../../src/diagnostic/diagnostic.ts';
import { elastic } from '../../../src/formats/elastic/index.ts';
import { parseToml } from '../../../src/formats/elastic/toml.ts';
import type { Format } from '../../../src/formats/format.ts';
import type { Pack, Rule } from '../../../src/rule/rule.ts';
import { failsWith, must } from '../../support/laws.ts';
import { engineDetection, ruleWith } from '../arbitrary.ts';
import { everything, plain } from './samples.ts';

const read = (text: string): Rule => must(elastic.read(text)).rules[0]!;
const packOf = (rule: Rule): Pack => ({ rules: [rule], filters: [], rest: [] });
const write = (rule: Rule, options?: Parameters<Format['write']>[1]) =>
  must(elastic.write(packOf(rule), options));
const bare: Rule = { detection: { kind: 'query' }, carry: {} };
const exact = (text: string) => parse(text, { integersAsBigInt: true });

/** Without the places of queries, and what goes without being carried. */
function comparable(rule: Rule): Rule {
  return JSON.parse(JSON.stringify(rule, (key, value) => (key === 'span' ? undefined : value)));
}

describe('reading', () => {
  test('says what the file says', () => {
    expect(read(plain)).toEqual({
      authors: ['Me'],
      created: '2024-05-06',
      modified: '2024-05-07',
      status: 'stable',
      title: 'Printer starts a shell',
      description: 'A printer starts a shell.',
      indices: ['logs-*'],
      riskScore: 47,
      severity: 'medium',
      tags: ['OS: Linux', 'Use Case: Threat Detection'],
      threat: [
        {
          framework: 'MITRE ATT&CK',
          tactic: { id: 'TA0002', name: 'Execution', reference: 'https://attack.mitre.org/tactics/TA0002/' },
          techniques: [
            {
              id: 'T1059',
              name: 'Command and Scripting Interpreter',
              reference: 'https://attack.mitre.org/techniques/T1059/',
            },
          ],
        },
      ],
      detection: {
        kind: 'query',
        query: {
          language: 'kuery',
          text: 'process.name:sh and process.parent.name:lpd\n',
          span: { start: plain.indexOf('process.name:sh'), end: plain.indexOf("'''\n\n[[") },
        },
      },
      carry: {},
    });
  });

  test('carries what it has no word for, and says where', () => {
    const outcome = elastic.read(everything);
    expect(
      outcome.diagnostics.map(({ code, path, span }) => [
        code,
        path,
        everything.slice(span!.start, span!.end),
      ]),
    ).toEqual([
      ['read/rounded', 'rule.max_signals', '9_007_199_254_740_993'],
      ['schema/wrong-type', 'rule.severity', '"dreadful"'],
    ]);
    const { elastic: own } = must(outcome).rules[0]!.carry;
    expect(own?.['metadata']).toEqual({ 'odd key': '1979-05-27T07:32:00.25Z', extended: { team: 'blue' } });
    expect(Object.keys(own?.['rule'] ?? {})).toEqual(['severity', 'unheard_of', 'constructor', '__proto__']);
    expect(own?.['transform']).toEqual({ osquery: [{ label: 'x' }] });
    expect(own?.['spelling']).toEqual({ '/rule/description': 'A printer that starts\na shell.' });
  });

  test('joins the lines of a text as the build does, but for queries, guides and messages', () => {
    const rule = read(`[rule]
type = "query"
description = """  a
   b

  c  """
false_positives = ["""
    x
    y
    """]
note = """ n
 m"""
query = " q\\n r"
[[rule.actions]]
params.message = "a\\n b"
params.body = "a\\n b"
`);
    expect(rule.description).toBe('a b  c');
    expect(rule.falsePositives).toEqual(['x y']);
    expect(rule.engine?.['note']).toBe(' n\n m');
    expect(rule.engine?.['actions']).toEqual([{ params: { message: 'a\n b', body: 'a b' } }]);
    expect(rule.detection).toEqual({ kind: 'query', query: { text: ' q\n r' } });
  });

  test.each([
    [
      'new_terms = { field = "new_terms_fields", value = ["a"], history_window_start = [{ field = "history_window_start", value = "now-7d" }] }',
      'new-terms',
    ],
    [
      'new_terms = { field = "fields", value = ["a"], history_window_start = [{ field = "history_window_start", value = "now-7d" }] }',
      'other',
    ],
    ['new_terms = { field = "new_terms_fields", value = ["a"] }', 'other'],
    ['new_terms = 5', 'other'],
  ])('%s', (line, kind) => {
    const text = `[rule]\ntype = "new_terms"\n${line}\n`;
    expect(read(text).detection.kind).toBe(kind);
    expect(exact(write(read(text)))).toEqual(exact(text));
  });

  test.each([
    ['', 'read/empty'],
    [' \n\uFEFF', 'read/empty'],
    ['\uFEFF', 'read/empty'],
    ['[metadata]\n', 'read/not-a-rule'],
    ['rule = 1', 'read/not-a-rule'],
    ['[[rule]]', 'read/not-a-rule'],
    ['[rule]\na = 1\na = 2', 'parse/duplicate-key'],
    ['[rule]\n[rule]', 'parse/duplicate-key'],
    ['[rule]\na = "x', 'parse/unclosed-string'],
    ['[rule]\na = "x\nb = 1', 'parse/unclosed-string'],
    ["[rule]\na = '''x", 'parse/unclosed-string'],
    ['[rule]\na = "\\q"', 'parse/bad-escape'],
    ['[rule]\na = "\\ud800"', 'parse/bad-escape'],
    ['[rule]\na = 01', 'parse/bad-value'],
    ['[rule]\na = 2024-13-45', 'parse/bad-value'],
    ['[rule]\na = yes', 'parse/bad-value'],
    ['[rule]\na = "\u0000"', 'parse/unexpected'],
    ['[rule]\na = 1 b = 2', 'parse/unexpected'],
    ['[rule', 'parse/unexpected'],
    ['[rule]\na = [1', 'parse/unexpected'],
    ['{"a": 1}', 'parse/unexpected'],
    ['title: x', 'parse/unexpected'],
    [`[rule]\na = ${'['.repeat(400)}${']'.repeat(400)}`, 'parse/too-deep'],
    [`[rule]\na = ${'['.repeat(1e6)}`, 'parse/too-deep'],
    [`[rule]\n${'a.'.repeat(500)}a = 1`, 'parse/too-deep'],
    [`[rule${'.a'.repeat(1e6)}]`, 'parse/too-deep'],
    [`[rule${'.a'.repeat(200)}]\na = ${'['.repeat(200)}${']'.repeat(200)}`, 'parse/too-deep'],
  ])('refuses %.40j with a place: %s', (text, code) => {
    const outcome = elastic.read(text);
    expect(failsWith(outcome)).toEqual([code]);
    const span = outcome.diagnostics[0]!.span!;
    expect(span.start).toBeLessThanOrEqual(text.length);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
  });

  test('gets by with much of anything', () => {
    const long = 'x'.repeat(5e5);
    expect(read(`[rule]\nname = "${long}"\ndescription = '''\n${long} ${long}'''\n`).title).toBe(long);
    expect(read(`[rule]\nname = "${' '.repeat(1e6)}"\n`).title).toBe('');
    expect(read(`[rule]\n${'\n'.repeat(1e6)}name = "a"`).title).toBe('a');
    expect(read(`[rule]\ntags = [${'"a", '.repeat(2e5)}]`).tags).toHaveLength(2e5);
    expect(elastic.detect(`${'\n \t'.repeat(3e6)}x`)).toBe(false);
    const places = Array.from({ length: 5e4 }, (_, index) => `"/rule/meta/${index}"`).join();
    const notes = `[metadata.extended.rulecast]\nnulls = [${places}]\n[rule.meta]\n`;
    expect(Object.keys(read(notes).engine?.['meta'] ?? {})).toHaveLength(5e4);
    const many = `${'[[rule.threat]]\nframework = "F"\n'.repeat(5e4)}[rule.meta]\na = 1\n`;
    expect(write({ ...read(many), engine: { meta: { a: 2 } } }, { onto: many })).toBe(many.replace('1', '2'));
  });
});

describe('where the query stands', () => {
  test.each<[string, string | undefined]>([
    ["query = '''\na\nb'''", 'a\nb'],
    ['query = """a"""', 'a'],
    ['query = "a b"', 'a b'],
    ["query = 'a'", 'a'],
    ['query = "a\\"b"', undefined],
    ['query = """a\\\n b"""', undefined],
    ["query = '''\r\na\r\nb'''", 'a\r\nb'],
  ])('%j', (line, text) => {
    const file = `[rule]\ntype = "query"\n${line}\n`;
    const { detection } = read(file);
    const span = detection.kind === 'query' ? detection.query?.span : undefined;
    expect(span && file.slice(span.start, span.end)).toBe(text);
  });

  test('is known of an indicator query, too', () => {
    const file =
      '[rule]\ntype = "threat_match"\nquery = "q"\nthreat_query = "t"\nthreat_index = []\nthreat_mapping = []\n';
    expect(read(file).detection).toMatchObject({
      query: { span: { start: file.indexOf('q"') } },
      indicatorQuery: { span: { start: file.indexOf('t"\n', file.indexOf('threat_query')) } },
    });
  });
});

describe('writing anew', () => {
  test('is house style', () => {
    expect(write(read(plain))).toBe(plain);
  });

  test('gives the same data, whatever its kind', () => {
    expect(exact(write(read(everything)))).toEqual(exact(everything));
    expect(write(read(write(read(everything))))).toBe(write(read(everything)));
  });

  test('gives back any rule', () => {
    fc.assert(
      fc.property(ruleWith(engineDetection), (any) => {
        const { elastic: _, ...others } = any.carry;
        const carry = Object.fromEntries(
          Object.entries(others).filter(([, rest]) => Object.keys(rest).length > 0),
        );
        const { engine, ...rule } = any;
        const said: Rule = { ...rule, ...(engine && Object.keys(engine).length > 0 && { engine }), carry };
        expect(comparable(read(write(said)))).toEqual(comparable(said));
      }),
      { numRuns: 2000 },
    );
  });

  test('wraps what people read, and nothing else', () => {
    const words = 'word '.repeat(60).trim();
    const text = write({
      ...bare,
      description: words,
      falsePositives: [words, 'short'],
      title: words,
      tags: [words],
    });
    const [description, listed] = [...text.matchAll(/"""\n([^"]*)"""/g)].map((found) =>
      found[1]!.split('\n'),
    );
    expect(description!.slice(0, 2).map((line) => line.length)).toEqual([119, 119]);
    expect(listed!.slice(0, 2).map((line) => line.length)).toEqual([118, 118]);
    expect(text).toContain(`name = "${words}"`);
    expect(text).toContain(`    "${words}",\n`);
  });

  test.each<[string, Partial<Rule>]>([
    ['[metadata]\ncreation_date = "2020/01/02"\n', { created: '2020-01-02' }],
    ['[metadata]\nmaturity = "beta"\n', { status: 'test' }],
    ['severity = "low"\n', { severity: 'informational' }],
    ['note = """a\nb"""\n', { engine: { note: 'a\nb' } }],
    ['note = """\n\nb"""\n', { engine: { note: '\nb' } }],
    ["\n\nquery = '''\na\\b'''\n", { detection: { kind: 'query', query: { text: 'a\\b' } } }],
    ['\n\nquery = """\na\'\'\'\\\\"""\n', { detection: { kind: 'query', query: { text: "a'''\\" } } }],
    ['tags = []\n', { tags: [] }],
    ['tags = ["a", "b"]\n', { tags: ['a', 'b'] }],
    ['[rule.investigation_fields]\nfield_names = ["a"]\n', { fields: ['a'] }],
    ['[rule.meta]\n', { engine: { meta: {} } }],
    ['[rule.meta.a."b c"]\nd = 1\n', { engine: { meta: { a: { 'b c': { d: 1 } } } } }],
  ])('%j', (part, said) => {
    expect(write({ ...bare, ...said })).toContain(part);
  });

  test('writes lists in lists as investigations have them', () => {
    const file = `[rule]
type = "query"

[[transform.investigate]]
label = "x"
providers = [
  [
    { excluded = false, field = "a" },
    { excluded = true, field = "b" }
  ],
  []
]
`;
    expect(write(read(file)).replace('\n\n[rule]\ntype = "query"', '')).toBe(
      file.replace('[rule]\ntype = "query"\n\n', ''),
    );
  });

  test.each<[string, Pack]>([
    ['no rule', { rules: [], filters: [], rest: [] }],
    ['two rules', { rules: [bare, bare], filters: [], rest: [] }],
  ])('refuses %s', (_, pack) => {
    expect(failsWith(elastic.write(pack))).toEqual(['write/failed']);
  });

  test('says what stays behind', () => {
    const codesOf = (pack: Pack, options?: Parameters<Format['write']>[1]) =>
      elastic.write(pack, options).diagnostics.map(({ code }) => code);
    const rule = { ...bare, id: '3e5d6c1a-0000-4000-8000-000000000001' };
    expect(codesOf({ rules: [rule], filters: [{ format: 'kibana', body: {} }], rest: [{}] })).toEqual([
      'loss/exceptions',
      'loss/carry',
    ]);
    expect(codesOf(packOf({ ...rule, engine: { meta: { a: null } } }), { carry: 'none' })).toEqual([
      'loss/null',
    ]);
    expect(failsWith(elastic.write(packOf(bare), { shape: 'asset' }))).toEqual(['write/failed']);
  });
});

describe('what has no word here', () => {
  test.each<Partial<Rule>>([
    { status: 'unsupported' },
    { severity: 'informational' },
    { created: '2020-01-02T03:04:05Z', modified: '2020-01-02' },
    { created: 'yesterday' },
    { description: 'one\ntwo\n', title: ' t ', falsePositives: ['a\n\nb'] },
    { engine: { actions: [null, { a: null, b: [null, ''] }] } },
    { logSource: { product: 'p', rest: { a: null, '': '' } }, related: [{ id: 'a', type: 'b' }], name: 'n' },
    { carry: { sigma: { a: 1.5, nulls: [null], __proto__: 'p' } } },
    { origin: { language: 'sigma', text: "a: \"\\\\\"\nb: '''\n", digest: '0' } },
  ])('travels in the metadata: %j', (said) => {
    const rule = { ...bare, ...said };
    const text = write(rule);
    expect(text).toContain('[metadata.extended.rulecast');
    expect(read(text)).toEqual(rule);
    expect(write(read(text))).toBe(text);
    expect(write(rule, { carry: 'none' })).not.toContain('rulecast');
  });

  test('is not put where somebody has written something', () => {
    const text = write({ ...bare, engine: { actions: [{ a: null, b: [null] }] } });
    const edited = read(text.replace('b = [""]', 'a = 1\nb = ["x"]'));
    expect(edited.engine).toEqual({ actions: [{ a: 1, b: ['x'] }] });
  });

  test('is not needed for a plain rule', () => {
    expect(write(read(plain))).not.toContain('rulecast');
  });

  test('gives way to an edit of what was written for it', () => {
    const text = write({ ...bare, severity: 'informational', created: '2020-01-02T03:04:05Z' });
    const edited = read(text.replace('"low"', '"high"').replace('2020/01/02', '2020/01/03'));
    expect(edited).toMatchObject({ severity: 'high', created: '2020-01-03' });
  });

  test('stands beside what others keep there', () => {
    const text = '[metadata.extended]\nteam = "blue"\n\n[rule]\ntype = "query"\n';
    const again = write({ ...read(text), status: 'unsupported' });
    expect(parse(again)).toMatchObject({ metadata: { extended: { team: 'blue', rulecast: {} } } });
    expect(write({ ...read(again), status: 'stable' })).not.toContain('rulecast');
  });

  test.each([
    ['no id', undefined, 'loss/required-field'],
    ['an id that is no UUID', 'my-rule', 'write/unusual-id'],
    ['an id in capital letters', '3E5D6C1A-0000-4000-8000-000000000001', 'write/unusual-id'],
    ['an id with the digit too many that two rules have', '3e5d6c1a-0000-4000-8000-0000000000012', undefined],
    ['a UUID', '3e5d6c1a-0000-4000-8000-000000000001', undefined],
  ])('%s is written, and told of where tools mind', (_, id, code) => {
    const outcome = elastic.write(packOf({ ...bare, ...(id !== undefined && { id }) }));
    expect(outcome.ok).toBe(true);
    expect(outcome.diagnostics.map((found) => found.code)).toEqual(code === undefined ? [] : [code]);
    expect(outcome.diagnostics.every(({ effect }) => effect === undefined)).toBe(true);
  });

  test('takes the place of what stands there and is no table, and says so', () => {
    const strange = read('metadata = 5\n[rule]\ntype = "query"\n');
    expect(write(strange)).toBe('metadata = 5\n\n[rule]\ntype = "query"\n');
    const id = '3e5d6c1a-0000-4000-8000-000000000001';
    const outcome = elastic.write(packOf({ ...strange, id, name: 'n' }));
    expect(outcome.diagnostics.map(({ code }) => code)).toEqual(['loss/carry']);
  });
});

describe('words for maturity', () => {
  test.each([
    ['production', 'stable'],
    ['beta', 'test'],
    ['experimental', 'experimental'],
    ['deprecated', 'deprecated'],
    ['development', 'experimental'],
  ])('%s is %s, and comes back', (maturity, status) => {
    const file = `[metadata]\nmaturity = "${maturity}"\n\n[rule]\ntype = "query"\n`;
    expect(read(file).status).toBe(status);
    expect(write(read(file))).toBe(file);
    expect(write({ ...read(file), status: 'stable' })).toContain('maturity = "production"');
  });

  test('an unknown one is carried', () => {
    const file = '[metadata]\nmaturity = "ripe"\n\n[rule]\ntype = "query"\n';
    expect(elastic.read(file).diagnostics.map(({ code }) => code)).toEqual(['schema/wrong-type']);
    expect(write(read(file))).toBe(file);
  });
});

describe('detection', () => {
  test.each([
    '[rule]',
    '# x\n\n[metadata]\n[rule]',
    '\uFEFF[ rule ] # y',
    '[[rule.threat]]',
    'rule.name = "x"',
    'rule = {}',
    'a = 1\r\n[rule]\r\n',
  ])('knows %j', (text) => expect(elastic.detect(text)).toBe(true));

  test.each([
    '',
    'title: x\n[rule]\n',
    '{"a": "[rule]"}',
    '[\n[rule]\n]',
    '[rules]',
    '[metadata]\nrules = 1',
    '---\nrule = 1',
    '["rule"]',
  ])('does not know %j', (text) => expect(elastic.detect(text)).toBe(false));
});

test('values that JSON does not have keep their spelling until they are changed', () => {
  const file =
    '[rule]\nmax_signals = 100.0\ntype = "query"\nunheard_of = [1e400, -0.0, nan, 9223372036854775807, 2024-01-02]\n';
  expect(must(elastic.read(file)).rules[0]).toMatchObject({ engine: { max_signals: 100 } });
  expect(write(read(file))).toBe(file.replace('1e400', '1e400'));
  expect(write({ ...read(file), engine: { max_signals: 5 } })).toContain('max_signals = 5\n');
  const forged = read(file);
  const elasticCarry = {
    ...forged.carry['elastic'],
    literals: { '/rule/max_signals': '1\n[evil]\nx = 100.0' },
  };
  expect(write({ ...forged, carry: { elastic: elasticCarry } })).not.toContain('evil');
  const literals = { '/rule/name': 'true' };
  expect(write({ ...bare, title: 'true', carry: { elastic: { literals } } })).toContain('name = "true"');
});

test('a tree has its places only when they are asked for, and once', () => {
  const { places } = parseToml(plain);
  expect(places()).toBe(places());
});

describe('notes that somebody has edited', () => {
  const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)));

  test('are left out where they make no sense, and that is said', () => {
    const text = write({ ...bare, name: 'n', threat: [{ framework: 'F' }] });
    const lines = 'name = 5\nlogSource = "linux"\nfoo = 1';
    const outcome = elastic.read(text.replace('name = "n"', lines));
    const edited = text.replace('name = "n"', lines);
    const placeOf = ({ span }: Diagnostic) => edited.slice(span!.start, span!.end);
    expect(outcome.diagnostics.map((found) => [found.code, found.path, placeOf(found)])).toEqual([
      ['carry/unreadable', 'metadata.extended.rulecast.rule.name', '5'],
      ['carry/unreadable', 'metadata.extended.rulecast.rule.logSource', '"linux"'],
      ['carry/unreadable', 'metadata.extended.rulecast.rule.foo', '1'],
    ]);
    expect(must(outcome).rules[0]).toEqual({ ...bare, threat: [{ framework: 'F' }] });
    expect(read('[rule]\ntype = "query"\n[metadata]\nextended.rulecast = 5\n')).toEqual(bare);
  });

  test('never stop a reader or a writer', () => {
    const rules = fc.dictionary(
      fc.constantFrom(...Object.keys(read(plain)), 'related', 'logSource', 'engine'),
      json,
    );
    fc.assert(
      fc.property(rules, json, json, (rule, nulls, verbatim) => {
        const notes = { rule, nulls, verbatim, query: rule };
        const said = { ...bare, carry: { elastic: { metadata: { extended: { rulecast: notes } } } } };
        const text = write(said, { carry: 'none' });
        expect(elastic.read(text).ok).toBe(true);
        expect(elastic.write(must(elastic.read(text))).ok).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('never stop a writer that gets them from another format', () => {
    const parts = fc.dictionary(
      fc.constantFrom('metadata', 'rule', 'transform', 'sections', 'spelling', 'literals', 'more'),
      fc.oneof(
        json,
        fc.dictionary(fc.constantFrom('/rule/name', 'maturity', 'rule', 'metadata', 'extended', ''), json),
      ),
    );
    fc.assert(
      fc.property(parts, (own) => {
        const outcome = elastic.write(packOf({ ...bare, title: 'a', name: 'n', carry: { elastic: own } }));
        expect(must(elastic.read(must(outcome))).rules[0]).toMatchObject({ title: 'a', name: 'n' });
      }),
      { numRuns: 500 },
    );
  });
});
