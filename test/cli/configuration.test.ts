import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

import { commands } from '../../src/cli/commands.ts';
import { takeConfiguration } from '../../src/cli/configured.ts';
import { everywhere, shared } from '../../src/cli/everywhere.ts';
import { type Flags, settingsOf } from '../../src/cli/flags.ts';
import { configurationSchema, layoutOf } from '../../src/cli/layout.ts';
import { run } from '../../src/cli/run.ts';
import { inputFiles } from '../../src/node/files.ts';
import { readSettings } from '../../src/settings/read.ts';

const root = join(import.meta.dirname, '../..');
const rule = join(root, 'rules/archive-with-password/elastic.toml');

let folder = '';
let told = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rulecast-'));
  told = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = 0;
  rmSync(folder, { recursive: true, force: true });
});

const put = (name: string, text: string | Buffer) => writeFileSync(join(folder, name), text);

/** What a command comes to have, if these options are said and the rest is in a file. */
function taken(line: string, said: Readonly<Record<string, unknown>> = {}, working = folder) {
  const parsed: Record<string, unknown> = { _: [line], paths: [], ...said };
  const from = takeConfiguration(parsed, (option) => Object.hasOwn(said, option), commands, working);
  return { parsed, options: from?.options };
}

describe('a configuration', () => {
  test('is found in the folder or above, and the nearest counts', () => {
    mkdirSync(join(folder, 'a/b'), { recursive: true });
    put('rulecast.config.yaml', 'convert: {to: sigma}');
    expect(taken('convert', {}, join(folder, 'a/b')).parsed['to']).toBe('sigma');
    put('a/rulecast.config.json', '{"convert": {"to": "kibana"}}');
    expect(taken('convert', {}, join(folder, 'a/b')).parsed['to']).toBe('kibana');
    expect(taken('convert', {}, folder).parsed['to']).toBe('sigma');
  });

  test('stands alone in its folder', () => {
    put('rulecast.config.yaml', '');
    put('rulecast.config.yml', '');
    expect(() => taken('check')).toThrow(/rulecast\.config\.yaml and rulecast\.config\.yml/);
  });

  test('is another where one is named, and none where that is said', () => {
    put('rulecast.config.yaml', 'convert: {to: sigma}');
    put('other.json', '{"convert": {"to": "native"}}');
    expect(taken('convert', { config: 'other.json' }).parsed['to']).toBe('native');
    expect(taken('convert', { config: false }).options).toBeUndefined();
    expect(() => taken('convert', { config: 'none.yaml' })).toThrow(/none\.yaml/);
    expect(() => taken('convert', { config: [false, 'x'] })).toThrow(/--no-config/);
  });

  test('gives way to the command line, lists whole', () => {
    put('rulecast.config.yaml', 'mapping: [a.yaml, b.yaml]\nconvert: {to: sigma, strict: true}');
    const { parsed, options } = taken('convert', { to: 'kibana', mapping: ['c.yaml'] });
    expect(parsed).toMatchObject({ to: 'kibana', mapping: ['c.yaml'], strict: true });
    expect(options).toEqual(['strict']);
  });

  test('says for a command more than for all, and for others nothing', () => {
    put(
      'rulecast.config.yaml',
      'mapping: a.yaml\nstack: 8.10\nconvert: {mapping: b.yaml}\nmatch: {events: e}',
    );
    expect(taken('convert').parsed).toMatchObject({ mapping: ['b.yaml'], stack: '8.10' });
    expect(taken('compare').parsed).toMatchObject({ mapping: ['a.yaml'] });
    expect(taken('compare').options).toEqual(['mapping']);
  });

  test('has paths from its own folder, and words that are none', () => {
    mkdirSync(join(folder, 'a'));
    const report = '[github, markdown=out/x, l.html]';
    put(
      'rulecast.config.yaml',
      `types: [a=ip, t.json]\nconvert: {report: ${report}, filter: /f.yml}\ncheck: {fields: ecs}`,
    );
    expect(taken('convert', {}, join(folder, 'a')).parsed).toMatchObject({
      report: ['github', 'markdown=../out/x', '../l.html'],
      filter: ['/f.yml'],
    });
    expect(taken('match', {}, join(folder, 'a')).parsed['types']).toEqual(['a=ip', '../t.json']);
    expect(taken('check', {}, join(folder, 'a')).parsed['fields']).toEqual(['ecs']);
  });

  test('is passed over where this run has no use for what it says', () => {
    put(
      'rulecast.config.yaml',
      'mapping: a.yaml\nconvert: {to: kibana, derive: true, language: eql, shape: api}',
    );
    const { parsed, options } = taken('convert', { to: 'sigma' });
    expect(parsed).toMatchObject({ derive: false, language: undefined, shape: undefined });
    expect(options).toEqual(['mapping']);
    expect(taken('convert', { to: 'elastic' }).parsed).toMatchObject({ derive: true, language: 'eql' });
    for (const command of ['check', 'inspect', 'list']) expect(taken(command).options).toEqual([]);
    expect(taken('list', { topic: 'mappings' }).options).toEqual(['mapping']);
  });

  test('has no events where examples are asked for, and no query where rules are', () => {
    put('rulecast.config.yaml', 'match: {events: e.ndjson, query: "a: b", language: kql}');
    expect(taken('match').options).toEqual(['events', 'query', 'language']);
    expect(taken('match', { paths: ['r'], example: true }).options).toEqual([]);
  });

  test('that was found has nothing written outside of its folder', () => {
    symlinkSync(tmpdir(), join(folder, 'away'));
    for (const out of ['../x', '/x', 'away/x', 'in/../../x', '.git/hooks/x']) {
      put('rulecast.config.yaml', `convert: {out: ${out}}`);
      expect(() => taken('convert'), out).toThrow(/1:16: error: .* outside of the folder of this file/);
      expect(taken('convert', { config: 'rulecast.config.yaml' }).options).toEqual(['out']);
    }
    put('rulecast.config.yaml', 'convert: {report: [text=../x], baseline: ../y}');
    expect(() => taken('convert')).toThrow(/\.\.\/x is outside.*\n.*\n.*\n.*\.\.\/y is outside/);
    put('rulecast.config.yaml', 'convert: {out: in/x}\ncheck: {fix: true}');
    expect(taken('convert').parsed['out']).toBe(join(folder, 'in/x').slice(folder.length + 1));
    expect(() => taken('check', { paths: [rule] })).toThrow(/say --fix or --no-fix/);
    expect(taken('check', { paths: ['a.toml'].map((name) => join(folder, name)) }).parsed['fix']).toBe(true);
  });

  test('is no file of rules', () => {
    put('rulecast.config.yaml', '');
    put('a.yaml', '');
    expect(inputFiles([folder]).files.map(({ below }) => below)).toEqual(['a.yaml']);
  });
});

