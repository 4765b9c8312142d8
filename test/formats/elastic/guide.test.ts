import fc from 'fast-check';
import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';

import { convert } from '../../../src/convert/convert.ts';
import { elastic } from '../../../src/formats/elastic/index.ts';
import { locate, placeOf } from '../../../src/formats/elastic/locate.ts';
import { pluginsIn, printPlugin } from '../../../src/formats/elastic/plugin.ts';
import { type Kept, keep, lift, render, type Template } from '../../../src/formats/elastic/rendering.ts';
import { join, part } from '../../../src/formats/elastic/section.ts';
import type { JsonObject } from '../../../src/rule/json.ts';
import type { Rule } from '../../../src/rule/rule.ts';
import { elasticFiles, without } from '../../support/corpus.ts';
import { failsWith, must } from '../../support/laws.ts';

const users = { label: 'Users', query: 'SELECT * FROM users' };
const hosts = {
  label: 'Hosts',
  query: 'SELECT name\nFROM hosts',
  ecs_mapping: { 'host.name': { field: 'name' } },
};
const provider = {
  excluded: false,
  field: 'host.name',
  queryType: 'phrase',
  value: '{{host.name}}',
  valueType: 'string',
};
const alerts = {
  label: 'Alerts – more',
  providers: [[provider], [provider, provider]],
  relativeFrom: 'now-1h',
};

const usersText = '!{osquery{"label":"Users","query":"SELECT * FROM users"}}';
const hostsText =
  '!{osquery{"ecs_mapping":{"host.name":{"field":"name"}},"label":"Hosts","query":"SELECT name\\nFROM hosts"}}';

const braced = (name: string) => `\${${name}}`;

const plain: ReadonlyMap<string, string> = new Map();
const template = (note: string, transform: JsonObject): Template => ({ note, transform, plugins: plain });

describe('a guide is filled in as the build does it', () => {
  test.each([
    ['a $osquery_0 b', `a ${usersText} b`],
    [`${braced('osquery_1')}s`, `${hostsText}s`],
    ['$osquery_0$osquery_0', usersText + usersText],
    ['$osquery_2 $osquery_00 $osquery_1x ${osquery_1 $OSQUERY_0 $osquery_', undefined],
    [`$other_0 $_ $1 $ \`$krb\` ${braced('')} costs 5$`, undefined],
    ['$$osquery_0 $$$osquery_0 $$$$', `$osquery_0 $${usersText} $$`],
  ])('%s', (note, filled = note) => {
    expect(render(template(note, { osquery: [users, hosts] }))).toBe(filled);
  });

  test('and its plugins are spelled as Python spells JSON', () => {
    const entry = { '9': true, '10': [1.5, 'é\u2028𝄞\u007f\n"\\'], a: { z: [], b: {} } };
    const spelled =
      '{"10":[1.5,"\\u00e9\\u2028\\ud834\\udd1e\\u007f\\n\\"\\\\"],"9":true,"a":{"b":{},"z":[]}}';
    expect(printPlugin('investigate', entry)).toBe(`!{investigate${spelled}}`);
  });

  test('unless there is nothing to fill it with', () => {
    expect(render(template('$$ $osquery_0', {}))).toBe('$$ $osquery_0');
    const odd = { osquery: ['a', null], investigate: { '0': users }, other: [users] };
    expect(render(template('$osquery_0 $osquery_1 $investigate_0 $other_0', odd))).toBe(
      '$osquery_0 $osquery_1 $investigate_0 $other_0',
    );
  });
});

const words = [
  '$',
  '$$',
  '{',
  '}',
  '{{host.name}}',
  '!',
  '!{osquery',
  '!{osquery{',
  '"',
  'a',
  '_',
  '0',
  '\n',
  ' é',
];
const names = [
  'osquery_0',
  'osquery_1',
  'osquery_2',
  'osquery_10',
  'investigate_0',
  'investigate_1',
  'other_0',
];
const placeholders = names.flatMap((name) => [`$${name}`, braced(name)]);
const written = [
  usersText,
  hostsText,
  printPlugin('investigate', alerts),
  '!{osquery{"query":"SELECT 1","label":"In another order"}}',
  '!{osquery{ "label": "Blanks", "query": "x" }}',
  '!{osquery{"label":"é","query":"x"}}',
  '!{osquery{"label":"a","label":"b","query":"x"}}',
  '!{osquery{"query":"no label"}}',
  '!{osquery{}}',
  '!{investigate{"label":null}}',
  '!{osquery{"label":"!{osquery{}}","query":"$osquery_0 $$"}}',
];
const piece = fc.constantFrom(...words, ...placeholders, ...written);
const textOf = (pieces: fc.Arbitrary<string>) =>
  fc.array(pieces, { maxLength: 12 }).map((all) => all.join(''));
