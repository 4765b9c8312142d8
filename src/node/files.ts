import { type Dirent, fstatSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, dirname, join, normalize, relative, resolve } from 'node:path';

import { configurationNames } from './configuration.ts';
import { decode, type FileText, largest, nowhere, tooLarge } from './decode.ts';
import { step } from './steps.ts';
import { close, open, readStream } from './stream.ts';

/** A file that a command was given, or that stands below a folder it was given. */
export interface InputFile {
  readonly path: string;
  /** Its path below the folder that was named; its own name where the file itself was. */
  readonly below: string;
  /** Named by the user, or only found on the way through a folder. */
  readonly named: boolean;
}

/** How files of rules end. Others are passed over in folders. */
const endings = /\.(?:toml|ya?ml|json|ndjson|jsonl)$/i;
/** Folders of tools; the last is what `migrate` keeps beside the rules it wrote. */
export const passedOver: ReadonlySet<string> = new Set(['node_modules', '.git', '.rulecast']);

/** Whether a file has a name as files of rules have it. What says how they are cast is none of them. */
export function endsAsRules(name: string): boolean {
  return endings.test(name) && !configurationNames.includes(name);
}

/** Every file that some paths mean: files, folders with all below them, patterns with `*` and `**`. In order of path. */
export function inputFiles(paths: readonly string[]): {
  readonly files: readonly InputFile[];
  readonly missing: readonly string[];
} {
  const missing: string[] = [];
  const files = paths.flatMap((path) => {
    const found = filesOf(path);
    if (found.length === 0 && kindOf(path) === undefined) missing.push(path);
    return found;
  });
  return { files: [...new Map(files.map((file) => [resolve(file.path), file])).values()], missing };
}

function filesOf(path: string): readonly InputFile[] {
  switch (kindOf(path)) {
    case 'file':
      return [{ path, below: basename(path), named: true }];
    case 'folder':
      return walk(path).map((file) => ({ path: file, below: relative(path, file), named: false }));
    default:
      return matching(path);
  }
}

/** What stands at a path, links followed. */
export function kindOf(path: string): 'file' | 'folder' | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isDirectory() ? 'folder' : stats ? 'file' : undefined;
  } catch {
    return 'file'; // Links that go round in circles, names that are too long: reading it tells.
  }
}

/** All files of rules below a folder. Links are not followed: they lead out of it, or round in circles. */
function walk(folder: string): readonly string[] {
  return (
    entriesOf(folder)
      ?.sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) return passedOver.has(entry.name) ? [] : walk(path);
        return entry.isFile() && endsAsRules(entry.name) ? [path] : [];
      }) ?? [folder]
  );
}

/** Undefined for a folder that can not be looked into: it stands for its files, and fails when it is read. */
function entriesOf(folder: string): Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return undefined;
  }
}

/** Files that fit a pattern, below the part of it that has no wildcards. */
function matching(given: string): readonly InputFile[] {
  if (!/[*?{]/.test(given)) return [];
  const pattern = normalize(given);
  const fixed = /^[^*?{]*/.exec(pattern)![0];
  const root = fixed.endsWith('/') ? fixed.slice(0, -1) || '/' : dirname(fixed);
  if (kindOf(root) !== 'folder') return [];
  const expression = expressionOf(pattern);
  return walk(root)
    .filter(
      (path) =>
        expression.test(path.replaceAll('\\', '/')) || expression.test(`./${path.replaceAll('\\', '/')}`),
    )
    .map((path) => ({ path, below: relative(root, path), named: false }));
}

/** `**` is any folders, `*` and `?` stay within one name, `{a,b}` is one of these. */
function expressionOf(pattern: string): RegExp {
  return new RegExp(
    `^${pattern
      .split(/\{([^{}]*)\}/)
      .map(pieceOf)
      .join('')}$`,
  );
}

/** What stands in braces comes at every odd place. */
function pieceOf(text: string, index: number): string {
  return index % 2 === 0 ? namesOf(text) : `(?:${text.split(',').map(namesOf).join('|')})`;
}

const wild: Readonly<Record<string, string>> = {
  '**/': '(?:[^/]+/)*',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
};

function namesOf(text: string): string {
  return text.replace(/\*\*\/|\*\*|[*?]|[\\^$.|+()[\]{}]/g, (piece) => wild[piece] ?? `\\${piece}`);
}

/** The text of a file, a byte-order mark included; or why there is none. */
export function readText(path: string, most = largest): FileText {
  return step(
    'read',
    path,
    () => textAt(path, most),
    ({ text }) => Buffer.byteLength(text),
  );
}

function textAt(path: string, most: number): FileText {
  let file: number | undefined;
  try {
    file = open(path);
    const stats = fstatSync(file);
    // Pipes and devices do not know their size, and files of the system say that they have none.
    if (stats.size === 0 && !stats.isDirectory()) return readOpen(file, stats.isFIFO(), most);
    return stats.size > most ? tooLarge(most, stats.size) : decode(readBytes(file, stats.size));
  } catch (error) {
    const message = `The file could not be read: ${(error as Error).message}.`;
    return { ok: false, code: 'read/failed', message, ...nowhere };
  } finally {
    close(file);
  }
}

/** Whether one of these words stands in a file that can be read. Nothing is made of the rest of it. */
export function mentions(path: string, words: readonly string[]): boolean {
  let file: number | undefined;
  try {
    file = open(path);
    const { size } = fstatSync(file);
    const bytes = readBytes(file, size > largest ? 0 : size);
    return words.some((word) => bytes.includes(word));
  } catch {
    return false;
  } finally {
    close(file);
  }
}

/** The text of what is open already, and does not know its size. */
export function readOpen(file: number, mayBeOpened = false, most = largest): FileText {
  const bytes = readStream(file, most, mayBeOpened);
  return bytes === undefined ? tooLarge(most) : decode(bytes);
}

/** Where small files are read to, one after the other: each is text before the next one comes. */
const room = Buffer.allocUnsafeSlow(256 * 1024);

/** As `readFileSync`, without asking for the size again; the file may be shorter by now. */
function readBytes(file: number, size: number): Buffer {
  const bytes = size <= room.length ? room : Buffer.allocUnsafe(size);
  let length = 0;
  for (let count = -1; count !== 0 && length < size; length += count) {
    count = readSync(file, bytes, length, size - length, null);
  }
  return bytes.subarray(0, length);
}
