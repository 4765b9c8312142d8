import { afterAll, describe, expect, test } from 'vitest';

import { migrate } from '../../src/node/migrate/migrate.ts';
import type { Conflicting, MigrateOptions } from '../../src/node/migrate/model.ts';
import { Bench, type Ran, ran } from '../support/migration.ts';

const benches: Bench[] = [];
afterAll(() => {
  for (const one of benches) one.end();
});

const id = '8b0c7c1e-94a3-4f0e-a2c6-2c2f0f4d9a11';
const first = `title: Certutil
id: ${id}
date: 2026-01-15
level: medium
logsource: {category: process_creation, product: windows}
detection:
  selection:
    Image|endswith: '\\certutil.exe'
    CommandLine|contains: [urlcache, encode]
  condition: selection
`;
const second = first
  .replace('Certutil', 'Bits')
  .replaceAll('certutil', 'bits')
  .replace('8b0c7c1e', '8b0c7c1f')
  .replace('urlcache', 'transfer');

type Edit = readonly [was: string | RegExp, is: string];
const changed = (text: string, edits: readonly Edit[]) =>
  edits.reduce((all, [was, is]) => {
    const next = all.replace(was, is);
    expect(next, `${was} is there`).not.toBe(all);
    return next;
  }, text);

/** What is run where nothing is said: rules are merged. */
class History {
  readonly bench: Bench;
  readonly #options: MigrateOptions;
  readonly target: string;
  #source = first;

  constructor(options: Partial<MigrateOptions> = {}, more: Readonly<Record<string, string>> = {}) {
    this.bench = new Bench({ 'a.yml': first, ...more });
    benches.push(this.bench);
    this.#options = { to: 'elastic', today: '2026-01-20', changes: true, ...options };
    this.target = options.bundle ? 'rules.ndjson' : 'a.toml';
  }