const entry = fc.oneof(
  fc.constantFrom<JsonObject>(users, hosts, alerts, {}, { label: 'x' }, { query: '$osquery_0', label: '$$' }),
  fc
    .dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })
    .map((value) => JSON.parse(JSON.stringify(value))),
);
const transforms = fc
  .record(
    {
      osquery: fc.oneof(
        fc.array(entry, { maxLength: 3 }),
        fc.constantFrom('text', ['text'], [[users]], users),
      ),
      investigate: fc.array(entry, { maxLength: 3 }),
      more: fc.constantFrom({ a: 1 }, [users], true),
    },
    { requiredKeys: [] },
  )
  .map((value) => value as JsonObject);

/** Where nothing names or spells a plugin, and where something from elsewhere does. */
const kepts: fc.Arbitrary<Kept> = fc.record(
  {
    transform: transforms,
    placeholders: fc.array(
      fc.constantFrom('', '$osquery_5', '$osquery_99999999999', '__proto__', ...placeholders),
    ),
    note: textOf(piece),
  },
  { requiredKeys: ['transform'] },
);

describe('what stands in a file', () => {
  test('comes home through the guide that is made of it', () => {
    fc.assert(
      fc.property(textOf(piece), transforms, (note, transform) => {
        const { guide, kept } = keep(template(note, transform));
        const again = lift(guide, kept, true);
        expect(again.note).toBe(note);
        expect(again.transform).toEqual(transform);
        expect(render(again)).toBe(guide);
      }),
      { numRuns: 3000 },
    );
  });

  test('needs nothing kept where entries have the order of the guide', () => {
    const { guide, kept } = keep(
      template(`$osquery_0, ${braced('investigate_0')}s, $osquery_1`, {
        osquery: [users, hosts],
        investigate: [alerts],
      }),
    );
    expect(kept).toEqual({ transform: {} });
    expect(pluginsIn(guide)).toHaveLength(3);
  });

  test.each<[string, string, JsonObject, Kept]>([
    [
      'another order',
      '$osquery_1 $osquery_0',
      { osquery: [users, hosts] },
      { transform: {}, placeholders: ['$osquery_1', '$osquery_0'] },
    ],
    [
      'an entry named twice',
      '$osquery_0 $osquery_0',
      { osquery: [users] },
      { transform: {}, placeholders: ['$osquery_0', '$osquery_0'] },
    ],
    [
      'braces',
      braced('osquery_0'),
      { osquery: [users] },
      { transform: {}, placeholders: [braced('osquery_0')] },
    ],
    [
      'an entry that is not named',
      '$osquery_1',
      { osquery: [users, hosts] },
      { transform: { osquery: [users] } },
    ],
    ['a plugin in the note', usersText, {}, { transform: {}, placeholders: [''] }],
    ['other keys', '$osquery_0', { osquery: [users], a: 1 }, { transform: { a: 1 } }],
    [
      'an entry that the build would not take',
      '$osquery_0',
      { osquery: [{ a: 1 }] },
      { transform: {}, placeholders: ['$osquery_0'] },
    ],
    [
      'dollar signs',
      'a $$ $osquery_0',
      { osquery: [users] },
      { transform: {}, placeholders: ['$osquery_0'], note: 'a $$ $osquery_0' },
    ],
  ])('has kept of it: %s', (_, note, transform, kept) => {
    expect(keep(template(note, transform)).kept).toEqual(kept);
  });
});

