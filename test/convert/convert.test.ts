import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { convert, read } from '../../src/convert/convert.ts';
import type { ConvertOptions } from '../../src/convert/options.ts';
import type { JsonObject } from '../../src/rule/json.ts';
import { must } from '../support/laws.ts';

const eql = (query: string, more = '') => `[metadata]
creation_date = "2026/01/02"
updated_date = "2026/01/03"
maturity = "production"

[rule]
author = ["rulecast"]
description = "A rule for tests."
index = ["logs-endpoint.events.process-*"]
language = "eql"
name = "For Tests"
risk_score = 47
rule_id = "00000000-0000-4000-8000-000000000001"
severity = "medium"
tags = ["OS: Windows"]
type = "eql"
${more}
query = '''
${query}
'''
`;

const kuery = (query: string, more = '') =>
  eql(query, more)
    .replace('language = "eql"', 'language = "kuery"')
    .replace('type = "eql"', 'type = "query"');

const sigma = (
  detection: string,
  source = 'category: process_creation\n    product: windows',
) => `title: For Tests
id: 00000000-0000-4000-8000-000000000002
logsource:
    ${source}
detection:
${detection.replace(/^/gm, '    ')}
level: medium
`;

function only(text: string, options: ConvertOptions) {
  const { rules } = must(convert(text, options));
  expect(rules).toHaveLength(1);
  return rules[0]!;
}

const queryOf = (rule: ReturnType<typeof only>) => {
  const { detection } = rule.written.at(-1)!;
  return 'query' in detection ? detection.query?.text.trim() : undefined;
};

const windowsStart = 'process where host.os.type == "windows" and event.type == "start" and ';

/** No language of the target looks ahead. */
const ahead = "selection:\n    CommandLine|re: 'a(?=b)'\ncondition: selection";

