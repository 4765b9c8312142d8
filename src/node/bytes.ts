import { fstatSync, readSync } from 'node:fs';

import { close, open } from './stream.ts';

/** What can be read at any place, and again. */
export interface Bytes {
  readonly size: number;
  /** Less comes, where there is no more. */
  read(start: number, length: number): Buffer;
}

/** The bytes of a file, which is opened each time; undefined for what is none, and for one that can not be read. */
export function bytesOfFile(path: string): Bytes | undefined {
  const withFile = <T>(work: (file: number) => T): T => {
    let file: number | undefined;
    try {
      file = open(path);
      return work(file);
    } finally {
      close(file);
    }
  };
  try {
    const stats = withFile((file) => fstatSync(file));
    if (!stats.isFile()) return undefined;
    return {
      size: stats.size,
      read: (start, length) => withFile((file) => readAt(file, start, length)),
    };
  } catch {
    return undefined; // Reading it the usual way tells.
  }
}

export function readAt(file: number, start: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  for (let count = -1; count !== 0 && done < length; done += count) {
    count = readSync(file, bytes, done, length - done, start + done);
  }
  return bytes.subarray(0, done);
}

/** All of it, piece by piece. */
export function* chunksOf({ size, read }: Bytes): Generator<Buffer> {
  const some = 256 * 1024;
  for (let at = 0; at < size; ) {
    const chunk = read(at, Math.min(some, size - at));
    if (chunk.length === 0) return;
    yield chunk;
    at += chunk.length;
  }
}
