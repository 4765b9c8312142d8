import { isUtf8 } from 'node:buffer';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** What stands at a place: nothing, a file with a text, or something that nobody here writes to, and why. */
export type Standing =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'other'; readonly what: string };

/** The changes that a migration makes below its target. Paths are below it, with slashes; each change is whole or not made. */
export interface Disk {
  at(path: string): Standing;
  write(path: string, text: string): void;
  move(from: string, to: string): void;
  remove(path: string): void;
  /** How many changes there were. */
  readonly changes: number;
}

/** Where files are written before they take their places: within the target, so that they can be renamed. */
export const workplace = '.rulecast/tmp';

/** The disk itself. Links below the target are never followed: they may lead out of it. */
export class RealDisk implements Disk {
  readonly #root: string;
  /** Folders that are known to be there, and to be no links. */
  readonly #folders = new Set<string>();
  readonly #before: () => void;
  #changes = 0;

  /** `before` is called ahead of each change. */
  constructor(root: string, before: () => void = () => {}) {
    this.#root = root;
    this.#before = before;
  }

  get changes(): number {
    return this.#changes;
  }

  at(path: string): Standing {
    const link = this.#linkAbove(path);
    if (link !== undefined) return { kind: 'other', what: `below the link ${link}` };
    const place = join(this.#root, path);
    const stats = statsOf(place);
    if (stats === undefined) return { kind: 'nothing' };
    if (stats.isSymbolicLink()) return { kind: 'other', what: 'a link' };
    if (!stats.isFile()) return { kind: 'other', what: stats.isDirectory() ? 'a folder' : 'no file' };
    const bytes = readFileSync(place);
    return isUtf8(bytes)
      ? { kind: 'text', text: bytes.toString('utf8') }
      : { kind: 'other', what: 'a file that is not UTF-8 text' };
  }

  write(path: string, text: string): void {
    this.#makeFolder(dirname(path));
    this.#makeFolder(workplace);
    const place = join(this.#root, path);
    const beside = join(this.#root, workplace, String(this.#changes));
    // What fails here leaves a file in the workplace, which is emptied when a run ends and when one begins.
    this.#changing(() => writeFileSync(beside, text));
    const there = statsOf(place);
    if (there?.isFile()) chmodSync(beside, there.mode);
    this.#changing(() => renameSync(beside, place));
  }

  move(from: string, to: string): void {
    this.#makeFolder(dirname(to));
    this.#changing(() => renameSync(join(this.#root, from), join(this.#root, to)));
    this.#tidy(dirname(from));
  }

  remove(path: string): void {
    this.#changing(() => rmSync(join(this.#root, path), { force: true }));
    this.#tidy(dirname(path));
  }

  #changing(change: () => void): void {
    this.#before();
    change();
    this.#changes += 1;
  }

  /** Folders that nothing is left in go, too. */
  #tidy(folder: string): void {
    if (folder === '.' || folder === '.rulecast') return;
    try {
      rmdirSync(join(this.#root, folder));
    } catch {
      return; // Something else stands in it.
    }
    this.#folders.delete(folder);
    this.#tidy(dirname(folder));
  }

  #makeFolder(folder: string): void {
    if (this.#folders.has(folder)) return;
    if (folder !== '.') this.#makeFolder(dirname(folder));
    const place = join(this.#root, folder);
    if (folder === '.') mkdirSync(place, { recursive: true });
    else if (statsOf(place) === undefined) mkdirSync(place);
    if (folder !== '.' && statsOf(place)?.isDirectory() !== true)
      throw new Error(`${folder} is no folder of the target, or a link, which is not followed`);
    this.#folders.add(folder);
  }

  /** A folder on the way to a path that is a link. */
  #linkAbove(path: string): string | undefined {
    const folder = dirname(path);
    if (folder === '.' || this.#folders.has(folder)) return undefined;
    return statsOf(join(this.#root, folder))?.isSymbolicLink() ? folder : this.#linkAbove(folder);
  }
}

function statsOf(place: string): Stats | undefined {
  try {
    return lstatSync(place, { throwIfNoEntry: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Makes no change, and shows what would stand there if it did. */
export class ImaginedDisk implements Disk {
  readonly #real: Disk;
  readonly #imagined = new Map<string, Standing>();
  #changes = 0;

  constructor(real: Disk) {
    this.#real = real;
  }

  get changes(): number {
    return this.#changes;
  }

  at(path: string): Standing {
    return this.#imagined.get(path) ?? this.#real.at(path);
  }

  write(path: string, text: string): void {
    this.#set(path, { kind: 'text', text });
  }

  move(from: string, to: string): void {
    this.#set(to, this.at(from));
    this.#imagined.set(from, { kind: 'nothing' });
  }

  remove(path: string): void {
    this.#set(path, { kind: 'nothing' });
  }

  #set(path: string, standing: Standing): void {
    this.#changes += 1;
    this.#imagined.set(path, standing);
  }
}