describe('Sigma to EQL', () => {
  test.each([
    ["selection:\n    Image|endswith: '\\cmd.exe'\ncondition: selection", 'process.name : "cmd.exe"'],
    ["selection:\n    CommandLine|contains: 'a*b'\ncondition: selection", 'process.command_line : "*a*b*"'],
    ["selection:\n    CommandLine: 'a\\*b'\ncondition: selection", 'process.command_line in~ ("a*b")'],
    ["selection:\n    Image|cased: 'C:\\A'\ncondition: selection", 'process.executable == "C:\\\\A"'],
    [
      "selection:\n    CommandLine|re: '^a\\d'\ncondition: selection",
      'process.command_line regex "a[0-9].*"',
    ],
  ])('%s', (detection, query) => {
    const rule = only(sigma(detection), { to: 'elastic' });
    expect(queryOf(rule)).toBe(windowsStart + query);
    expect(rule.fidelity).toBe('equivalent');
  });

  test('what a log source implies is tested, and where it searches is said', () => {
    const rule = only(
      sigma('selection:\n    EventID: 4720\ncondition: selection', 'product: windows\n    service: security'),
      {
        to: 'kibana',
      },
    );
    expect(queryOf(rule)).toContain('winlog.channel == "Security"');
    expect(queryOf(rule)).toContain('event.code == "4720"');
    expect(rule.written[0]?.indices).toContain('logs-system.security*');
  });

  test('a search without a field is written in Lucene, which has one', () => {
    const rule = only(sigma("keywords:\n    - 'mimikatz'\ncondition: keywords"), { to: 'elastic' });
    expect(rule.fidelity).toBe('equivalent');
    expect(rule.text).toContain('language = "lucene"');
    expect(queryOf(rule)).toContain('mimikatz OR /.*[mM][iI]');
  });

  test('an expression that looks ahead is refused by its construct and place', () => {
    const rule = only(sigma(ahead), { to: 'elastic' });
    expect(rule).toMatchObject({
      fidelity: 'refused',
      text: '',
      diagnostics: [
        {
          code: 'loss/regex-flavour',
          message: expect.stringContaining('look-around, which is not translated (at its character 2)'),
        },
      ],
    });
    expect(rule.diagnostics[0]?.span).toBeDefined();
  });

  test('and left out where the user allows more to match', () => {
    const text = sigma("selection:\n    CommandLine|re: 'a(?=b)'\n    Image: 'x'\ncondition: selection");
    const rule = only(text, { to: 'elastic', allow: ['broader'] });
    // What was left out can not be matched here, so no event shows the difference.
    expect(rule).toMatchObject({ fidelity: 'approximate', proof: { relation: 'unknown' } });
    expect(queryOf(rule)).toBe(`${windowsStart}process.executable : "x"`);
  });

  test('or only carried, with a query in its place that finds nothing', () => {
    const text = sigma(ahead);
    const there = only(text, { to: 'elastic', allow: ['carried'] });
    expect(there.fidelity).toBe('carried');
    expect(queryOf(there)).toBe('any where false');
    expect(there.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'carry/query', effect: 'carried' }),
    );
    expect(there.diagnostics.every(({ message }) => !message.includes('not written'))).toBe(true);
    const back = only(there.text, { to: 'sigma' });
    expect(back.fidelity).toBe('identical');
    expect(queryOf(back)).toContain("'a(?=b)'");
    const edited = only(there.text.replace('any where false', 'process where true'), { to: 'sigma' });
    expect(edited.diagnostics).toContainEqual(expect.objectContaining({ code: 'carry/edited' }));
  });

  test('and refused all the same where nothing may be carried', () => {
    const text = sigma(ahead);
    const rule = only(text, { to: 'elastic', allow: ['carried'], carry: 'none' });
    expect(rule).toMatchObject({ fidelity: 'refused', text: '' });
    const asset = only(text, { to: 'kibana', allow: ['carried'], shape: 'asset' });
    expect(asset).toMatchObject({ fidelity: 'refused', text: '' });
  });

  test('a tag that is put in or taken out meanwhile stays so', () => {
    const text = sigma("selection:\n    Image: 'x'\ncondition: selection").replace(
      'level:',
      'tags:\n    - attack.t1059\n    - detection.threat-hunting\nlevel:',
    );
    const there = only(text, { to: 'elastic' }).text;
    const edited = there.replace(/(\n\[rule\][^]*?)"detection\.threat-hunting"/, '$1"cve.2024-1", "My Tag"');
    expect(edited).not.toBe(there);
    expect(only(edited, { to: 'sigma' }).written[0]?.tags).toEqual(['attack.t1059', 'cve.2024-1']);
    const back = only(only(edited, { to: 'sigma' }).text, { to: 'elastic' });
    expect(back.written[0]?.tags?.slice(-2)).toEqual(['cve.2024-1', 'My Tag']);
    expect(back.written[0]?.tags).toContain('OS: Windows');
  });

  test('a rule whose log source was changed searches where that is found', () => {
    const text = sigma(
      'selection:\n    EventID: 4720\ncondition: selection',
      'product: windows\n    service: security',
    );
    const there = only(text.replace(/$/, '\n'), { to: 'elastic' }).text;
    const custom = there.replace(/index = \[[^\]]*\]/, 'index = ["logs-system.security*"]');
    const home = only(custom, { to: 'sigma' }).text;
    const edited = only(home.replace('service: security', 'service: system'), { to: 'elastic' });
    expect(edited.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'carry/edited', path: 'index' }),
    );
    expect(edited.written[0]?.indices).toContain('logs-system.system*');
    const own = only(there.replace(/index = \[[^\]]*\]/, 'index = ["mine-*"]'), { to: 'sigma' }).text;
    const kept = only(own.replace('service: security', 'service: system'), { to: 'elastic' });
    expect(kept.written[0]?.indices).toEqual(['mine-*']);
  });

  test('a count keeps its time', () => {
    const text = `${sigma('selection:\n    EventID: 1\ncondition: selection').replace('level:', 'name: one\nlevel:')}---
title: Many
id: 00000000-0000-4000-8000-000000000009
correlation:
    type: event_count
    rules:
        - one
    group-by:
        - ComputerName
    timespan: 24h
    condition:
        gte: 200
level: low
`;
    const outcome = convert(text, { to: 'elastic' });
    const many = outcome.ok ? outcome.value.rules[1] : undefined;
    expect(many?.text).toContain('from = "now-1d"');
  });

  test('ATT&CK tags become a threat table, in the words of the version that Elastic uses', () => {
    const text = sigma("selection:\n    Image: 'x'\ncondition: selection").replace(
      'level:',
      'tags:\n    - attack.defense-impairment\n    - attack.t1685\n    - cve.2026-0001\nlevel:',
    );
    const [written] = only(text, { to: 'kibana' }).written;
    expect(written?.tags).toEqual([
      'Domain: Endpoint',
      'OS: Windows',
      'Use Case: Threat Detection',
      'Tactic: Defense Evasion',
      'Data Source: Elastic Defend',
      'cve.2026-0001',
    ]);
    expect(written?.threat).toMatchObject([
      {
        tactic: { id: 'TA0005', name: 'Defense Evasion' },
        techniques: [{ id: 'T1562', subtechniques: [{ id: 'T1562.001' }] }],
      },
    ]);
  });
});