  upstream(...edits: readonly Edit[]): void {
    this.#source = changed(this.#source, edits);
    this.bench.source('a.yml', this.#source);
  }

  here(...edits: readonly Edit[]): void {
    this.bench.target(this.target, changed(this.bench.read(this.target), edits));
  }

  run(options: Partial<MigrateOptions> = {}): Promise<Ran> {
    return ran(migrate(this.bench.from, this.bench.to, { ...this.#options, ...options }));
  }
}

/** What is told of the changes of a run. */
function changesIn({ files }: Ran): readonly string[] {
  const all = [...files.values()].flatMap(({ targets }) => targets.flatMap(({ changes = [] }) => changes));
  return all.map(({ message }) => message);
}

function toldOf({ files }: Ran, code: string): readonly string[] {
  const all = [...files.values()].flatMap(({ targets }) => targets.flatMap(({ diagnostics }) => diagnostics));
  return all.filter((found) => found.code === code).map(({ message }) => message);
}

const addsValue: Edit = ['encode]', 'encode, verifyctl]'];
const raises: Edit = ['level: medium', 'level: critical'];
const lowers: Edit = ['severity = "medium"', 'severity = "low"'];
const excludes: Edit = [/\n'''\n/, " and not user.name : \"svc-backup\"\n'''\n"];

interface Row {
  readonly name: string;
  readonly upstream: readonly Edit[];
  readonly here: readonly Edit[];
  /** What the target has then, and has not. */
  readonly has: readonly string[];
  readonly hasNot?: readonly string[];
  readonly changes: readonly string[];
}

const clean: readonly Row[] = [
  {
    name: 'a value was added upstream, an exclusion here',
    upstream: [addsValue],
    here: [excludes],
    has: ['("*urlcache*", "*encode*", "*verifyctl*") and not user.name : "svc-backup"'],
    changes: ['now also matches where process.command_line contains "verifyctl"'],
  },
  {
    name: 'the query was changed upstream, and a comment was written here',
    upstream: [['urlcache, ', '']],
    here: [
      ['[rule]', '# Ours since May.\n[rule]'],
      ["'''\nprocess", "'''\n// Watch this one.\nprocess"],
    ],
    has: ['# Ours since May.\n[rule]', '// Watch this one.\n', 'process.command_line : "*encode*"'],
    hasNot: ['"*urlcache*"'],
    changes: ['no longer matches where process.command_line contains "urlcache"'],
  },
  {
    name: 'the severity was raised upstream, and here the query was changed',
    upstream: [raises],
    here: [excludes],
    has: ['severity = "critical"', 'not user.name : "svc-backup"'],
    changes: ['severity raised from medium to critical'],
  },
  {
    name: 'the rule was renamed upstream, and tagged here',
    upstream: [['title: Certutil', 'title: Certutil Misused']],
    here: [['"OS: Windows", "Use', '"OS: Windows", "Team: Blue", "Use']],
    has: ['name = "Certutil Misused"', '"Team: Blue"'],
    changes: ['name changed from Certutil to Certutil Misused'],
  },
];

describe.each(clean)('$name', ({ upstream, here, has, hasNot = [], changes }) => {
  test('both are in the target, what is new there is told, and a run again changes nothing', async () => {
    const one = new History();
    await one.run();
    one.upstream(...upstream);
    one.here(...here);
    const mine = one.bench.all(true);
    const dry = await one.run({ dryRun: true });
    expect(one.bench.all(true)).toEqual(mine);
    const merged = await one.run();
    expect([merged.states[one.target], merged.codes]).toEqual(['merged', ['migrate/merged']]);
    const text = one.bench.read(one.target);
    for (const words of has) expect(text).toContain(words);
    for (const words of hasNot) expect(text.slice(text.indexOf('[rule]'))).not.toContain(words);
    expect(changesIn(merged)).toEqual(changes);
    expect(changesIn(dry)).toEqual(changes);
    const again = await one.run();
    expect([again.states[one.target], again.summary.changes, changesIn(again)]).toEqual(['kept', 0, []]);
    expect(one.bench.read(one.target)).toBe(text);
  });
});

const clash =
  'Upstream raised the severity from medium to critical, and here it was lowered to low; it stays low.';

/** Both changed the severity, and each something else that goes together with all. */
async function inConflict(options: Partial<MigrateOptions> = {}): Promise<History> {
  const one = new History(options);
  await one.run();
  one.upstream(raises, addsValue);
  one.here(lowers, excludes);
  return one;
}

describe('a conflict', () => {
  test('is told in its own words, leaves the target, and lies beside it until that is deleted', async () => {
    const one = await inConflict();
    const mine = one.bench.read(one.target);
    for (let times = 0; times < 2; times += 1) {
      const ran = await one.run();
      expect([ran.states[one.target], changesIn(ran)]).toEqual(['conflict', []]);
      expect(ran.files.get('a.yml')!.state).toBe(times === 0 ? 'converted' : 'unchanged');
      expect(toldOf(ran, 'migrate/conflict')).toEqual([clash, expect.stringContaining('a.toml.theirs')]);
      expect(one.bench.read(one.target)).toBe(mine);
      expect(one.bench.read('a.toml.theirs')).toContain('severity = "critical"');
    }
    one.here(['severity = "low"', 'severity = "high"'], ['"*encode*")', '"*encode*", "*verifyctl*")']);
    one.bench.target('a.toml.theirs');
    const settled = await one.run();
    expect([settled.states[one.target], settled.codes]).toEqual(['kept', ['migrate/kept']]);
    expect((await one.run()).summary.changes).toBe(0);
    one.upstream(['encode, ', '']);
    expect((await one.run()).states[one.target]).toBe('merged');
    const text = one.bench.read(one.target);
    expect(text).toContain('("*urlcache*", "*verifyctl*") and not user.name : "svc-backup"');
    expect(text).toContain('severity = "high"');
  });

  test('that follows a second change of the source is weighed against what stood there first', async () => {
    const one = await inConflict();
    await one.run();
    one.upstream([', verifyctl', ''], ['urlcache', 'urlfetch']);
    const ran = await one.run();
    expect(toldOf(ran, 'migrate/conflict')[0]).toBe(clash);
    expect(one.bench.read('a.toml.theirs')).toContain('("*urlfetch*", "*encode*")');
    one.upstream(['critical', 'medium']);
    expect((await one.run()).states[one.target]).toBe('merged');
    expect(one.bench.all()['a.toml.theirs']).toBeUndefined();
    expect(one.bench.read(one.target)).toContain(
      '("*urlfetch*", "*encode*") and not user.name : "svc-backup"',
    );
  });

  test('with ours takes all that goes together', async () => {
    const one = await inConflict();
    await one.run();
    const ran = await one.run({ onConflict: 'ours' });
    expect(ran.states[one.target]).toBe('ours');
    expect(toldOf(ran, 'migrate/chosen')).toEqual([clash, expect.stringContaining('as asked')]);
    const text = one.bench.read(one.target);
    expect(text).toContain('severity = "low"');
    expect(text).toContain('"*verifyctl*") and not user.name : "svc-backup"');
    expect(changesIn(ran)[0]).toBe('now also matches where process.command_line contains "verifyctl"');
    expect(one.bench.all()['a.toml.theirs']).toBeUndefined();
    expect((await one.run()).codes).toEqual(['migrate/kept']);
  });

  test('with theirs takes the source whole, and says so', async () => {
    const one = await inConflict();
    const ran = await one.run({ onConflict: 'theirs' });
    expect(toldOf(ran, 'migrate/chosen')).toEqual([expect.stringContaining('as the source has it')]);
    expect(one.bench.read(one.target)).not.toContain('svc-backup');
    expect(changesIn(ran)).toContain('severity raised from low to critical');
    expect((await one.run()).states[one.target]).toBe('same');
  });

  test('is put to who is asked in the same words', async () => {
    const asked: Conflicting[] = [];
    const one = await inConflict({
      onConflict: (conflict) => {
        asked.push(conflict);
        return 'both';
      },
    });
    expect((await one.run()).states[one.target]).toBe('conflict');
    expect(asked.map(({ target, reasons }) => [target, reasons])).toEqual([['a.toml', [clash]]]);
  });

  test('in a query is told at its place in the target', async () => {
    const one = new History();
    await one.run();
    one.upstream(["'\\certutil.exe'", "'\\cert.exe'"]);
    one.here(['"certutil.exe"', '"other.exe"']);
    const [found, last] = (await one.run()).files.get('a.yml')!.targets[0]!.diagnostics;
    const lines = one.bench.read(one.target).split('\n');
    expect(found).toMatchObject({ code: 'migrate/conflict', at: 'query' });
    expect(lines[found!.line! - 1]).toMatch(/^process where/);
    expect(last!.line).toBeUndefined();
  });

  test.each([
    ['a target that can not be read', '[rule\n', 'merge/unreadable'],
    ['a target of another format', first, 'merge/unreadable'],
  ])('is %s, too', async (_, text, code) => {
    const one = await inConflict();
    one.bench.target(one.target, text);
    const ran = await one.run();
    expect([ran.states[one.target], ran.codes]).toEqual(['conflict', expect.arrayContaining([code])]);
    expect(one.bench.read(one.target)).toBe(text);
    const kept = await one.run({ onConflict: 'ours', dryRun: true });
    expect(toldOf(kept, 'migrate/chosen')[0]).toMatch(/so nothing was merged\.$/);
    const taken = await one.run({ onConflict: 'theirs' });
    expect(changesIn(taken)).toEqual([expect.stringMatching(/^was changed, and how can not be told: /)]);
    expect(one.bench.read(one.target)).toContain('severity = "critical"');
  });

  test('is a merge that breaks, and nothing else is lost by it', async () => {
    const one = await inConflict({
      mergeTexts: () => {
        throw new Error('broken');
      },
    });
    one.bench.source('b.yml', second);
    const ran = await one.run();
    expect(ran.states).toEqual({ 'a.toml': 'conflict', 'b.toml': 'written' });
    expect(toldOf(ran, 'migrate/conflict')[0]).toContain('broken');
  });
});

describe('what is deleted', () => {
  test('upstream leaves what was changed here, and is told when it is removed', async () => {
    const one = new History({ prune: true }, { 'b.yml': second });
    await one.run();
    one.here(excludes);
    one.bench.source('a.yml');
    one.bench.source('b.yml');
    const ran = await one.run();
    expect(ran.states).toEqual({ 'a.toml': 'source-gone', 'b.toml': 'pruned' });
    expect(changesIn(ran)).toEqual(['was removed']);
  });

  test('here stays so while upstream changes', async () => {
    const one = new History();
    expect(changesIn(await one.run())).toEqual(['was added']);
    one.upstream(addsValue);
    one.bench.target(one.target);
    const ran = await one.run();
    expect([ran.states[one.target], changesIn(ran)]).toEqual(['deleted', []]);
    expect(changesIn(await one.run({ restore: true }))).toEqual(['was added']);
  });
});

describe('a bundle', () => {
  const bundled = (more: Readonly<Record<string, string>> = { 'b.yml': second }) =>
    new History({ to: 'kibana', bundle: true }, more);

  test('is merged rule by rule, and each rule has its own changes', async () => {
    const one = bundled();
    await one.run();
    one.upstream(addsValue);
    one.bench.source('c.yml', second.replaceAll('Bits', 'Third').replace('8b0c7c1f', '8b0c7c20'));
    one.here([/("name":"Bits".*?"severity":)"medium"/, '$1"low"']);
    const ran = await one.run();
    expect([ran.states[one.target], ran.codes]).toEqual(['merged', ['migrate/merged']]);
    const told = [...ran.files].map(([path, { rules }]) => [
      path,
      rules[0]?.changes?.map((one) => one.message),
    ]);
    expect(told).toEqual([
      ['a.yml', ['now also matches where process.command_line contains "verifyctl"']],
      ['b.yml', undefined],
      ['c.yml', ['was added']],
    ]);
    const [a, b, c] = one.bench.read(one.target).trimEnd().split('\n');
    expect(a).toContain('*verifyctl*');
    expect(JSON.parse(b!)).toMatchObject({ name: 'Bits', severity: 'low' });
    expect(JSON.parse(c!)).toMatchObject({ name: 'Third' });
    expect((await one.run()).summary.changes).toBe(0);
  });

  test('has a conflict told with the name of its rule; a rule that went goes', async () => {
    const one = bundled({
      'b.yml': second,
      'c.yml': second.replaceAll('Bits', 'Third').replace('8b0c7c1f', '8b0c7c20'),
    });
    await one.run();
    one.upstream(raises);
    one.here([/("name":"Certutil".*?"severity":)"medium"/, '$1"low"']);
    one.bench.source('c.yml');
    const ran = await one.run();
    expect(toldOf(ran, 'migrate/conflict')[0]).toBe(`Certutil: ${clash}`);
    const taken = await one.run({ onConflict: 'ours' });
    expect(changesIn(taken)).toContain('was removed');
    expect(one.bench.read(one.target)).not.toContain('"Third"');
  });
});

test('what is told is asked for, and costs nothing else', async () => {
  const one = new History({ changes: false });
  expect([...(await one.run()).files.values()][0]!.targets[0]).not.toHaveProperty('changes');
});