describe('a guide from elsewhere', () => {
  test('comes home through the file, whatever was kept of another', () => {
    fc.assert(
      fc.property(textOf(piece), kepts, fc.boolean(), (guide, kept, respells) => {
        const lifted = lift(guide, kept, respells);
        expect(render(lifted)).toBe(guide);
        if (!respells) expect(lifted.plugins).toEqual(plain);
      }),
      { numRuns: 3000 },
    );
  });

  test('has its plugins in [transform] where the build would make the same of them', () => {
    const [, , , ordered, blanks] = written;
    const guide = `${usersText}s and $osquery_1, $${hostsText}; ${ordered} !{osquery{"query":"x"}} ${blanks}`;
    const lifted = lift(guide, { transform: {} }, false);
    expect(lifted.note).toBe(
      `\${osquery_0}s and $$osquery_1, $$$osquery_1; ${ordered} !{osquery{"query":"x"}} ${blanks}`,
    );
    expect(lifted.transform).toEqual({ osquery: [users, hosts] });
    const all = lift(guide, { transform: {} }, true);
    expect(all.note).toContain('; $osquery_2 !{osquery{"query":"x"}} $osquery_3');
    expect([...all.plugins]).toEqual([
      ['osquery_2', ordered],
      ['osquery_3', blanks],
    ]);
  });

  test.each([
    '$osquery_0 and $$',
    '!{osquery}',
    '!{osquery{"label":"a","query":"b"}',
    '!{osquery{"label":"a","query":"b"} }',
    "!{osquery{'label':'a','query':'b'}}",
    '!{osquery{"label":"a","query":1}}',
    '!{osquery{"label":"a","query":"\\ud800"}}',
    '!{investigate{"label":"a","providers":[{}]}}',
    '!{insight{"label":"a","providers":[]}}',
    '!{timeline[a](b)}',
  ])('stays as it is: %s', (guide) => {
    expect(lift(guide, { transform: {} }, true)).toEqual(template(guide, {}));
  });

  test.each<[string, string]>([
    ['openings', '!{osquery{'.repeat(30_000)],
    ['openings of texts', '!{osquery{"'.repeat(30_000)],
    ['openings in lists', '!{osquery{",":[","'.repeat(30_000)],
    ['openings of members', '!{osquery{":1,"'.repeat(30_000)],
    ['depth', `!{osquery${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`],
    ['depth within depth', '!{osquery{"a":[{"a":['.repeat(20_000)],
    ['dollar signs', '$'.repeat(1_000_001)],
    ['names', '${osquery_'.repeat(30_000)],
    ['many plugins', usersText.repeat(20_000)],
  ])('may hold any number of %s', (_, guide) => {
    const lifted = lift(guide, { transform: {} }, true);
    expect(render(lifted)).toBe(guide);
    expect(keep(lifted).guide).toBe(guide);
  });
});

/** A rule file with this guide. */
const fileWith = (note: string, more = '') => `[metadata]
creation_date = "2024/05/06"
maturity = "production"
updated_date = "2024/05/07"

[[transform.osquery]]
query = "SELECT * FROM users" # all of them
label   = "Users"

[[transform.osquery]]
label = "Hosts"
query = """
SELECT name
FROM hosts"""
[transform.osquery.ecs_mapping]
"host.name" = { field = "name" }

[rule]
author = ["Me"]
description = """
For tests.
"""
index = ["logs-*"]
language = "kuery"
name = "For Tests"
note = """${note}"""
risk_score = 47
rule_id = "00000000-0000-4000-8000-000000000003"
severity = "medium"
type = "query"
${more}
query = '''
process.name:sh
'''
`;
const file = fileWith('## Look\n\n- $osquery_1 and\n- $osquery_0\n');

const readFile = (text: string): Rule => must(elastic.read(text)).rules[0]!;
const noteOf = (rule: Rule) => rule.engine!['note'] as string;
const edited = (text: string, engine: JsonObject): string => {
  const rule = readFile(text);
  const pack = { rules: [{ ...rule, engine: { ...rule.engine, ...engine } }], filters: [], rest: [] };
  return must(elastic.write(pack, { onto: text }));
};
const cast = (text: string, to: 'elastic' | 'kibana' | 'sigma') =>
  must(convert(text, { to, allow: ['carried'] })).text;
const kibanaNote = (text: string): unknown => JSON.parse(text.split('\n')[0]!).note;