describe('the days that a TOML file must have', () => {
  const line = JSON.stringify({ rule_id: 'a', name: 'a', type: 'query', language: 'kuery', query: 'a:b' });

  test('are made up where the rule says none, which is told, and go again', () => {
    const there = only(line, { to: 'elastic', today: '2026-02-03' });
    expect(there.text).toContain('creation_date = "2026/02/03"');
    expect(there.diagnostics.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['created', 'modified']),
    );
    const back = only(there.text, { to: 'kibana', today: '2026-09-09' });
    expect(only(back.text, { to: 'native' }).text).toBe(only(line, { to: 'native' }).text);
    expect(only(back.text, { to: 'elastic', today: '2026-02-03' }).text).toBe(there.text);
  });

  test('stay once somebody has made them his own', () => {
    const there = only(line, { to: 'elastic', today: '2026-02-03' }).text;
    const edited = there.replace('updated_date = "2026/02/03"', 'updated_date = "2026/05/06"');
    expect(only(edited, { to: 'kibana' }).written[0]).toMatchObject({ modified: '2026-05-06' });
  });
});

describe('exceptions beside a rule', () => {
  const text = readFileSync(
    join(import.meta.dirname, '../../rules/service-from-share/kibana.ndjson'),
    'utf8',
  );
  const filterIn = (text: string) =>
    must(read(text, { format: 'sigma' })).filters.map(({ body }) => body['filter'] as JsonObject);

  test('become Sigma filters for its id, and come home byte for byte', () => {
    const outcome = must(convert(text, { to: 'sigma' }));
    const [rule] = outcome.rules;
    expect(filterIn(outcome.text)).toMatchObject([
      { rules: [rule!.written[0]!.id], condition: 'not filter_main_details' },
    ]);
    expect(must(convert(outcome.text, { to: 'kibana' })).text).toBe(text);
  });

  test('are what the user says the condition means', () => {
    const there = must(convert(text, { to: 'sigma', filters: 'specification' })).text;
    expect(filterIn(there)).toMatchObject([{ condition: 'selection' }]);
    expect(must(convert(there, { to: 'kibana', filters: 'specification' })).text).toBe(text);
  });

  test('that are not in the file make the rule broader, and are named', () => {
    const [line] = text.split('\n');
    const rule = only(line!, { to: 'sigma' });
    expect(rule.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'loss/exceptions', effect: 'broader' }),
    );
    expect(only(line!, { to: 'sigma', strict: true }).fidelity).toBe('refused');
  });

  test.each<[string, ConvertOptions]>([
    ['a TOML file', { to: 'elastic' }],
    ['a prebuilt rule', { to: 'kibana', shape: 'asset' }],
    ['a saved object', { to: 'kibana', shape: 'saved-object' }],
    ['a request', { to: 'kibana', shape: 'api' }],
  ])('have no place in %s, and the rule is told so, once', (_, options) => {
    const { rules, companions } = must(convert(text, options));
    const told = rules[0]!.diagnostics.filter(({ code }) => code === 'loss/exceptions');
    expect(told).toMatchObject([{ effect: 'broader', span: { start: text.indexOf('\n') + 1 } }]);
    expect(rules[0]!.fidelity).toBe('broader');
    expect(companions.filters).toEqual([]);
  });
});