const bomb = ['a', 'b', 'c', 'd', 'e']
  .map((name, index, all) => `${name}: &${name} [${`*${all[index - 1] ?? 'no'}, `.repeat(10)}]`)
  .join('\n')
  .replaceAll('*no', '1');

describe('a fault has its place', () => {
  test.each([
    [
      'convert:\n  attak: 18',
      /:2:3: error: convert\.attak has no place in the section convert; attack may be/,
    ],
    ['convert:\n  attack: 20', /:2:11: error: convert\.attack should be 18 or 19, and is 20/],
    ['to: sigma', /:1:1: error: to does not mean the same .* section convert, migrate or translate/],
    ['check: {prove: true}', /:1:9: error: .* prove is an option of convert/],
    ['check: {log-level: note}', /:1:9: error: log-level is for all commands; it stands at the top/],
    ['conver: {to: sigma}', /:1:1: error: conver has no place in a configuration; convert may be meant/],
    ['convert: {max-loss: equivalant}', /:1:21: error: .* Did you mean equivalent\?/],
    ['allow: [broader, narower]', /:1:18: error: --allow knows/],
    ['stack: new', /:1:8: error: --stack is a version/],
    ['convert: {strict: "yes"}', /:1:19: error: convert\.strict should be true or false, and is "yes"/],
    ['convert: {strict: true, strict: false}', /:1:25: error: The key "strict" stands twice/],
    ['__proto__: {strict: true}', /:1:1: error: __proto__ has no place/],
    ['constructor: 1', /:1:1: error: constructor has no place/],
    ['convert: {out: }', /:1:16: error: convert\.out should be text that is not empty, and is null/],
    ['convert: [1', /:1:\d+: error: The YAML does not hold together/],
    ['- convert', /:1:1: error: It should be a map, and is a list of 1/],
    ['a: 1\n---\nb: 2', /:2:1: error: This is one YAML document, and here is another/],
    [bomb, /error: The aliases unfold to more than 10000 values/],
    [`convert: ${'['.repeat(5000)}`, /error: This is nested more than 100 levels deep/],
    [Buffer.from([0x61, 0x3a, 0x20, 0xff]), /:1:4: error: The file is not UTF-8/],
    ['#'.repeat(1_000_001), /has 1000001 bytes, and at most 1000000 are read/],
  ])('%#', (text, message) => {
    put('rulecast.config.yaml', text);
    expect(() => taken('convert')).toThrow(message);
  });

  test.each([
    ['', /:1:1: error: The file is empty, which is no JSON/],
    ['{"convert": {"strict": true,}}', /:1:29: error: This is not JSON/],
    ['{"convert": {', /:1:14: error: This is not JSON/],
    ['convert: {strict: true}', /:1:1: error: This is not JSON/],
    ['\uFEFF{"convert": {"strict": 1}}', /:1:25: error: convert\.strict should be true or false, and is 1/],
  ])('in JSON: %s', (text, message) => {
    put('rulecast.config.json', text);
    expect(() => taken('convert')).toThrow(message);
  });

  test('a folder is none, nor is a link to nothing', () => {
    mkdirSync(join(folder, 'rulecast.config.yml'));
    expect(() => taken('convert')).toThrow(/is a folder, and no configuration/);
    rmSync(join(folder, 'rulecast.config.yml'), { recursive: true });
    symlinkSync('nowhere', join(folder, 'rulecast.config.yml'));
    expect(() => taken('convert')).toThrow(/could not be read/);
  });

  test.each(['', '# nothing', '\uFEFFconvert:\n', '$schema: x\nconvert: {}'])('none in %j', (text) => {
    put('rulecast.config.yaml', text);
    expect(taken('convert').options).toEqual([]);
  });
});

