import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { ConvertOptions } from '../../index.ts';
import { CastingRun } from '../casting-run.ts';
import { folderOfCopies } from './copies.ts';
import { digestOf, digestOfFile } from './digest.ts';
import type { Disk } from './disk.ts';
import { failing } from './failure.ts';
import type { Folders } from './folders.ts';
import { headOf } from './head.ts';
import { type Entry, type Head, type Manifest, manifestPath } from './manifest.ts';
import type { MigrateOptions } from './model.ts';
import { movesAmong } from './moves.ts';
import { readManifest } from './read-manifest.ts';
import { type Tree, treeOf } from './tree.ts';

/** What a run finds, and what follows from it before anything is cast. */
export interface Plan {
  readonly tree: Tree;
  readonly run: CastingRun;
  readonly head: Head;
  /** How targets are named so far; if otherwise than they are to be, they are named anew. */
  readonly namesBefore: Head['names'];
  /** Of the bytes of each file of rules; none for a file that can not be read. */
  readonly digests: ReadonlyMap<string, string>;
  /** Of all files of rules together. */
  readonly around: string;
  /** What is known of the files that are there, by their paths. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** What is known of files that stand elsewhere now, by where they do. */
  readonly moves: ReadonlyMap<string, Entry>;
  readonly gone: readonly Entry[];
}

export function planOf(folders: Folders, disk: Disk, options: MigrateOptions): Plan {
  const tree = treeOf(folders);
  const run = new CastingRun(tree.files, convertOptionsOf(options));
  const own = new Set(options.exclusions);
  const head = headOf(
    options,
    run.exclusions.filter((one) => !own.has(one)),
  );
  const before = manifestAt(disk);
  if (before !== undefined) checkSame(before.head, head);
  const digests = new Map(
    tree.files.flatMap(({ path, below }) => {
      const digest = digestOfFile(path);
      return digest === undefined ? [] : [[below, digest] as const];
    }),
  );
  const isCurrent = before === undefined || sameHead(before.head, head);
  const all = [...(before?.entries.values() ?? [])];
  const there = new Set(tree.files.map(({ below }) => below));
  const missing = all.filter(
    ({ source }) => !there.has(source) && !tree.closed.some(({ path }) => isBelow(source, path)),
  );
  const known = new Set(all.map(({ source }) => source));
  const added = tree.files.filter(({ below }) => !known.has(below));
  const moves = movesAmong(missing, added, ({ below }) => digests.get(below), options.from);
  const moved = new Set(moves.values());
  return {
    tree,
    run,
    head,
    namesBefore: before?.head.names ?? head.names,
    digests,
    around: digestOf([...digests].join('\n')),
    // What was made with other options, tables or another version is to be made again.
    entries: new Map(all.map((entry) => [entry.source, isCurrent ? entry : { ...entry, digest: '' }])),
    moves,
    gone: missing.filter((entry) => !moved.has(entry)),
  };
}

/** What is asked of each conversion. */
export function convertOptionsOf(options: MigrateOptions): ConvertOptions {
  const { names, bundle, onConflict, restore, prune, again, dryRun, jobs, signal, ...rest } = options;
  const { mergeTexts, changes, onProgress, onConversion, ...convert } = rest;
  return convert;
}

function manifestAt(disk: Disk): Manifest | undefined {
  const there = disk.at(manifestPath);
  if (there.kind === 'nothing') return undefined;
  return readManifest(there.kind === 'text' ? there.text : '');
}

function checkSame(before: Head, now: Head): void {
  const [was, is] = [before, now].map(({ to, bundle }) => `--to ${to}${bundle ? ' --bundle' : ''}`);
  if (was === is) return;
  const message = `The target was written ${was}, and this run is ${is}; nothing was done. Name another folder.`;
  throw failing('migrate/other-target', message);
}

function sameHead(a: Head, b: Head): boolean {
  return (Object.keys(a) as (keyof Head)[]).every((key) => a[key] === b[key]);
}

function isBelow(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

/** The files among the copies, with slashes; none where there is no such folder. */
export function copiesBelow(root: string): readonly string[] {
  try {
    return (readdirSync(join(root, folderOfCopies), { recursive: true }) as string[]).map((name) =>
      name.replaceAll('\\', '/'),
    );
  } catch {
    return [];
  }
}