describe('the version of ATT&CK that is written', () => {
  const older = eql('process where process.name == "a"').replace(
    /$/,
    `
[[rule.threat]] # kept
framework = "MITRE ATT&CK"
[[rule.threat.technique]]
id = "T1070"
name = "Indicator Removal"
reference = "https://attack.mitre.org/techniques/T1070/"

[rule.threat.tactic]
id = "TA0005"
name = "Defense Evasion"
reference = "https://attack.mitre.org/tactics/TA0005/"
`,
  );

  test('is changed in place, and nothing else', () => {
    const newer = only(older, { to: 'elastic', attack: 19 });
    expect(newer.text).toBe(older.replace('"Defense Evasion"', '"Stealth"'));
    expect(only(newer.text, { to: 'elastic', attack: 18 }).text).toBe(older);
    expect(only(older, { to: 'elastic', attack: 18 }).text).toBe(older);
  });

  test('is what the user says in tags, and in tables', () => {
    expect(only(older, { to: 'sigma' }).text).toContain('attack.stealth');
    const tagged = only(older, { to: 'sigma', attack: 18 }).text;
    expect(tagged).toContain('attack.defense-evasion');
    expect(only(tagged, { to: 'kibana', attack: 19 }).text).toContain('"name":"Stealth"');
    expect(only(tagged, { to: 'elastic' }).text).toContain('name = "Defense Evasion"');
  });
});

