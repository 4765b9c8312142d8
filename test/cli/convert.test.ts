import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runIn, runLineIn } from '../support/command.ts';

const rules = join(import.meta.dirname, '../../rules');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rulecast-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function rulecast(args: readonly string[], input = '') {
  return runIn(folder, args, input);
}

const sigma = (query: string, id = '1') => `title: A Rule
id: 00000000-0000-4000-8000-00000000000${id}
logsource:
    category: process_creation
    product: windows
detection:
    ${query}
    condition: selection
level: low
`;
const good = sigma("selection:\n        Image|endswith: '\\a.exe'");
const bad = sigma("selection:\n        CommandLine|re: 'a(?=b)'", '2');

describe('convert', () => {
  test('reads standard input and writes standard output', () => {
    const { status, stdout, stderr } = rulecast(['convert', '--to', 'elastic'], good);
    expect(status).toBe(0);
    expect(stdout).toContain('process.name : "a.exe"');
    expect(stderr).toContain('1 rule: 1 equivalent.');
  });

  test('--derive says what a rule needs, and is refused where no rule can', () => {
    const { stdout } = rulecast(['convert', '--to', 'kibana', '--derive'], good);
    const rule = JSON.parse(stdout.split('\n')[0]!);
    expect(rule.required_fields).toContainEqual({ name: 'process.name', type: 'keyword', ecs: true });
    expect(rule.related_integrations).toContainEqual({ package: 'endpoint', version: '*' });
    const { status, stderr } = rulecast(['convert', '--to', 'sigma', '--derive'], good);
    expect(status).toBe(2);
    expect(stderr).toContain('--derive is for rules of elastic and kibana');
  });

  test('something refused is exit code 1, and the rest is written', () => {
    mkdirSync(join(folder, 'in/deep'), { recursive: true });
    writeFileSync(join(folder, 'in/deep/good.yml'), good);
    writeFileSync(join(folder, 'in/bad.yml'), bad);
    const { status, stderr } = rulecast(['convert', 'in', '--to', 'elastic', '--out', 'out']);
    expect(status).toBe(1);
    expect(readdirSync(join(folder, 'out'), { recursive: true })).toEqual(
      expect.arrayContaining(['deep/good.toml']),
    );
    expect(existsSync(join(folder, 'out/bad.toml'))).toBe(false);
    expect(stderr).toMatch(/bad\.yml:8:\d+: warning: .* \[loss\/regex-flavour\]/);
  });

  test('--json is one object a rule and the totals last', () => {
    const { stdout } = rulecast(['convert', 'in', '--to', 'kibana', '--json', '--out', 'k']);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatchObject({
      path: 'in/bad.yml',
      fidelity: 'refused',
      text: '',
      diagnostics: [{ line: 8 }],
    });
    expect(lines[1]).toMatchObject({
      path: 'in/deep/good.yml',
      fidelity: 'equivalent',
      out: 'k/deep/good.ndjson',
    });
    expect(lines[2].summary).toMatchObject({ rules: 2, equivalent: 1, refused: 1, failed: 0 });
  });

  test('many rules into one file that Kibana imports', () => {
    writeFileSync(join(folder, 'in/other.yml'), good.replace('00001', '00003'));
    rulecast(['convert', 'in', '--to', 'kibana', '--out', 'all.ndjson']);
    const lines = readFileSync(join(folder, 'all.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(3);
    expect(lines.at(-1)).toMatchObject({ exported_rules_count: 2 });
  });

  test('what travels beside rules comes along into one file', () => {
    mkdirSync(join(folder, 'beside'));
    const list = { list_id: 'l', type: 'detection', name: 'L', description: 'A list' };
    const item = {
      list_id: 'l',
      item_id: 'i',
      type: 'simple',
      name: 'I',
      description: 'An item',
      entries: [],
    };
    const exported = [
      JSON.parse(rulecast(['convert', '--to', 'kibana'], good).stdout.split('\n')[0]!),
      list,
      item,
    ];
    writeFileSync(
      join(folder, 'beside/a.ndjson'),
      exported.map((line) => `${JSON.stringify(line)}\n`).join(''),
    );
    writeFileSync(join(folder, 'beside/b.yml'), good.replace('00001', '00004'));
    const { stdout } = rulecast(['convert', 'beside', '--to', 'kibana']);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.slice(2, 4)).toEqual([list, item]);
    expect(lines.at(-1)).toMatchObject({ exported_rules_count: 2, exported_exception_list_item_count: 1 });
  });

  test('what may be lost is said once or often, before paths or behind them', () => {
    writeFileSync(join(folder, 'keyword.yml'), bad);
    const ways = [
      ['--allow', 'broader,carried', 'keyword.yml'],
      ['--allow', 'broader', '--allow', 'carried', 'keyword.yml'],
      ['keyword.yml', '--allow', 'broader', '--allow=carried'],
    ];
    const outcomes = ways.map((way) => rulecast(['convert', '--to', 'elastic', ...way]));
    expect(outcomes.map(({ status }) => status)).toEqual([0, 0, 0]);
    expect(new Set(outcomes.map(({ stdout }) => stdout)).size).toBe(1);
  });

  test('a pattern names files', () => {
    expect(rulecast(['convert', 'in/**/g*.yml', '--to', 'elastic']).stderr).toContain(
      '1 rule: 1 equivalent.',
    );
    expect(rulecast(['convert', 'in/{bad,nothing}.yml', '--to', 'elastic']).stderr).toContain('1 refused');
  });

  test('from a format into itself keeps every byte', () => {
    const text = `${good}# the end`;
    expect(rulecast(['convert', '--to', 'sigma'], text).stdout).toBe(text);
  });

  test('two files with the same id are both written, and that is said', () => {
    mkdirSync(join(folder, 'twins'));
    writeFileSync(join(folder, 'twins/a.yml'), good);
    writeFileSync(join(folder, 'twins/b.yml'), `${good}---\n${good}`);
    const { status, stderr } = rulecast(['convert', 'twins', '--to', 'elastic', '--out', 'twins-out']);
    expect(status).toBe(0);
    expect(stderr).toContain('twins/b.yml:2:5: warning: twins/a.yml:2:5 has a rule with the id');
    expect(stderr).toContain('twins/b.yml:13:5: warning: The rule at 2:5 has the id');
    expect(readdirSync(join(folder, 'twins-out'))).toEqual(['a.toml', 'b.1.toml', 'b.2.toml']);
  });

  test('with --json both places of an id that two rules have are data', () => {
    const { stdout } = rulecast(['convert', 'twins', '--to', 'elastic', '--json']);
    const [a, first, second] = stdout.split('\n').map((line) => JSON.parse(line || '{}'));
    const twinsOf = ({ diagnostics }: typeof a) =>
      diagnostics.filter(({ code }: { code: string }) => code === 'schema/duplicate-id');
    expect(twinsOf(a)).toEqual([]);
    const also = { path: 'twins/a.yml', line: 2, column: 5 };
    expect(twinsOf(first)).toMatchObject([{ path: 'twins/b.yml', line: 2, column: 5, also }]);
    expect(twinsOf(second)).toMatchObject([
      { line: 13, also: { path: 'twins/b.yml', line: 2, column: 5 } },
      { line: 13, also },
    ]);
  });

  test('copies get ids that follow from theirs, and what refers to them in other files follows', () => {
    mkdirSync(join(folder, 'copied'));
    writeFileSync(join(folder, 'copied/z.yml'), good);
    const id = '00000000-0000-4000-8000-000000000001';
    const filter = `title: F\nlogsource:\n    product: windows\nfilter:\n    rules:\n        - ${id}\n    s:\n        User: x\n    condition: not s\n`;
    writeFileSync(join(folder, 'copied/a.yml'), filter);
    const copies = (ids: string) => {
      const { status } = rulecast(['convert', 'copied', '--to', 'sigma', '--id', ids, '--out', ids]);
      expect(status).toBe(0);
      const [a, z] = ['a.yml', 'z.yml'].map((name) => readFileSync(join(folder, ids, name), 'utf8'));
      const copy = /^id: (.*)$/m.exec(z!)![1]!;
      expect(z).toBe(
        good.replace(`id: ${id}\n`, `id: ${copy}\nrelated:\n    - id: ${id}\n      type: derived\n`),
      );
      expect(a).toBe(filter.replace(id, copy));
      return copy;
    };
    expect(copies('derive')).toBe(copies('derive'));
    expect(copies('derive')).not.toBe(id);
    expect(copies('new')).not.toBe(copies('new'));
    expect(rulecast(['convert', 'copied', '--to', 'sigma', '--id', 'other']).status).toBe(2);
    const { stderr } = rulecast(['convert', 'copied', '--to', 'sigma', '--id', 'derive', '--verbose']);
    expect(stderr).toContain(`note: What had the id ${id} is written with the id`);
  });

  test('files that hold only filters stay as they are', () => {
    rulecast(['convert', 'copied', '--to', 'sigma', '--out', 'stayed']);
    for (const name of ['a.yml', 'z.yml']) {
      const text = readFileSync(join(folder, 'copied', name), 'utf8');
      expect(readFileSync(join(folder, 'stayed', name), 'utf8')).toBe(text);
    }
  });

  test('an id that the target does not take gives way to one that follows from it, and comes home', () => {
    const line = JSON.stringify({
      rule_id: 'My rule',
      name: 'a',
      type: 'query',
      language: 'kuery',
      query: 'a:b',
    });
    const { status, stdout, stderr } = rulecast(['convert', '--to', 'elastic'], line);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^rule_id = "[0-9a-f-]{36}"$/m);
    expect(stderr).toMatch(/warning: .*"My rule" is none; [0-9a-f-]{36}.* \[write\/unusual-id\]/);
    expect(stderr).toContain('1 identical');
    expect(rulecast(['convert', '--to', 'kibana'], stdout).stdout).toContain('"rule_id":"My rule"');
    expect(rulecast(['convert', '--to', 'elastic', '--id', 'derive'], line).stderr).not.toContain('unusual');
    const bare = line.replace('"rule_id":"My rule",', '');
    expect(rulecast(['convert', '--to', 'elastic', '-v'], bare).stderr).toContain('convert/derived-id');
  });

  test('an input is never written over by what became of another', () => {
    mkdirSync(join(folder, 'both'));
    writeFileSync(join(folder, 'both/x.toml'), rulecast(['convert', '--to', 'elastic'], good).stdout);
    const other = good.replace('A Rule', 'Another').replace('00001', '00005');
    writeFileSync(join(folder, 'both/x.yml'), other);
    rulecast(['convert', 'both', '--to', 'sigma', '--out', 'both']);
    expect(readdirSync(join(folder, 'both'))).toEqual(['x-2.yml', 'x.toml', 'x.yml']);
    expect(readFileSync(join(folder, 'both/x.yml'), 'utf8')).toBe(other);
  });

  test('a file that says the same already is left alone', () => {
    writeFileSync(join(folder, 'same.yml'), good);
    const args = ['convert', 'same.yml', '--to', 'elastic', '--out', 'same'];
    rulecast(args);
    const path = join(folder, 'same/same.toml');
    const text = readFileSync(path, 'utf8');
    const before = statSync(path).ino;
    rulecast(args);
    expect(statSync(path).ino).toBe(before);
    writeFileSync(path, text.replace('a.exe', 'b.exe'));
    rulecast(args);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  test.skipIf(!existsSync('/dev/full'))('a device is written into, and stays what it is', () => {
    symlinkSync('/dev/null', join(folder, 'sink.toml'));
    symlinkSync('/dev/full', join(folder, 'full.toml'));
    const sink = rulecast(['convert', '--to', 'elastic', '--out', 'sink.toml'], good);
    expect(sink.status).toBe(0);
    const full = rulecast(['convert', '--to', 'elastic', '--out', 'full.toml'], good);
    expect([full.status, full.stderr]).toEqual([1, expect.stringContaining('write/failed')]);
    expect(['sink.toml', 'full.toml'].map((name) => lstatSync(join(folder, name)).isSymbolicLink())).toEqual([
      true,
      true,
    ]);
  });

  test('a file stays as it is where nothing was written, or more than it can hold', () => {
    const target = join(folder, 'kept.toml');
    writeFileSync(target, 'precious');
    expect(rulecast(['convert', '--to', 'elastic', '--out', target], bad).status).toBe(1);
    const twice = rulecast(['convert', '--to', 'elastic', '--out', target], `${good}---\n${good}`);
    expect(twice.stderr).toContain('there are 2 rules');
    expect(twice.status).toBe(2);
    expect(readFileSync(target, 'utf8')).toBe('precious');
  });

  test('whoever reads may stop reading', () => {
    const command =
      'for i in $(seq 300); do cp in/deep/good.yml pipe/$i.yml; done; rulecast convert pipe --to elastic --json | head -1';
    mkdirSync(join(folder, 'pipe'));
    const { stdout, stderr } = runLineIn(folder, command);
    expect(stdout.split('\n')).toHaveLength(2);
    expect(stderr).not.toContain('EPIPE');
  });

  test('files of no known format are passed over in a folder, and failed where they are named', () => {
    mkdirSync(join(folder, 'mixed'));
    writeFileSync(join(folder, 'mixed/other.yml'), 'name: a workflow\non: push\n');
    writeFileSync(join(folder, 'mixed/rule.yml'), good);
    expect(rulecast(['convert', 'mixed', '--to', 'elastic']).stderr).toContain(
      '1 file of no known format passed over',
    );
    expect(rulecast(['convert', 'mixed/other.yml', '--to', 'elastic'])).toMatchObject({ status: 2 });
  });

  test('bytes that are no text cost their own file alone', () => {
    mkdirSync(join(folder, 'bytes'));
    writeFileSync(join(folder, 'bytes/latin1.yml'), Buffer.from([0x74, 0xe9, 0xff]));
    writeFileSync(join(folder, 'bytes/rule.yml'), good);
    const { status, stderr } = rulecast(['convert', 'bytes', '--to', 'elastic']);
    expect(status).toBe(1);
    expect(stderr).toContain('read/not-utf8');
    expect(stderr).toContain('1 equivalent, 1 failed');
  });

  test('links are not followed on the way through a folder', () => {
    mkdirSync(join(folder, 'links'));
    writeFileSync(join(folder, 'links/rule.yml'), good);
    symlinkSync(folder, join(folder, 'links/up'));
    expect(rulecast(['convert', 'links', '--to', 'elastic']).stderr).toContain('1 rule:');
  });

  test.each([
    [['convert', 'nowhere', '--to', 'sigma'], 'There is nothing at nowhere'],
    [['convert', '--to', 'sigmaa'], 'sigma'],
    [['convert', 'in'], '--to'],
    [['convert', 'in', '--to', 'elastic', '--allow', 'all'], '--allow knows'],
    [['convert', 'in', '--to', 'elastic', '--out', 'one.toml'], 'holds one rule'],
    [['convert', 'in', '--to', 'elastic', '--out', 'one.yml'], 'files of sigma'],
    [['convert', 'in', '--to', 'elastic', '--to', 'kibana'], '--to is said 2 times'],
    [['convert', 'in', '--to', 'elastic', '--shape', 'asset'], 'The shapes of elastic are rule'],
    [['convert', 'in', '--to', 'sigma', '--language', 'eql'], 'Rules of sigma hold sigma'],
    [['convert', 'in', '-', '--to', 'sigma'], 'stands alone'],
    [['convret', 'in'], 'convert'],
    [[], 'Say what to do'],
  ])('wrong usage is exit code 2 and says what is right: %j', (args, hint) => {
    const { status, stderr } = rulecast(args, good);
    expect(status).toBe(2);
    expect(stderr).toContain(hint);
  });

  // The second number is beyond what is written without a thread.
  test.each([3, 160])('of %i files, one that can not be written costs no other', (count) => {
    const [source, target] = [join(folder, `many${count}`), join(folder, `written${count}`)];
    mkdirSync(source);
    for (let index = 1; index <= count; index += 1) {
      writeFileSync(join(source, `${index}.yml`), good.replace('title: A Rule', `title: Rule ${index}`));
    }
    mkdirSync(join(target, `${count}.toml`, 'in the way'), { recursive: true });
    const { status, stdout, stderr } = rulecast([
      'convert',
      source,
      '--to',
      'elastic',
      '--out',
      target,
      '--json',
    ]);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      new RegExp(`${count}\\.toml: error: The file could not be written: .* \\[write/failed\\]`),
    );
    expect(JSON.parse(stdout.trim().split('\n').at(-1)!).summary).toMatchObject({
      rules: count,
      unwritten: 1,
    });
    const written = readdirSync(target);
    expect(written).toHaveLength(count);
    expect(written.filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(readFileSync(join(target, '1.toml'), 'utf8')).toContain('name = "Rule 1"');
    expect(readFileSync(join(target, `${count - 1}.toml`), 'utf8')).toContain(`name = "Rule ${count - 1}"`);
  });

  test('no colours where there is no terminal', () => {
    expect(rulecast(['convert', '--to', 'elastic'], bad).stderr).not.toContain('\u001b');
  });
});

describe('inspect and list', () => {
  const rule = join(rules, 'shell-after-connection/elastic.toml');

  test.each(['tokens', 'query', 'rule', 'mapping'])('%s can be looked at', (stage) => {
    const { status, stdout } = rulecast(['inspect', stage, rule, '--json']);
    expect(status).toBe(0);
    expect(() => JSON.parse(stdout)).not.toThrow();
  });

  test.each(['formats', 'languages', 'mappings', 'codes'])('there is a list of %s', (topic) => {
    expect(rulecast(['list', topic]).stdout.split('\n').length).toBeGreaterThan(2);
    expect(JSON.parse(rulecast(['list', topic, '--json']).stdout).length).toBeGreaterThan(2);
  });
});

describe('--stack', () => {
  const line = {
    rule_id: '0a1b2c3d-0000-4000-8000-00000000000a',
    name: 'Kettle',
    description: 'Calls home.',
    risk_score: 1,
    severity: 'low',
    author: [],
  };
  const eql = { ...line, type: 'eql', language: 'eql', query: 'any where true', setup: 'Plug it in.' };
  const esql = { ...line, rule_id: 'b', type: 'esql', language: 'esql', query: 'from logs-*' };

  test('writes one file of what the stack has, and refuses the rest by name', () => {
    writeFileSync(join(folder, 'a.json'), JSON.stringify(eql));
    writeFileSync(join(folder, 'b.json'), JSON.stringify(esql));
    const command = [
      'convert',
      'a.json',
      'b.json',
      '--to',
      'kibana',
      '--stack',
      '8.2',
      '--out',
      'all.ndjson',
    ];
    const { status, stderr } = rulecast(command);
    expect(status).toBe(1);
    expect(stderr).toContain('8.2 has no rules of type esql, which came with 8.11');
    expect(stderr).toContain('8.2 does not have setup, which came with 8.3');
    const written = readFileSync(join(folder, 'all.ndjson'), 'utf8').trimEnd().split('\n');
    expect(written.map((text) => JSON.parse(text).setup)).toEqual([undefined, undefined]);
    expect(written).toHaveLength(2);
    expect(rulecast(['check', 'all.ndjson', '--stack', '8.2']).status).toBe(0);
    expect(rulecast(['convert', 'a.json', '--to', 'kibana', '--stack', '8.2.1.0']).status).toBe(2);
  });
});

describe('check', () => {
  test('tells each fault once, at its place, and nothing of what is sound', () => {
    writeFileSync(join(folder, 'sound.yml'), good);
    writeFileSync(join(folder, 'faulty.yml'), good.replace('level: low', 'level: lowish'));
    expect(rulecast(['check', 'sound.yml'])).toMatchObject({ status: 0, stderr: '1 file: no faults.\n' });
    const { status, stderr } = rulecast(['check', 'sound.yml', 'faulty.yml']);
    expect(status).toBe(1);
    expect(stderr).toContain('faulty.yml:10:1: error: level should be');
    expect(stderr).toContain('2 files: 1 fault.');
  });

  test('--json is one object a rule, and the totals last', () => {
    const other = good.replace(/^title: .*$/m, 'title: Another').replace(/^id: .*$/m, '');
    const faulty = good.replace('level: low', 'level: lowish');
    writeFileSync(join(folder, 'faulty.yml'), `${faulty}---\n${other}---\ntitle: [\n`);
    const { stdout } = rulecast(['check', 'faulty.yml', '--json']);
    const [first, second, rest, summary] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(first).toMatchObject({
      path: 'faulty.yml',
      diagnostics: [{ code: 'schema/bad-value', line: 10 }],
    });
    expect(first.title).toBeDefined();
    expect(second).toEqual({ path: 'faulty.yml', title: 'Another', diagnostics: [] });
    expect(Object.keys(rest)).toEqual(['path', 'diagnostics']);
    expect(rest.diagnostics).not.toEqual([]);
    expect(summary).toEqual({ summary: { files: 1, findings: 1 + rest.diagnostics.length, ignored: 0 } });
  });

  test('wrong usage is told as such', () => {
    expect(rulecast(['check', 'nowhere']).status).toBe(2);
    const { status, stderr } = rulecast(['check', 'sound.yml', '--stack', 'new']);
    expect(status).toBe(2);
    expect(stderr).toContain('--stack is a version');
  });
});