describe('a rule file', () => {
  test('gives Kibana the guide with its plugins, and nothing to carry but their order', () => {
    const rule = readFile(file);
    expect(noteOf(rule)).toBe(`## Look\n\n- ${hostsText} and\n- ${usersText}\n`);
    expect(rule.carry['elastic']).toEqual({ guide: { placeholders: ['$osquery_1', '$osquery_0'] } });
    expect(kibanaNote(cast(file, 'kibana'))).toBe(noteOf(rule));
  });

  test('comes home from Kibana, and from Sigma over Kibana', () => {
    expect(parse(cast(cast(file, 'kibana'), 'elastic'))).toEqual(parse(file));
    expect(parse(cast(cast(cast(file, 'sigma'), 'kibana'), 'elastic'))).toEqual(parse(file));
  });

  test('changes only where its guide was edited', () => {
    const note = noteOf(readFile(file));
    expect(edited(file, { note: note.replace('## Look', '## See') })).toBe(file.replace('## Look', '## See'));
    expect(edited(file, { note: note.replace('"Users"', '"People"') })).toBe(
      file.replace('label   = "Users"', 'label   = "People"'),
    );
  });

  test('keeps what it can of a guide that lost or got a plugin', () => {
    const note = noteOf(readFile(file));
    const less = parse(edited(file, { note: note.replace(hostsText, 'gone') })) as JsonObject;
    expect(less['transform']).toEqual({ osquery: [users] });
    expect(less['rule']).toMatchObject({ note: '## Look\n\n- gone and\n- $osquery_0\n' });
    const more = parse(edited(file, { note: `${note}!{osquery{"label":"New","query":"x"}}` })) as JsonObject;
    expect(more['transform']).toEqual({ osquery: [users, hosts, { label: 'New', query: 'x' }] });
    expect(more['rule']).toMatchObject({ note: '## Look\n\n- $osquery_1 and\n- $osquery_0\n$osquery_2' });
  });

  test('that asks for more than can be read is refused', () => {
    const huge = { label: 'x'.repeat(10_000), query: 'y' };
    const text = `[rule]\nnote = "${'$osquery_0'.repeat(10_000)}"\n[[transform.osquery]]\nlabel = "${huge.label}"\nquery = "y"\n`;
    const outcome = elastic.read(text);
    expect(failsWith(outcome)).toEqual(['parse/too-large']);
    const { start, end } = outcome.diagnostics[0]!.span!;
    expect(text.slice(start, end)).toMatch(/^"\$osquery_0\$.*"$/);
  });
});

describe("a rule of Kibana's", () => {
  const rule = (more: JsonObject) =>
    `${JSON.stringify({ rule_id: 'r', type: 'query', language: 'kuery', query: 'a:b', name: 'N', ...more })}\n`;

  test.each(written)('has its guide back to the byte: %s', (plugin) => {
    for (const note of [
      plugin,
      `${plugin}$$ $osquery_0 \${investigate_0} ${plugin}\n\n## Setup\n\n${plugin}\n`,
    ]) {
      const toml = cast(rule({ note }), 'elastic');
      expect(kibanaNote(cast(toml, 'kibana'))).toBe(note);
      const bare = must(convert(rule({ note: plugin }), { to: 'elastic', carry: 'none' })).text;
      expect(kibanaNote(cast(bare, 'kibana'))).toBe(plugin);
    }
  });

  test('keeps another spelling of a plugin until the file says something else', () => {
    const note = '!{osquery{"query":"SELECT 1", "label":"One"}}';
    const toml = cast(rule({ note }), 'elastic');
    expect(parse(toml)).toMatchObject({
      metadata: { extended: { rulecast: { plugins: { osquery_0: note } } } },
      transform: { osquery: [{ label: 'One', query: 'SELECT 1' }] },
    });
    expect(kibanaNote(cast(toml.replace('label = "One"', 'label = "Two"'), 'kibana'))).toBe(
      '!{osquery{"label":"Two","query":"SELECT 1"}}',
    );
  });

  test('is told where a section of its guide will be a text of its own', () => {
    const kibana = rule({ note: 'A\n\n## Setup\n\nB' });
    const codesOf = (carry: 'none' | 'rest') =>
      must(convert(kibana, { to: 'elastic', carry })).rules[0]!.diagnostics.filter(
        ({ path }) => path === 'rule.note',
      );
    expect(codesOf('rest')).toEqual([]);
    expect(codesOf('none').map(({ code }) => code)).toEqual(['style/respelled']);
  });
});

