import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

import { migrate } from '../../src/node/migrate/migrate.ts';
import { main } from '../support/command.ts';
import { corpus, without } from '../support/corpus.ts';
import { ran, treeAt } from '../support/migration.ts';

const root = mkdtempSync(join(tmpdir(), 'rulecast-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe.skipIf(without)('whole packs (CORPUS)', () => {
  test.each([
    ['sigma', 'elastic'],
    ['elastic', 'sigma'],
  ] as const)(
    'every file of %s is accounted for on its way to %s, and again',
    async (pack, to) => {
      const [from, target] = [join(corpus, pack), join(root, pack)];
      const all = readdirSync(from, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
      const options = { to, today: '2026-01-01' } as const;
      const { files, summary } = await ran(migrate(from, target, options));
      expect(files.size).toBe(all.length);
      expect(summary.files.failed + summary.grades.failed).toBe(0);
      expect(Object.keys(summary.targets)).toEqual(['written']);
      for (const { state, reason } of files.values()) expect(state === 'ignored').toBe(reason !== undefined);
      expect(Object.keys(treeAt(target))).toHaveLength(summary.targets.written!);
      const again = await ran(migrate(from, target, options));
      expect([again.files.size, again.summary.changes]).toEqual([all.length, 0]);
      expect([again.summary.rules, again.summary.grades]).toEqual([summary.rules, summary.grades]);
    },
    600_000,
  );
});

describe.skipIf(without || !existsSync(main))('the command (CORPUS)', () => {
  const source = join(corpus, 'sigma/rules/macos');
  const args = (target: string) => [main, 'migrate', source, target, '--to', 'elastic', '--no-prove'];

  /** Undefined for one that was killed. */
  const start = (target: string, patience?: number) =>
    new Promise<number | null>((resolve) => {
      const child = spawn(process.execPath, args(target), { stdio: 'ignore' });
      if (patience !== undefined) setTimeout(() => child.kill('SIGKILL'), patience);
      child.on('exit', resolve);
    });

  test('killed twenty times wherever it was, it comes to the same', async () => {
    const [whole, killed] = [join(root, 'whole'), join(root, 'killed')];
    const began = performance.now();
    await start(whole);
    const time = performance.now() - began;
    let kills = 0;
    for (let count = 0; count < 20; count += 1) {
      // From before the first change to shortly before the end.
      if ((await start(killed, time * (0.2 + 0.04 * count))) === null) kills += 1;
      if (count % 5 === 4) rmSync(join(killed, '.rulecast/manifest.json'), { force: true });
    }
    expect(kills).toBeGreaterThan(3);
    await start(killed);
    expect(treeAt(killed, true)).toEqual(treeAt(whole, true));
  }, 300_000);
});
