import { mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ConvertOptions } from '../index.ts';
import { type Bytes, readAt } from './bytes.ts';
import { decode, type FileText, largest, tooLarge } from './decode.ts';
import { areLines, type LongFile, longBytes, type Sizes } from './long-file.ts';
import { pieces } from './stream.ts';
import { begun } from './unfinished.ts';

/**
 * What comes from standard input: its text, or a long file of lines. That is put aside in a file without a name,
 * which goes with the process, as it is gone through more than once.
 */
export function readInput({ from }: Pick<ConvertOptions, 'from'>, sizes: Sizes): FileText | LongFile {
  const held: Buffer[] = [];
  let [length, mayBeLong, file] = [0, true, undefined as number | undefined];
  for (const piece of pieces(0, false)) {
    length += piece.length;
    if (file !== undefined) {
      writeWhole(file, piece);
      continue;
    }
    held.push(piece);
    if (mayBeLong && length > sizes.long) {
      mayBeLong = areLines(bytesOf(Buffer.concat(held, Math.min(length, beginning))), from);
      if (mayBeLong) {
        file = nameless();
        for (const one of held.splice(0)) writeWhole(file, one);
      }
    }
    if (file === undefined && length > largest) return tooLarge(largest);
  }
  if (file === undefined) return decode(Buffer.concat(held));
  const aside = file;
  const bytes = { size: length, read: (start: number, count: number) => readAt(aside, start, count) };
  const long = longBytes('-', bytes, from, sizes);
  if (long !== undefined) return long;
  return length > largest ? tooLarge(largest, length) : decode(bytes.read(0, length));
}

/** As much as tells what it is. */
const beginning = 2 * 1024 * 1024;

function bytesOf(bytes: Buffer): Bytes {
  return { size: bytes.length, read: (start, length) => bytes.subarray(start, start + length) };
}

function writeWhole(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

/** A file that has lost its name already; where systems do not know such, one that goes at the end. */
function nameless(): number {
  const folder = mkdtempSync(join(tmpdir(), 'rulecast-'));
  const path = join(folder, 'input');
  const file = openSync(path, 'wx+', 0o600);
  try {
    rmSync(folder, { recursive: true });
  } catch {
    begun(path);
  }
  return file;
}
