import {
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';

import { migrate } from '../../src/node/migrate/migrate.ts';
import { Bench, refusedOf, ruleOf, type Tree } from '../support/migration.ts';

const benches: Bench[] = [];
afterEach(() => {
  for (const one of benches.splice(0)) one.end();
});

function bench(source: Tree = { 'a.yml': ruleOf(1), 'sub/b.yml': ruleOf(2) }): Bench {
  const made = new Bench(source);
  benches.push(made);
  return made;
}

const manifest = '.rulecast/manifest.json';

describe('a first run', () => {
  test('mirrors the tree, and accounts for every file with the reason why', async () => {
    const one = bench({
      'a.yml': ruleOf(1),
      'sub/b.yaml': `${ruleOf(2)}---\n${ruleOf(3)}`,
      'refused.yml': refusedOf(4),
      'broken.yml': 'title: [\n',
      'broken.toml': '[rule\n',
      'broken.json': '{"name":',
      'package.json': '{"name": "x"}',
      'workflow.yml': 'on: push\n',
      'empty.yml': '',
      'readme.md': 'Words.',
      '.git/config.yml': ruleOf(5),
    });
    symlinkSync(join(one.from, 'a.yml'), join(one.from, 'link.yml'));
    writeFileSync(join(one.from, 'latin.yml'), Buffer.from([0x74, 0xe9, 0x0a]));
    const { files, states } = await one.run();
    const told = [...files].map(([path, { state, reason }]) => [
      path,
      reason ? `${state}: ${reason}` : state,
    ]);
    expect(Object.fromEntries(told)).toEqual({
      'a.yml': 'converted',
      'sub/b.yaml': 'converted',
      'refused.yml': 'refused',
      'broken.yml': 'failed',
      'broken.toml': 'failed',
      'broken.json': 'failed',
      'latin.yml': 'failed',
      'package.json': 'ignored: it holds no rule of a format that is known here',
      'workflow.yml': 'ignored: it holds no rule of a format that is known here',
      'empty.yml': 'ignored: it is empty',
      'readme.md': 'ignored: its ending is none of a rule file',
      '.git/': 'ignored: a folder of a tool',
      'link.yml': 'ignored: a link',
    });
    expect(files.get('broken.yml')!.diagnostics).toMatchObject([{ code: 'parse/unexpected', line: 2 }]);
    expect(Object.keys(one.all())).toEqual(['a.toml', 'sub/b.1.toml', 'sub/b.2.toml']);
    expect(Object.values(states)).toEqual(['written', 'written', 'written']);
  });

  test('takes over a file that says the same already, and never writes over another', async () => {
    const [one, two] = [bench(), bench()];
    await one.run();
    two.lay(two.to, { 'a.toml': one.read('a.toml'), 'sub/b.toml': 'mine = 1\n' });
    const { states, codes } = await two.run();
    expect(states).toEqual({ 'a.toml': 'adopted', 'sub/b.toml': 'occupied' });
    expect(codes).toEqual(['migrate/occupied']);
    expect(two.read('sub/b.toml')).toBe('mine = 1\n');
    two.target('sub/b.toml');
    expect((await two.run()).states).toEqual({ 'a.toml': 'same', 'sub/b.toml': 'written' });
  });

  test('of a file whose text is not UTF-8, or that is a folder or a link, keeps off', async () => {
    const one = bench({ 'a.yml': ruleOf(1), 'b.yml': ruleOf(2), 'c.yml': ruleOf(3), 'd/d.yml': ruleOf(4) });
    const outside = join(one.root, 'outside');
    mkdirSync(outside);
    mkdirSync(join(one.to, 'b.toml'), { recursive: true });
    writeFileSync(join(one.to, 'a.toml'), Buffer.from([0xff]));
    symlinkSync(join(outside, 'c.toml'), join(one.to, 'c.toml'));
    symlinkSync(outside, join(one.to, 'd'));
    const { states } = await one.run();
    const all = { 'a.toml': 'occupied', 'b.toml': 'occupied', 'c.toml': 'occupied', 'd/d.toml': 'occupied' };
    expect(states).toEqual(all);
    expect(readFileSync(join(one.to, 'a.toml'))).toEqual(Buffer.from([0xff]));
    expect(() => statSync(join(outside, 'd.toml'))).toThrow();
    expect(() => statSync(join(outside, 'c.toml'))).toThrow();
  });
});

describe('a run again', () => {
  test('of the same changes no byte and no time', async () => {
    const one = bench({ 'a.yml': ruleOf(1), 'b.yml': refusedOf(2), 'c.yml': 'title: [' });
    await one.run();
    const before = one.all(true);
    const times = Object.keys(before).map((path) => statSync(join(one.to, path)).mtimeMs);
    const { summary, files } = await one.run();
    expect(summary.changes).toBe(0);
    expect(one.all(true)).toEqual(before);
    expect(Object.keys(before).map((path) => statSync(join(one.to, path)).mtimeMs)).toEqual(times);
    expect([...files.values()].map(({ state }) => state)).toEqual(['unchanged', 'unchanged', 'failed']);
  });

  test('casts only what has changed', async () => {
    const one = bench();
    await one.run();
    one.source('a.yml', ruleOf(1, 'other'));
    const { files, states } = await one.run();
    expect([...files.values()].map(({ state }) => state)).toEqual(['converted', 'unchanged']);
    expect(states).toEqual({ 'a.toml': 'updated', 'sub/b.toml': 'same' });
    expect(one.read('a.toml')).toContain('other 1');
  });

  test('with other options casts all, and keeps the day that was made up', async () => {
    const one = bench();
    await one.run();
    const { files, states } = await one.run({ carry: 'none', today: '2027-07-07' });
    expect([...files.values()].map(({ state }) => state)).toEqual(['converted', 'converted']);
    expect(Object.values(states)).toEqual(['updated', 'updated']);
    expect(one.read('a.toml')).toContain('creation_date = "2026/01/01"');
    expect(await one.run({ carry: 'none', again: true })).toMatchObject({ summary: { changes: 0 } });
  });

  test('casts a rule that refers to another file when that changes', async () => {
    const counted = `title: Counted
correlation:
    type: event_count
    rules: ['00000000-0000-4000-8000-000000000001']
    group-by: [user.name]
    timespan: 5m
    condition: {gte: 3}
`;
    const one = bench({ 'a.yml': ruleOf(1), 'count.yml': counted, 'z.yml': ruleOf(9) });
    await one.run();
    one.source('a.yml', ruleOf(1, 'other'));
    const { files, states } = await one.run();
    expect(files.get('z.yml')!.state).toBe('unchanged');
    expect(states['count.toml']).toBe('updated');
    expect(one.read('count.toml')).toContain('other 1');
  });

  test('with a filter that came in another file casts all that it may be for', async () => {
    const one = bench({ 'a.yml': ruleOf(1) });
    await one.run();
    one.source(
      'f.yml',
      'title: F\nlogsource: {category: process_creation}\nfilter:\n    rules: any\n    selection: {User: x}\n    condition: not selection\n',
    );
    expect((await one.run()).states['a.toml']).toBe('updated');
    expect(one.read('a.toml')).toContain('not user.name');
    expect((await one.run()).summary.changes).toBe(0);
  });
});

describe('what was changed by hand', () => {
  test('is left alone while the source stands', async () => {
    const one = bench();
    await one.run();
    const text = one.edit('a.toml');
    for (const options of [{}, { again: true }, { prune: true }, { restore: true }]) {
      expect((await one.run(options)).states).toEqual({ 'a.toml': 'kept', 'sub/b.toml': 'same' });
      expect(one.read('a.toml')).toBe(text);
    }
  });

  test('is taken as it is where the source has come to the same', async () => {
    const [one, two] = [bench({ 'a.yml': ruleOf(1) }), bench({ 'a.yml': ruleOf(1, 'other') })];
    await one.run();
    await two.run();
    one.target('a.toml', two.read('a.toml'));
    one.source('a.yml', ruleOf(1, 'other'));
    expect((await one.run()).states).toEqual({ 'a.toml': 'taken' });
    expect(one.all(true)).toEqual(two.all(true));
  });

  test('is a conflict where the source has changed, until somebody settles it', async () => {
    const one = bench();
    await one.run();
    const mine = one.edit('a.toml');
    one.source('a.yml', ruleOf(1, 'other'));
    for (let times = 0; times < 3; times += 1) {
      const { states, codes } = await one.run();
      expect([states['a.toml'], codes]).toEqual(['conflict', ['migrate/conflict']]);
    }
    expect(one.read('a.toml')).toBe(mine);
    expect(one.read('a.toml.theirs')).toContain('other 1');
    expect(one.read('.rulecast/base/a.toml.base')).toContain('thing 1');
    one.target('a.toml.theirs');
    expect((await one.run()).states['a.toml']).toBe('kept');
    expect(one.read('.rulecast/base/a.toml.base')).toContain('other 1');
    one.source('a.yml', ruleOf(1, 'third'));
    expect((await one.run()).states['a.toml']).toBe('conflict');
    expect(one.read('a.toml.theirs')).toContain('third 1');
    renameSync(join(one.to, 'a.toml.theirs'), join(one.to, 'a.toml'));
    expect((await one.run()).states['a.toml']).toBe('same');
  });

  test('a conflict that stands follows the source, but not over changes of what lies beside', async () => {
    const one = bench();
    await one.run();
    one.edit('a.toml');
    one.source('a.yml', ruleOf(1, 'other'));
    await one.run();
    one.source('a.yml', ruleOf(1, 'third'));
    await one.run();
    expect(one.read('a.toml.theirs')).toContain('third 1');
    const edited = one.edit('a.toml.theirs');
    one.source('a.yml', ruleOf(1, 'fourth'));
    expect((await one.run()).states['a.toml']).toBe('conflict');
    expect(one.read('a.toml.theirs')).toBe(edited);
    one.target('a.toml.theirs');
    expect((await one.run()).states['a.toml']).toBe('conflict');
    expect(one.read('a.toml.theirs')).toContain('fourth 1');
  });

  test('a conflict goes where either side goes back', async () => {
    const one = bench({ 'a.yml': ruleOf(1) });
    await one.run();
    const before = one.all(true);
    const [text] = [one.read('a.toml'), one.edit('a.toml')];
    one.source('a.yml', ruleOf(1, 'other'));
    await one.run();
    one.source('a.yml', ruleOf(1));
    expect((await one.run()).states['a.toml']).toBe('kept');
    expect(Object.keys(one.all())).toEqual(['a.toml']);
    one.target('a.toml', text);
    await one.run();
    expect(one.all(true)).toEqual(before);
  });

  test.each([
    ['ours', 'ours', 'by hand'],
    ['theirs', 'theirs', 'other 1'],
  ] as const)('--on-conflict %s', async (onConflict, state, says) => {
    const one = bench();
    await one.run();
    one.edit('a.toml');
    one.source('a.yml', ruleOf(1, 'other'));
    expect((await one.run({ onConflict })).states['a.toml']).toBe(state);
    expect(one.read('a.toml')).toContain(says);
    expect((await one.run()).codes).toEqual(onConflict === 'ours' ? ['migrate/kept'] : []);
  });

  test('is merged where somebody knows how, and that is asked once', async () => {
    const one = bench({ 'a.yml': ruleOf(1) });
    await one.run();
    one.edit('a.toml');
    one.source('a.yml', ruleOf(1, 'other'));
    const seen: string[] = [];
    const mergeTexts = ({ base, ours, theirs }: { base: string; ours: string; theirs: string }) => {
      seen.push(base);
      return {
        ok: true,
        value: { text: theirs + ours.slice(base.length), conflicts: [] },
        diagnostics: [],
      } as const;
    };
    expect((await one.run({ mergeTexts })).states['a.toml']).toBe('merged');
    expect(one.read('a.toml')).toMatch(/other 1[^]*by hand\n$/);
    expect((await one.run({ mergeTexts })).states['a.toml']).toBe('kept');
    expect(seen).toHaveLength(1);
  });

  test('and can not be merged, is a conflict with the reasons', async () => {
    const one = bench({ 'a.yml': ruleOf(1) });
    await one.run();
    one.edit('a.toml');
    one.source('a.yml', ruleOf(1, 'other'));
    const mergeTexts = ({ ours }: { ours: string }) =>
      ({
        ok: true,
        value: { text: ours, conflicts: [{ where: 'query', message: 'Both have changed it.' }] },
        diagnostics: [],
      }) as const;
    const { files } = await one.run({ mergeTexts });
    const queryAt = one.read('a.toml').split("query = '''")[0]!.split('\n').length + 1;
    expect(files.get('a.yml')!.targets[0]!.diagnostics).toMatchObject([
      { code: 'migrate/conflict', at: 'query', line: queryAt, message: 'Both have changed it.' },
      { code: 'migrate/conflict', message: expect.stringContaining('stands beside it as a.toml.theirs') },
    ]);
  });

  test('a rule that was deleted stays deleted, until it is asked for', async () => {
    const one = bench();
    await one.run();
    one.target('a.toml');
    expect((await one.run()).codes).toEqual(['migrate/deleted']);
    one.source('a.yml', ruleOf(1, 'other'));
    expect((await one.run()).states['a.toml']).toBe('deleted');
    expect(Object.keys(one.all())).toEqual(['sub/b.toml']);
    expect((await one.run({ restore: true })).states['a.toml']).toBe('restored');
    expect(one.read('a.toml')).toContain('other 1');
    expect((await one.run()).summary.changes).toBe(0);
  });
});

describe('a source that is gone', () => {
  test('leaves its target, until that is to be removed', async () => {
    const one = bench();
    await one.run();
    one.source('sub/b.yml');
    for (let times = 0; times < 2; times += 1) {
      const { states, codes, summary } = await one.run();
      expect([states['sub/b.toml'], codes, summary.files.gone]).toEqual([
        'source-gone',
        ['migrate/source-gone'],
        1,
      ]);
    }
    expect((await one.run({ prune: true })).states['sub/b.toml']).toBe('pruned');
    expect(Object.keys(one.all(true))).toEqual(['.rulecast/base/a.toml.base', manifest, 'a.toml']);
    expect((await one.run({ prune: true })).summary.files.gone).toBe(0);
  });

  test('leaves what was changed by hand, whatever is asked', async () => {
    const one = bench();
    await one.run();
    const text = one.edit('sub/b.toml');
    one.source('sub/b.yml');
    expect((await one.run({ prune: true })).states['sub/b.toml']).toBe('source-gone');
    expect(one.read('sub/b.toml')).toBe(text);
  });

  test('is followed where it stands elsewhere, with what was changed by hand', async () => {
    const one = bench();
    await one.run();
    const text = one.edit('a.toml');
    mkdirSync(join(one.from, 'new'));
    renameSync(join(one.from, 'a.yml'), join(one.from, 'new/c.yml'));
    const { states, files } = await one.run();
    expect(states).toEqual({ 'new/c.toml': 'kept', 'sub/b.toml': 'same' });
    expect(files.get('new/c.yml')!.targets).toMatchObject([{ from: 'a.toml' }]);
    expect(one.read('new/c.toml')).toBe(text);
    // Another text with the id of the rule.
    renameSync(join(one.from, 'sub/b.yml'), join(one.from, 'b.yml'));
    one.source('b.yml', ruleOf(2, 'other'));
    expect((await one.run()).states).toEqual({ 'new/c.toml': 'kept', 'b.toml': 'updated' });
    expect(Object.keys(one.all())).toEqual(['b.toml', 'new/c.toml']);
    expect((await one.run()).summary).toMatchObject({ changes: 0, files: { gone: 0 } });
  });

  test('a file that takes the place of one that moved is another', async () => {
    const one = bench({ 'a.yml': ruleOf(1) });
    await one.run();
    renameSync(join(one.from, 'a.yml'), join(one.from, 'a.yaml'));
    expect((await one.run()).states).toEqual({ 'a.toml': 'same' });
    one.source('a.yml', ruleOf(7));
    expect((await one.run()).states).toEqual({ 'a.toml': 'same', 'a-2.toml': 'written' });
  });

  test('of several rules in a file, each keeps its place', async () => {
    const one = bench({ 'a.yml': ruleOf(1) });
    await one.run();
    one.source('a.yml', `${ruleOf(2)}---\n${ruleOf(1)}`);
    expect((await one.run()).states).toEqual({ 'a.1.toml': 'written', 'a.toml': 'same' });
    one.source('a.yml', `${ruleOf(2)}---\n${refusedOf(1)}`);
    expect((await one.run({ prune: true })).states).toEqual({ 'a.1.toml': 'same', 'a.toml': 'left' });
    one.source('a.yml', ruleOf(2));
    expect((await one.run({ prune: true })).states).toEqual({ 'a.1.toml': 'same', 'a.toml': 'pruned' });
  });

  test('one that can not be read any more leaves what it came to', async () => {
    const one = bench();
    await one.run();
    one.source('a.yml', 'title: [');
    const { states, files } = await one.run({ prune: true });
    expect([states['a.toml'], files.get('a.yml')!.state]).toEqual(['left', 'failed']);
    one.source('a.yml', ruleOf(1, 'other'));
    expect((await one.run()).states['a.toml']).toBe('updated');
  });

  test('one that goes while a run is under way is told of, and costs no other', async () => {
    const one = bench({ 'a.yml': ruleOf(1), 'b.yml': ruleOf(2), 'c.yml': ruleOf(3) });
    const states: string[] = [];
    for await (const { path, state } of migrate(one.from, one.to, { to: 'elastic', prove: false })) {
      states.push(`${path} ${state}`);
      if (path === 'a.yml') one.source('b.yml');
    }
    expect(states).toEqual(['a.yml converted', 'b.yml failed', 'c.yml converted']);
  });
});

describe('names', () => {
  test('collide neither by their endings nor by capitals, and stay when a file is added', async () => {
    const one = bench({
      'b.yml': ruleOf(1),
      'B.yaml': ruleOf(2),
      'x.toml/c.yml': ruleOf(3),
      'x.yml': ruleOf(4),
    });
    const { files } = await one.run();
    const targetOf = (path: string, of: typeof files) => of.get(path)?.targets[0]?.path;
    const names = ['b.yml', 'B.yaml', 'x.toml/c.yml', 'x.yml'].map((path) => targetOf(path, files));
    expect(names).toEqual(['b-2.toml', 'B.toml', 'x.toml/c.toml', 'x-2.toml']);
    one.source('B.json', JSON.stringify({ not: 'a rule' }));
    one.source('A.yml', ruleOf(5));
    one.source('B.YML', ruleOf(6));
    const again = (await one.run()).files;
    expect(['b.yml', 'B.yaml', 'x.yml'].map((path) => targetOf(path, again))).toEqual([
      'b-2.toml',
      'B.toml',
      'x-2.toml',
    ]);
    expect(targetOf('B.YML', again)).toBe('B-3.toml');
  });

  test('of the house come from those of the source and from closed lists', async () => {
    const threat = 'tags: [attack.t1059, attack.execution, "attack.../../x"]\n';
    const one = bench({
      'a/proc_creation_win_Wörter of-it.yml': `${threat}${ruleOf(1)}`.replace('Rule 1', '../../evil'),
      'a/plain.yml': ruleOf(2).replace('product: windows', "product: '../../x'"),
    });
    const { states } = await one.run({ names: 'house' });
    expect(Object.keys(states)).toEqual(['a/plain.toml', 'a/execution_worter_of_it.toml']);
    const back = new Bench(one.all());
    benches.push(back);
    const { states: home } = await back.run({ to: 'sigma', names: 'house' });
    expect(Object.keys(home)).toEqual(['a/proc_creation_win_worter_of_it.yml', 'a/proc_creation_plain.yml']);
  });

  test('change with the option, and what was changed by hand goes along', async () => {
    const one = bench({ 'a.yml': ruleOf(1), 'proc_creation_win_b.yml': ruleOf(2) });
    await one.run();
    const text = one.edit('proc_creation_win_b.toml');
    const { states } = await one.run({ names: 'house' });
    expect(states).toEqual({ 'a.toml': 'same', 'b.toml': 'kept' });
    expect(one.all()['b.toml']).toBe(text);
  });
});

test('who stops a run that gives other names finds the rest renamed by the next one', async () => {
  const one = bench({ 'proc_creation_win_a.yml': ruleOf(1), 'proc_creation_win_b.yml': ruleOf(2) });
  await one.run();
  const house = { to: 'elastic', names: 'house', prove: false } as const;
  for await (const _ of migrate(one.from, one.to, house)) break;
  expect(Object.keys(one.all())).toEqual(['a.toml', 'proc_creation_win_b.toml']);
  await one.run(house);
  expect(Object.keys(one.all())).toEqual(['a.toml', 'b.toml']);
});

describe('a bundle', () => {
  test('holds all rules, and is made anew when one changes', async () => {
    const one = bench();
    const bundle = { to: 'kibana', bundle: true } as const;
    expect((await one.run(bundle)).states).toEqual({ 'rules.ndjson': 'written' });
    expect(one.read('rules.ndjson').match(/"rule_id"/g)).toHaveLength(2);
    expect((await one.run(bundle)).summary.changes).toBe(0);
    one.source('sub/b.yml');
    one.source('a.yml', ruleOf(1, 'other'));
    expect((await one.run(bundle)).states).toEqual({ 'rules.ndjson': 'updated' });
    expect(one.read('rules.ndjson').match(/"rule_id"/g)).toHaveLength(1);
    one.target('rules.ndjson', 'mine\n');
    one.source('a.yml', ruleOf(1, 'third'));
    expect((await one.run(bundle)).states).toEqual({ 'rules.ndjson': 'conflict' });
    await expect(one.run({ to: 'kibana' })).rejects.toThrow('--to kibana --bundle');
    await expect(bench().run({ bundle: true })).rejects.toThrow('A file of elastic is not one');
  });
});

describe('nothing is written', () => {
  test('by a dry run, which says what would be', async () => {
    const one = bench();
    const dry = await one.run({ dryRun: true });
    expect(dry.states).toEqual({ 'a.toml': 'written', 'sub/b.toml': 'written' });
    expect(() => statSync(one.to)).toThrow();
    await one.run();
    one.edit('a.toml');
    renameSync(join(one.from, 'a.yml'), join(one.from, 'c.yml'));
    one.source('sub/b.yml');
    const before = one.all(true);
    const { states } = await one.run({ dryRun: true, prune: true });
    expect(states).toEqual({ 'c.toml': 'kept', 'sub/b.toml': 'pruned' });
    expect(one.all(true)).toEqual(before);
    expect((await one.run({ prune: true })).states).toEqual(states);
  });

  test.each([
    ['no JSON', (text: string) => text.slice(0, 100), 'it is no JSON'],
    [
      'of a merge',
      (text: string) => text.replace('"files"', '<<<<<<< ours\n"files"'),
      'a merge has left its marks',
    ],
    [
      'of another version',
      (text: string) => text.replace('"manifest": 1', '"manifest": 2'),
      'it is of version 2',
    ],
    ['a list', () => '[]', 'it is no object'],
    ['without files', (text: string) => text.replace('"files"', '"file"'), 'it has no list of files'],
    ['with a way out', (text: string) => text.replaceAll('"a.toml"', '"../a.toml"'), 'an entry is not'],
    ['with one twice', (text: string) => text.replace('sub/b.yml', 'a.yml'), 'it has a.yml twice'],
    ['with one target for two', (text: string) => text.replaceAll('sub/b.toml', 'a.toml'), 'have one target'],
    [
      'of its own folder',
      (text: string) => text.replaceAll('"a.toml"', '".rulecast/lock"'),
      'an entry is not',
    ],
  ])('with a manifest that is %s', async (_, change, says) => {
    const one = bench();
    await one.run();
    one.edit('a.toml');
    one.target(manifest, change(one.read(manifest)));
    const before = one.all(true);
    await expect(one.run({ again: true })).rejects.toThrow(says);
    expect(one.all(true)).toEqual(before);
    one.target(manifest);
    expect((await one.run()).states).toEqual({ 'a.toml': 'kept', 'sub/b.toml': 'same' });
  });

  test('where folders do not go together', async () => {
    const one = bench();
    const into = (from: string, to: string) => migrate(from, to, { to: 'elastic' }).next();
    await expect(into(join(one.from, 'none'), one.to)).rejects.toThrow('There is nothing at');
    await expect(into(join(one.from, 'a.yml'), one.to)).rejects.toThrow('No folder stands at');
    await expect(into(one.from, join(one.from, 'a.yml'))).rejects.toThrow('A file stands at');
    await expect(into(one.from, one.from)).rejects.toThrow('is the target as well');
    await expect(into(join(one.from, 'sub'), one.from)).rejects.toThrow('stands within the target');
    symlinkSync(one.from, join(one.root, 'link'));
    await expect(into(one.from, join(one.root, 'link'))).rejects.toThrow('is the target as well');
  });

  test('to another format, into the same folder', async () => {
    const one = bench();
    await one.run();
    await expect(one.run({ to: 'sigma' })).rejects.toThrow('The target was written --to elastic');
  });
});

test('a target within the source is no source', async () => {
  const one = bench();
  const into = { to: 'sigma', prove: false } as const;
  for (let times = 0; times < 2; times += 1) {
    const seen: string[] = [];
    for await (const { path, reason } of migrate(one.from, join(one.from, 'out'), into))
      seen.push(`${path} ${reason}`);
    expect(seen).toEqual(['out/ the target of the migration', 'a.yml undefined', 'sub/b.yml undefined']);
  }
});

test('two runs at once do not meet, and the lock of a run that was killed is taken over', async () => {
  const one = bench();
  const run = migrate(one.from, one.to, { to: 'elastic', prove: false });
  await run.next();
  await expect(one.run()).rejects.toThrow(/is at work on this folder; nothing was done.*delete/);
  await run.return({} as never);
  expect((await one.run()).summary.rules).toBe(2);
  const lock = (pid: number, host: string) =>
    one.target('.rulecast/lock', JSON.stringify({ pid, host, began: '0' }));
  const { hostname } = await import('node:os');
  for (const pid of [process.pid, 2 ** 22 - 1, process.ppid]) {
    lock(pid, hostname());
    expect((await one.run()).summary.rules).toBe(2);
  }
  one.target('.rulecast/lock', 'half');
  expect((await one.run()).summary.rules).toBe(2);
  lock(1, 'elsewhere');
  await expect(one.run()).rejects.toThrow('Process 1 on elsewhere is at work');
});

test('who stops a run, or stops asking, can go on later', async () => {
  const one = bench();
  const [first] = [migrate(one.from, one.to, { to: 'elastic', prove: false })];
  for await (const { path } of first) if (path === 'a.yml') break;
  expect(Object.keys(one.all(true))).toEqual(['.rulecast/base/a.toml.base', manifest, 'a.toml']);
  await expect(one.run({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  const { files } = await one.run();
  expect([...files.values()].map(({ state }) => state)).toEqual(['unchanged', 'converted']);
});

test('copies that are lost are made again of what nobody has changed', async () => {
  const one = bench();
  await one.run();
  const before = one.all(true);
  for (const name of ['a.toml', 'sub/b.toml']) one.target(`.rulecast/base/${name}.base`);
  expect((await one.run()).states).toEqual({ 'a.toml': 'same', 'sub/b.toml': 'same' });
  expect(one.all(true)).toEqual(before);
  one.target('.rulecast/base/a.toml.base');
  one.edit('a.toml');
  expect((await one.run()).states['a.toml']).toBe('conflict');
});

test('the mode of a file stays when it is written anew', async () => {
  const one = bench();
  await one.run();
  chmodSync(join(one.to, 'a.toml'), 0o640);
  one.source('a.yml', ruleOf(1, 'other'));
  await one.run();
  expect(statSync(join(one.to, 'a.toml')).mode & 0o777).toBe(0o640);
});