describe('the options of the commands are what a file may say', () => {
  test('every one of them, in the section of its command', () => {
    for (const { name, flags } of commands) {
      const { sections } = layoutOf(commands);
      expect(Object.keys(sections[name]!)).toEqual(Object.keys(flags));
    }
  });

  test('those of all commands are the same for all that have them', () => {
    for (const name of shared) {
      const owners = commands.filter(({ flags }) => Object.hasOwn(flags, name));
      const settings = owners.map(({ flags }) => ({ ...settingsOf(flags)[name]!, describe: '' }));
      expect(settings.length, name).toBeGreaterThan(0);
      for (const one of settings) expect(one, name).toEqual(settings[0]);
    }
  });

  test('what speaks of a file says where its path is', () => {
    const flags: readonly Flags[] = [everywhere, ...commands.map(({ flags }) => flags)];
    const silent = flags.flatMap((some) =>
      Object.entries(some)
        .filter(
          ([, { type, pathAt, describe }]) =>
            type === 'string' && !pathAt && /\b[Aa] (?:JSON )?file\b/.test(describe),
        )
        .map(([name]) => name),
    );
    expect(silent).toEqual([]);
  });

  test('the schema that is published is in step: npm run schema', () => {
    const published = readFileSync(join(root, 'docs/schema/configuration.schema.json'), 'utf8');
    expect(JSON.parse(published)).toEqual(configurationSchema(commands));
  });

  test('each way to say a value is read, or has its place in a message', () => {
    const { sections } = layoutOf(commands);
    for (const [command, settings] of Object.entries(sections)) {
      for (const [name, { holds, isList, choices }] of Object.entries(settings)) {
        const one = holds === 'truth' ? true : (choices?.[0] ?? 'x');
        const text = JSON.stringify({ [command]: { [name]: isList ? [one] : one } });
        const outcome = readSettings(text, layoutOf(commands), true);
        expect(outcome.ok && outcome.value.get(command)?.get(name)?.value, text).toEqual(
          isList ? [one] : one,
        );
      }
    }
  });
});