describe('the section on setup', () => {
  const guide = '## Look\n\nHere.\n\n## Setup\n\nInstall $osquery_1.\n\n## Then\n\n$osquery_0\n';
  const own = fileWith(guide);

  test('is a text of its own elsewhere', () => {
    const { engine } = readFile(own);
    expect(engine).toMatchObject({
      note: `## Look\n\nHere.\n\n\n\n## Then\n\n${usersText}`,
      setup: `Install ${hostsText}.`,
    });
    expect(readFile(fileWith(guide, 'setup = ""')).engine).toMatchObject({ setup: '' });
    expect(noteOf(readFile(fileWith(guide, 'setup = "x"')))).toContain('## Setup');
  });

  test('comes home, edited or not', () => {
    expect(parse(cast(cast(own, 'kibana'), 'elastic'))).toEqual(parse(own));
    const { note, setup } = readFile(own).engine as { note: string; setup: string };
    expect(edited(own, { setup: setup.replace('Install', 'Start') })).toBe(own.replace('Install', 'Start'));
    expect(edited(own, { note: note.replace('Here', 'There') })).toBe(own.replace('Here', 'There'));
    expect(parse(edited(own, { note: 'All.' }))).toMatchObject({ rule: { note: 'All.', setup } });
    expect(parse(edited(own, { note: 'A\n\n## Then\n\nB', setup: 'x\n## y' }))).toMatchObject({
      rule: { note: 'A\n\n## Then\n\nB', setup: 'x\n## y' },
    });
  });

  test('is put back where it was cut out, or stays', () => {
    const parts = fc.constantFrom(
      '## Setup',
      '##  Setup \t',
      '\n## Then\n',
      '\n### More\n',
      '\n```\n',
      'Setup',
      'a',
      ' ',
      '\n',
      '\n\n',
      '\r\n',
    );
    const around = fc
      .tuple(textOf(parts), textOf(parts))
      .map(([before, behind]) => `${before}\n## Setup\n${behind}`);
    let count = 0;
    fc.assert(
      fc.property(fc.oneof(textOf(parts), around), (text) => {
        const parted = part(text);
        if (parted === undefined) return;
        count += 1;
        expect(join(parted)).toBe(text);
        expect(parted.setup).not.toBe('');
      }),
      { numRuns: 2000 },
    );
    expect(count).toBeGreaterThan(250);
    expect(part('## Setup\n\n### Empty\n\nText')).toBeUndefined();
  });
});

describe.skipIf(without)('every rule file with a [transform]', () => {
  const files = elasticFiles().filter(({ text }) => /^\[\[?transform/m.test(text));

  test('is there', () => {
    expect(files.length).toBeGreaterThanOrEqual(100);
  });

  test('has every plugin in its guide, once read, and nothing carried twice', () => {
    for (const { path, text } of files) {
      const { note, transform } = {
        ...(parse(text)['rule'] as { note: string }),
        ...parse(text),
      } as unknown as Template;
      const { guide, kept } = keep(template(note, transform));
      const count = Object.values(transform).flat().length;
      expect(pluginsIn(guide).length, path).toBe(
        count - Object.values(kept.transform).flat().filter(Boolean).length,
      );
      const { engine, carry } = readFile(text);
      expect(`${engine!['note']}${engine!['setup'] ?? ''}`, path).not.toMatch(
        new RegExp(
          Object.entries(transform)
            .flatMap(([key, list]) => (list as []).map((_, at) => `\\$\\{?${key}_${at}\\b`))
            .join('|'),
        ),
      );
      expect(JSON.stringify(carry['elastic'] ?? {}).length, path).toBeLessThan(1000);
    }
  });

  test('comes home from its guide alone, but for the order', () => {
    for (const { path, text } of files) {
      const { rule, transform } = parse(text) as unknown as { rule: { note: string }; transform: JsonObject };
      const { guide, kept } = keep(template(rule.note, transform));
      const again = lift(guide, kept, false);
      expect(again.note, path).toBe(rule.note);
      expect(again.transform, path).toEqual(transform);
      expect(render(lift(guide, { transform: {} }, false)), path).toBe(guide);
    }
  });

  test('changes in its note alone where the guide was edited, in one line where a plugin was', () => {
    for (const { path, text } of files) {
      const note = noteOf(readFile(text));
      const more = edited(text, { note: `Look closer. ${note}` });
      const { start, end } = placeOf(locate(text), '/rule/note');
      expect(more.slice(0, start), path).toBe(text.slice(0, start));
      expect(more.slice(end - text.length), path).toBe(text.slice(end));
      expect(parse(more)['transform'], path).toEqual(parse(text)['transform']);
      const lines = edited(text, { note: note.replace('"label":"', '"label":"New ') }).split('\n');
      const before = text.split('\n');
      expect(lines.length, path).toBe(before.length);
      const changed = lines.filter((line, index) => line !== before[index]);
      expect(changed, path).toEqual([expect.stringMatching(/^label = "New /)]);
    }
  });
});