describe('Elastic to Sigma', () => {
  test('where nothing is to travel, what stays behind is named', () => {
    const text = eql(`${windowsStart}process.name : "a.exe"`, 'note = "Look closely."');
    const { diagnostics, text: written } = only(text, { to: 'sigma', carry: 'none' });
    expect(written).not.toContain('rulecast:');
    const found = diagnostics.find(({ code }) => code === 'loss/carry');
    expect(found).toMatchObject({ effect: 'dropped' });
    expect(found?.message).toMatch(/riskScore.*indices.*engine/);
  });

  test('words of analysed text are looked for anywhere in it, which is approximate', () => {
    const query = 'event.category:process and powershell.file.script_block_text:"Mattifestation"';
    const rule = only(kuery(query).replace('logs-endpoint.events.process-*', 'logs-windows.powershell*'), {
      to: 'sigma',
    });
    expect(queryOf(rule)).toContain("ScriptBlockText|contains: 'Mattifestation'");
    expect(rule.fidelity).toBe('approximate');
  });

  test.each([
    ['process.name : "cmd.exe"', "Image|endswith: '\\cmd.exe'"],
    ['process.name == "Cmd.exe"', "Image|endswith|cased: '\\Cmd.exe'"],
    ['process.command_line : "*x*"', "CommandLine|contains: 'x'"],
    ['process.executable regex "a.*"', "Image|startswith|cased: 'a'"],
  ])('%s', (condition, key) => {
    const rule = only(eql(windowsStart + condition), { to: 'sigma' });
    expect(queryOf(rule)).toBe(`selection:\n    ${key}\ncondition: selection`);
    expect(rule.written[0]?.logSource).toEqual({ category: 'process_creation', product: 'windows' });
    expect(rule.fidelity).toBe('equivalent');
  });

  test('a known approximation is graded, and refused by --strict', () => {
    const text = eql(`${windowsStart}process.args : "-enc"`);
    expect(only(text, { to: 'sigma' })).toMatchObject({ fidelity: 'broader' });
    expect(only(text, { to: 'sigma', strict: true })).toMatchObject({ fidelity: 'refused', text: '' });
  });

  test('filters beside the query are part of it', () => {
    const filters =
      '\n[[rule.filters]]\n[rule.filters.meta]\nnegate = true\n[rule.filters.query.match_phrase]\n"user.id" = "S-1-5-18"\n';
    const text =
      kuery('host.os.type:windows and event.category:process and event.type:start and process.pid:4') +
      filters;
    expect(queryOf(only(text, { to: 'sigma' }))).toContain('not filter_main');
  });

  test('an array of steps becomes a correlation of one rule each', () => {
    const text = eql(`sequence by host.id with maxspan=5m
  [process where host.os.type == "windows" and event.type == "start"] by process.entity_id
  [network where host.os.type == "windows" and event.type == "start"] by process.parent.entity_id`);
    const { written, fidelity } = only(text, { to: 'sigma' });
    expect(fidelity).toBe('equivalent');
    expect(written).toHaveLength(3);
    expect(written[2]?.detection).toMatchObject({
      kind: 'correlation',
      type: 'temporal_ordered',
      timespan: '5m',
    });
  });

  test.each([
    ['with runs', '[any where true] with runs=3 [any where false]', 'loss/runs'],
    ['a missing event', '[any where true] ![any where false]', 'loss/missing-event'],
    ['until', '[any where true] [any where false] until [any where true]', 'loss/until'],
    ['a key that may be missing', '[any where true] by ?a [any where false] by ?b', 'loss/join-key'],
  ])('what Sigma has no words for is refused by its construct: %s', (_, steps, code) => {
    const rule = only(eql(`sequence by host.id with maxspan=5m ${steps}`), { to: 'sigma' });
    expect(rule.fidelity).toBe('refused');
    expect(rule.diagnostics.map((found) => found.code)).toContain(code);
  });

  test('one event over and over is a count, and comes back as one', () => {
    const query =
      'sequence by source.ip with maxspan=1m [authentication where event.outcome == "failure"] with runs=10';
    const rule = only(eql(query), { to: 'sigma' });
    expect(rule.written.at(-1)?.detection).toMatchObject({
      type: 'event_count',
      condition: { gte: 10 },
      timespan: '1m',
    });
  });

  test('a threshold is a count, too', () => {
    const threshold = '\n[rule.threshold]\nfield = ["source.ip"]\nvalue = 20\n';
    const text = kuery('event.category:authentication and event.outcome:failure').replace(
      'type = "query"',
      'type = "threshold"',
    );
    const rule = only(text + threshold, { to: 'sigma' });
    expect(rule.written.at(-1)?.detection).toMatchObject({ type: 'event_count', condition: { gte: 20 } });
  });
});

describe('what cannot be translated is carried or refused, and never lost', () => {
  const unreadable = eql('process where a == ').replace(/\n$/, '\n');

  test('a query that its target holds is never parsed', () => {
    expect(only(unreadable, { to: 'kibana' })).toMatchObject({ fidelity: 'identical' });
  });

  test('one that has to be translated is refused at its place', () => {
    const rule = only(unreadable, { to: 'sigma' });
    expect(rule).toMatchObject({ fidelity: 'refused', diagnostics: [{ code: 'parse/unexpected' }] });
    expect(unreadable.slice(0, rule.diagnostics[0]?.span?.start)).toMatch(/a == \n?$/);
  });

  test('one bad rule never costs the others', () => {
    const good = sigma("selection:\n    Image: 'x'\ncondition: selection");
    const bad = sigma(ahead).replace('0002', '0003');
    const { rules, text } = must(convert(`${good}---\n${bad}`, { to: 'kibana' }));
    expect(rules.map((rule) => rule.fidelity)).toEqual(['equivalent', 'refused']);
    expect(text).toContain('00000000-0000-4000-8000-000000000002');
  });

  test.each(['', '  \n', 'hello', '{', '[]', 'a: b', '\u0000'])(
    'text that holds no rules is an outcome: %j',
    (text) => {
      expect(convert(text, { to: 'sigma' })).toMatchObject({ ok: false });
    },
  );
});