describe('a run', () => {
  let written = '';
  beforeAll(() => {
    process.env['NO_COLOR'] = '1';
  });
  beforeEach(() => {
    written = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written += String(text);
      return true;
    });
  });
  afterAll(() => {
    delete process.env['NO_COLOR'];
  });

  test('takes what a file says, and tells of it where notes are told', async () => {
    put('rulecast.config.yaml', 'convert: {to: sigma}');
    await run(['convert', rule], folder);
    expect(written).toMatch(/^title: Archive/);
    expect(told).not.toContain('rulecast.config.yaml');
    await run(['convert', rule, '--verbose'], folder);
    expect(told).toContain('Of this run, rulecast.config.yaml says to.\n');
  });

  test('of the wrong usage tells where options are from', async () => {
    put('rulecast.config.yaml', 'convert: {to: sigma, derive: true}');
    await run(['convert', rule], folder);
    expect(process.exitCode).toBe(2);
    expect(told).toMatch(
      /^--derive is for rules .*\nOf this run, rulecast\.config\.yaml says to, derive\.\n$/,
    );
  });

  test('of help or of a language asks no file', async () => {
    put('rulecast.config.yaml', 'nonsense');
    await run(['completion', 'bash'], folder);
    expect(written).toContain('complete -o filenames');
    expect(process.exitCode).toBe(0);
  });

  test('tells as much as the level says, and comes to the same', async () => {
    // A field that no table knows is a warning; what a table assumes, a note.
    const text = readFileSync(rule, 'utf8').replace('process.parent.name', 'process.parent.nickname');
    put('rule.toml', text);
    const codes = new Map<string, unknown>();
    const tellings = new Map<string, string>();
    for (const level of ['silent', 'error', 'warning', 'note', 'debug']) {
      told = '';
      await run(['convert', join(folder, 'rule.toml'), '--to', 'sigma', '--log-level', level], folder);
      tellings.set(level, told);
      codes.set(level, process.exitCode);
    }
    expect(new Set(codes.values()).size).toBe(1);
    expect(tellings.get('silent')).toBe('');
    expect(tellings.get('error')).toMatch(/^1 rule: .*\n$/);
    expect(tellings.get('warning')).toMatch(/: warning: /);
    expect(tellings.get('warning')).not.toMatch(/: note: /);
    expect(tellings.get('note')).toMatch(/: note: /);
    expect(tellings.get('note')).not.toMatch(/debug: /);
    expect(tellings.get('debug')).toMatch(/debug: cast .*rule\.toml in [0-9.]+ ms/);
  });

  test('has one level', async () => {
    await run(['convert', rule, '--to', 'sigma', '--log-level', 'note', '--log-level', 'error'], folder);
    expect([process.exitCode, told]).toEqual([2, '--log-level is said 2 times; say it once.\n']);
  });

  test('has the level of a file, unless another is said', async () => {
    put('rulecast.config.yaml', 'log-level: silent\nconvert: {to: sigma}');
    await run(['convert', rule], folder);
    expect(told).toBe('');
    await run(['convert', rule, '-v'], folder);
    expect(told).toMatch(/: note: /);
  });
});
