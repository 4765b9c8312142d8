import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { endsAsRules, type InputFile, passedOver } from '../files.ts';
import type { Folders } from './folders.ts';

/** Everything below the source: files that may hold rules, and all others, with the reason why they do not. */
export interface Tree {
  readonly files: readonly InputFile[];
  readonly ignored: readonly Ignored[];
  /** Folders that could not be looked into, so nobody knows what is gone from them. */
  readonly closed: readonly Closed[];
}

interface Ignored {
  readonly path: string;
  readonly reason: string;
}

interface Closed {
  readonly path: string;
  readonly reason: string;
}

/** Paths are written with slashes, and stand in one order, whatever the system has. */
export function treeOf({ from, to }: Folders): Tree {
  const files: InputFile[] = [];
  const ignored: Ignored[] = [];
  const closed: Closed[] = [];

  const walk = (folder: string, below: string): void => {
    const entries = entriesOf(folder);
    if (typeof entries === 'string') {
      closed.push({ path: below, reason: entries });
      return;
    }
    for (const entry of entries.sort(byName)) {
      const path = join(folder, entry.name);
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      const reason = reasonAgainst(entry, path, to);
      if (reason !== undefined) ignored.push({ path: entry.isDirectory() ? `${name}/` : name, reason });
      else if (entry.isDirectory()) walk(path, name);
      else files.push({ path, below: name, named: false });
    }
  };
  walk(from, '');
  return { files: files.sort((a, b) => (a.below < b.below ? -1 : 1)), ignored, closed };
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1;
}

function reasonAgainst(entry: Dirent, path: string, target: string): string | undefined {
  if (entry.isDirectory()) {
    if (path === target) return 'the target of the migration';
    return passedOver.has(entry.name) ? 'a folder of a tool' : undefined;
  }
  if (entry.isSymbolicLink()) return 'a link';
  if (!entry.isFile()) return 'no file';
  return endsAsRules(entry.name) ? undefined : 'its ending is none of a rule file';
}

/** Why there are none, for a folder that can not be looked into. */
function entriesOf(folder: string): Dirent[] | string {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    return (error as Error).message;
  }
}