describe('a circle comes home', () => {
  const text = eql(
    `${windowsStart}process.args : ("-enc", "/c*") and not process.name : "x*.exe"`,
    'from = "now-9m"\nmax_signals = 33',
  );

  test('through Sigma and Kibana, approximations and all', () => {
    const sigmaText = only(text, { to: 'sigma' }).text;
    const kibanaText = only(sigmaText, { to: 'kibana' }).text;
    const back = only(kibanaText, { to: 'elastic' });
    expect(queryOf(back)).toBe(queryOf(only(text, { to: 'elastic' })));
    expect(only(back.text, { to: 'native' }).text).toBe(only(text, { to: 'native' }).text);
  });

  test.each([
    ['nothing', (rule: string) => rule.replace(/^tags = .*\n/m, '')],
    ['empty tags', (rule: string) => rule.replace(/^tags = .*$/m, 'tags = []')],
    ['empty tags and threats', (rule: string) => rule.replace(/^tags = .*$/m, 'tags = []\nthreat = []')],
    ['an empty list of threats', (rule: string) => rule.replace(/^tags = /m, 'threat = []\ntags = ')],
  ])('%s said is %s, and nothing else', (_, change) => {
    const there = change(text);
    const sigmaText = only(there, { to: 'sigma' }).text;
    const back = only(only(sigmaText, { to: 'kibana' }).text, { to: 'elastic' });
    expect(only(back.text, { to: 'native' }).text).toBe(only(there, { to: 'native' }).text);
  });

  test('an edited translation stays edited, and says so', () => {
    const sigmaText = only(text, { to: 'sigma' }).text.replace('-enc', '-encoded');
    const back = only(sigmaText, { to: 'elastic' });
    expect(queryOf(back)).toContain('-encoded');
    expect(back.diagnostics.map((found) => found.code)).toContain('carry/edited');
  });

  test('nothing travels where the user wants it so', () => {
    const { text: sigmaText } = only(text, { to: 'sigma', carry: 'none' });
    expect(sigmaText).not.toContain('rulecast:');
  });

  test('the file itself comes home where it was carried whole', () => {
    const there = `# written by hand\n${sigma("selection:\n    Image|endswith: '\\a.exe' # kept\ncondition: selection")}# the end\n`;
    const { text: toml } = only(there, { to: 'elastic', carry: 'text' });
    expect(only(toml, { to: 'sigma' }).text).toBe(there);
    const { text: kibana } = only(toml, { to: 'kibana', carry: 'text' });
    expect(only(kibana, { to: 'sigma' }).text).toBe(there);
  });

  test('a file is too long for all of its rules to carry it, and is told of', () => {
    const rule = (id: number) =>
      JSON.stringify({
        rule_id: `many-${id}`,
        name: 'Many',
        description: 'x'.repeat(200_000),
        risk_score: 21,
        severity: 'low',
        type: 'query',
        language: 'kuery',
        query: 'a: b',
      });
    const many = Array.from({ length: 20 }, (_, id) => rule(id)).join('\n');
    const outcome = convert(many, { to: 'sigma', carry: 'text', prove: false });
    expect(outcome.ok).toBe(false);
    expect(outcome.diagnostics.map(({ code }) => code)).toContain('read/too-large');
  });

  test('the file travels on where the rule is translated, and is told of where it stays behind', () => {
    const there = `# by hand\n${text}`;
    const { text: kibana } = only(there, { to: 'kibana', carry: 'text' });
    const { text: sigmaText } = only(kibana, { to: 'sigma' });
    expect(only(sigmaText, { to: 'elastic' }).text).toBe(there);
    const bare = only(kibana, { to: 'sigma', carry: 'none' });
    expect(bare.diagnostics.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('the original file'),
    );
    expect(bare.text).not.toContain('by hand');
  });

  test.each([
    ['', (text: string) => text],
    [' with empty tags', (text: string) => text.replace('logsource:', 'tags: []\nlogsource:')],
  ])('Sigma comes home without a trace of the way%s', (_, change) => {
    const there = change(sigma("selection:\n    Image|endswith: '\\a.exe' # kept\ncondition: selection"));
    const back = only(only(there, { to: 'elastic' }).text, { to: 'sigma' });
    expect(back.text).toBe(there);
  });
});

