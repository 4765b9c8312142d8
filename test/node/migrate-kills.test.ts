import { cpSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';

import { merge } from '../../src/index.ts';
import type { MigrateOptions } from '../../src/node/migrate/model.ts';
import { Bench, refusedOf, ruleOf, type Tree } from '../support/migration.ts';

const benches: Bench[] = [];
afterEach(() => {
  for (const one of benches.splice(0)) one.end();
});

function bench(source: Tree = {}): Bench {
  const made = new Bench(source);
  benches.push(made);
  return made;
}

/** The same folders once more. */
function twinOf(one: Bench): Bench {
  const twin = bench();
  rmSync(twin.from, { recursive: true });
  cpSync(one.from, twin.from, { recursive: true });
  cpSync(one.to, twin.to, { recursive: true });
  return twin;
}

const start: Tree = {
  'a.yml': ruleOf(1),
  'b.yml': ruleOf(2),
  'sub/c.yml': ruleOf(3),
  'sub/d.yml': ruleOf(4),
  'sub/e.yml': ruleOf(5),
  'f.yml': `${ruleOf(6)}---\n${ruleOf(7)}`,
  'g.yml': ruleOf(8),
  'h.yml': ruleOf(9),
  'proc_creation_win_i.yml': ruleOf(10),
};

/** A week later: whatever may have become of a file has. */
async function weekLater(): Promise<Bench> {
  const one = bench(start);
  await one.run();
  one.source('a.yml', ruleOf(1, 'other'));
  one.edit('b.toml');
  one.edit('sub/c.toml');
  one.source('sub/c.yml', ruleOf(3, 'other'));
  one.source('sub/d.yml');
  renameSync(join(one.from, 'sub/e.yml'), join(one.from, 'moved.yml'));
  one.edit('sub/e.toml');
  one.source('f.yml', `${ruleOf(7, 'other')}---\n${ruleOf(6)}---\n${refusedOf(11)}`);
  one.edit('g.toml');
  one.source('g.yml', ruleOf(8, 'other'));
  await one.run({ prune: false });
  one.source('new.yml', ruleOf(20));
  // One conflict is settled, one goes away, a file is deleted, and a source has come to what stands there.
  one.target('g.toml.theirs');
  one.source('sub/c.yml', ruleOf(3));
  one.target('h.toml');
  one.source('h.yml', ruleOf(9, 'other'));
  one.source('proc_creation_win_i.yml', ruleOf(10, 'other'));
  one.edit('proc_creation_win_i.toml');
  return one;
}

const manners: readonly Partial<MigrateOptions>[] = [
  {},
  { prune: true, restore: true, onConflict: 'theirs' },
  { names: 'house', onConflict: 'ours' },
  { mergeTexts: merge },
];

test.each(manners)(
  'killed at any change of the disk and run again, it is as if it had not been: %j',
  async (options) => {
    const one = await weekLater();
    const whole = twinOf(one);
    await whole.run(options);
    const meant = whole.all(true);
    await whole.run(options);
    expect(whole.all(true)).toEqual(meant);
    let change = 1;
    for (let isKilled = true; isKilled; change += 1) {
      const twin = twinOf(one);
      isKilled = await twin.killedAt(change, options);
      await twin.run(options);
      expect(twin.all(true), `killed at change ${change}`).toEqual(meant);
      benches.pop()!.end();
    }
    expect(change).toBeGreaterThan(20);
  },
);

test('a first run that is killed, of an empty target, too', async () => {
  const whole = bench(start);
  await whole.run();
  for (let change = 1, isKilled = true; isKilled; change += 1) {
    const one = bench(start);
    isKilled = await one.killedAt(change);
    await one.run();
    expect(one.all(true), `killed at change ${change}`).toEqual(whole.all(true));
    benches.pop()!.end();
  }
});

test('killed while it merges, and then the source goes back: what it said meanwhile is no edit by hand', async () => {
  let isKilled = true;
  for (let change = 1; isKilled; change += 1) {
    const one = bench({ 'a.yml': ruleOf(1) });
    await one.run();
    const mine = one.edit('a.toml');
    one.source('a.yml', ruleOf(1, 'other'));
    isKilled = await one.killedAt(change, { mergeTexts: merge });
    one.source('a.yml', ruleOf(1));
    await one.run({ mergeTexts: merge });
    expect(one.read('a.toml'), `killed at change ${change}`).toBe(mine);
    benches.pop()!.end();
  }
});

test('killed, and then the source changes or somebody edits: nothing is lost', async () => {
  for (let change = 1; change <= 12; change += 1) {
    const one = bench({ 'a.yml': ruleOf(1) });
    await one.run();
    one.source('a.yml', ruleOf(1, 'other'));
    await one.killedAt(change);
    const mine = one.edit('a.toml');
    one.source('a.yml', ruleOf(1, 'third'));
    await one.run();
    expect(one.read('a.toml')).toBe(mine);
    expect(one.all()['a.toml.theirs']).toContain('third 1');
    benches.pop()!.end();
  }
  for (let change = 1; change <= 12; change += 1) {
    const one = bench({ 'a.yml': ruleOf(1) });
    await one.run();
    one.source('a.yml', ruleOf(1, 'other'));
    await one.killedAt(change);
    one.source('a.yml', ruleOf(1, 'third'));
    // Nobody has touched it, so there is no conflict, wherever the run was killed.
    expect((await one.run()).states).toEqual({ 'a.toml': 'updated' });
    benches.pop()!.end();
  }
});

type Step = readonly [
  kind: 'edit' | 'delete' | 'change' | 'gone' | 'rename' | 'settle' | 'run' | 'kill',
  which: number,
  how: number,
];

const steps = fc.array(
  fc.tuple(
    fc.constantFrom('edit', 'delete', 'change', 'gone', 'rename', 'settle', 'run', 'run', 'kill'),
    fc.nat(3),
    fc.nat(40),
  ) as fc.Arbitrary<Step>,
  { minLength: 4, maxLength: 14 },
);

const asked: readonly Partial<MigrateOptions>[] = [
  {},
  { prune: true },
  { restore: true, again: true },
  { onConflict: 'ours' },
  { names: 'house' },
  { carry: 'none' },
];

test('what somebody wrote into a target stands in it, whatever comes', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const one = bench({
        '1.yml': ruleOf(1),
        '2.yml': ruleOf(2),
        's/3.yml': ruleOf(3),
        's/4.yml': ruleOf(4),
      });
      let marks: string[] = [];
      await one.run();
      for (const [at, [kind, which, how]] of all.entries()) {
        const targets = Object.keys(one.all()).filter((path) => path.endsWith('.toml'));
        const target = targets[which % Math.max(1, targets.length)];
        const sources = Object.keys(one.sources());
        const source = sources[which % Math.max(1, sources.length)];
        if (kind === 'edit' && target !== undefined) {
          marks.push(`# mark ${at} `);
          one.edit(target, `# mark ${at} \n`);
        } else if (kind === 'delete' && target !== undefined) {
          const text = one.read(target);
          marks = marks.filter((mark) => !text.includes(mark));
          one.target(target);
        } else if (kind === 'change' && source !== undefined) {
          one.source(source, one.sources()[source]!.replace(/'\w+ (\d+)'/, `'word${how} $1'`));
        } else if (kind === 'gone' && source !== undefined) one.source(source);
        else if (kind === 'rename' && source !== undefined) {
          const name = `r${at}.yml`;
          renameSync(join(one.from, source), join(one.from, name));
        } else if (kind === 'settle') {
          for (const path of Object.keys(one.all())) if (path.endsWith('.theirs')) one.target(path);
        } else if (kind === 'kill') await one.killedAt(how, asked[which]);
        else await one.run(asked[how % asked.length]);
        const texts = Object.values(one.all()).join('');
        expect(marks.filter((mark) => !texts.includes(mark))).toEqual([]);
      }
      await one.run();
      const settled = one.all(true);
      expect((await one.run()).summary.changes).toBe(0);
      expect(one.all(true)).toEqual(settled);
      benches.pop()!.end();
    }),
    { numRuns: 30 },
  );
});
