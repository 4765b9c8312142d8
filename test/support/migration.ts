import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { type Disk, RealDisk } from '../../src/node/migrate/disk.ts';
import { foldersOf } from '../../src/node/migrate/folders.ts';
import { migrate, migrateOn } from '../../src/node/migrate/migrate.ts';
import type { MigratedFile, MigrateOptions, MigrationSummary } from '../../src/node/migrate/model.ts';

/** Files by their paths below a folder. */
export type Tree = Readonly<Record<string, string>>;

/** A rule of Sigma's for each number, which asks for a word. */
export const ruleOf = (number: number, word = 'thing') => `title: Rule ${number}
id: 00000000-0000-4000-8000-${String(number).padStart(12, '0')}
logsource:
    category: process_creation
    product: windows
detection:
    selection:
        CommandLine|contains: '${word} ${number}'
    condition: selection
`;

/** A rule that has no words in the target: it is refused. */
export const refusedOf = (number: number) => ruleOf(number).replace('|contains: ', "|re: '(?=x)' #");

/** Two folders that go when the test does. */
export class Bench {
  readonly root = mkdtempSync(join(tmpdir(), 'rulecast-'));
  readonly from = join(this.root, 'from');
  readonly to = join(this.root, 'to');

  constructor(source: Tree = {}) {
    mkdirSync(this.from);
    this.lay(this.from, source);
  }

  lay(folder: string, tree: Tree): void {
    for (const [path, text] of Object.entries(tree)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  }

  source(path: string, text?: string): void {
    if (text === undefined) rmSync(join(this.from, path));
    else this.lay(this.from, { [path]: text });
  }

  target(path: string, text?: string): void {
    if (text === undefined) rmSync(join(this.to, path));
    else this.lay(this.to, { [path]: text });
  }

  /** Adds to what stands in a target, as somebody who edits it. */
  edit(path: string, more = '# by hand\n'): string {
    const text = `${this.read(path)}${more}`;
    this.target(path, text);
    return text;
  }

  read(path: string): string {
    return readFileSync(join(this.to, path), 'utf8');
  }

  run(options: Partial<MigrateOptions> = {}): Promise<Ran> {
    return ran(migrate(this.from, this.to, { ...usual, ...options }));
  }

  /** A run whose process is killed ahead of one of its changes of the disk. */
  async killedAt(change: number, options: Partial<MigrateOptions> = {}): Promise<boolean> {
    let count = 0;
    const disk: Disk = new RealDisk(this.to, () => {
      count += 1;
      if (count >= change) throw new Error('killed');
    });
    const asked = { ...usual, ...options };
    await ran(migrateOn(disk, foldersOf(this.from, this.to), asked)).catch((error: Error) => {
      if (error.message !== 'killed') throw error;
    });
    return count >= change;
  }

  /** All that stands in the target; without what is kept of it unless asked for. */
  all(withCopies = false): Tree {
    return treeAt(this.to, withCopies);
  }

  sources(): Tree {
    return treeAt(this.from);
  }

  end(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Nothing is put together, so that any edit and any change of the source are a conflict. */
const usual = {
  to: 'elastic',
  today: '2026-01-01',
  prove: false,
  mergeTexts: false,
} as const satisfies MigrateOptions;

export interface Ran {
  readonly files: ReadonlyMap<string, MigratedFile>;
  readonly summary: MigrationSummary;
  /** The states of all targets, by their paths. */
  readonly states: Readonly<Record<string, string>>;
  readonly codes: readonly string[];
}

export async function ran(run: AsyncGenerator<MigratedFile, MigrationSummary>): Promise<Ran> {
  const files = new Map<string, MigratedFile>();
  for (;;) {
    const next = await run.next();
    if (next.done) {
      const targets = [...files.values()].flatMap((file) => file.targets);
      const states = Object.fromEntries(targets.map(({ path, state }) => [path, state]));
      const found = [...targets, ...files.values()].flatMap(({ diagnostics }) => diagnostics);
      return { files, summary: next.value, states, codes: found.map(({ code }) => code) };
    }
    files.set(next.value.path, next.value);
  }
}

export function treeAt(root: string, withCopies = false): Tree {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(root, name)).isFile())
    .filter((name) => withCopies || !name.startsWith('.rulecast'))
    .sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(root, name), 'utf8')]));
}