test('correlations take the rules they name with them', () => {
  const base = sigma(
    'selection:\n    EventID: 4625\ncondition: selection',
    'product: windows\n    service: security',
  ).replace('id:', 'name: failed\nid:');
  const correlation = `title: Many
id: 00000000-0000-4000-8000-000000000009
correlation:
    type: event_count
    rules:
        - failed
    group-by:
        - IpAddress
    timespan: 5m
    condition:
        gte: 10
level: high
`;
  const { rules } = must(convert(`${base}---\n${correlation}`, { to: 'elastic' }));
  expect(rules.map(({ title, fidelity, text }) => [title, fidelity, text !== ''])).toEqual([
    ['For Tests', 'equivalent', false],
    ['Many', 'equivalent', true],
  ]);
  expect(queryOf(rules[1]!)).toContain('with runs=10');
  const exact = correlation.replace('gte: 10', 'eq: 10');
  const refused = must(convert(`${base}---\n${exact}`, { to: 'elastic' }));
  expect(refused.rules.map(({ fidelity }) => fidelity)).toEqual(['refused', 'refused']);
  expect(refused.text).toBe('');
  expect(only(correlation, { to: 'elastic' })).toMatchObject({
    fidelity: 'refused',
    diagnostics: [{ code: 'schema/unknown-reference' }],
  });
});

test('a day that the target wants is handed in, or taken from the other, and told of', () => {
  const text = sigma("selection:\n    Image: 'x'\ncondition: selection");
  const undated = only(text, { to: 'elastic', today: '2026-03-04' });
  expect(undated.text).toContain('creation_date = "2026/03/04"\n');
  expect(undated.diagnostics.map((found) => found.code)).toContain('style/default');
  expect(only(undated.text, { to: 'sigma' }).text).toBe(text);
  const dated = only(text.replace('level:', 'date: 2025-01-02\nlevel:'), {
    to: 'elastic',
    today: '2026-03-04',
  });
  expect(dated.text).toContain('updated_date = "2025/01/02"\n');
});

test('what travels beside the rules is kept where there is a place for it, and told of where there is none', () => {
  const line = JSON.parse(
    only(eql(`${windowsStart}process.pid == 4`), { to: 'kibana' }).text.split('\n')[0]!,
  );
  const list = { list_id: 'l', name: 'l', description: 'l', type: 'detection', namespace_type: 'single' };
  const text = `${JSON.stringify(line)}\n${JSON.stringify(list)}\n`;
  expect(convert(text, { to: 'elastic' }).diagnostics.map((found) => found.code)).toContain(
    'loss/exceptions',
  );
  expect(must(convert(text, { to: 'native' })).text).toContain('"list_id"');
});

test('what a shape has no place for lowers the grade', () => {
  const text = eql(`${windowsStart}process.pid == 4`);
  expect(only(text, { to: 'kibana' }).fidelity).toBe('identical');
  const asset = only(text, { to: 'kibana', shape: 'asset' });
  expect(asset.fidelity).toBe('equivalent');
  expect(asset.diagnostics).toContainEqual(
    expect.objectContaining({ code: 'loss/carry', effect: 'dropped' }),
  );
});

test('the same input gives the same output', () => {
  const text = eql(`${windowsStart}process.args : "-enc"`);
  expect(only(text, { to: 'sigma' }).text).toBe(only(text, { to: 'sigma' }).text);
});
