import { closeSync, constants, openSync, readSync } from 'node:fs';

/** How long a pipe is given to be opened by whoever writes into it. */
const patience = 500;
const pause = 10;

/** All that comes out of what does not know its size. Undefined, if that is more than `most`. */
export function readStream(file: number, most: number, mayBeOpened: boolean): Buffer | undefined {
  const all: Buffer[] = [];
  let length = 0;
  for (const piece of pieces(file, mayBeOpened)) {
    all.push(piece);
    length += piece.length;
    if (length > most) return undefined;
  }
  return Buffer.concat(all, length);
}

/**
 * What comes out of a file, a pipe, a device, standard input, piece by piece. A pipe that nobody writes into, and that
 * was opened here, is given a moment, and is empty then; opened the usual way, it would keep a run for ever.
 */
export function* pieces(file: number, mayBeOpened: boolean): Generator<Buffer> {
  let length = 0;
  let waited = mayBeOpened ? 0 : patience;
  for (;;) {
    const piece = Buffer.allocUnsafe(64 * 1024);
    const count = readSome(file, piece);
    if (count === 0 && (length > 0 || waited >= patience)) return;
    if (count === undefined || count === 0) {
      if (count === 0) waited += pause;
      sleep(pause);
      continue;
    }
    length += count;
    yield piece.subarray(0, count);
  }
}

/** Opens a file for reading without waiting for anybody to write into it. */
export function open(path: string): number {
  return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
}

export function close(file: number | undefined): void {
  if (file !== undefined) closeSync(file);
}

/** Undefined while there is nothing yet. */
function readSome(file: number, piece: Buffer): number | undefined {
  try {
    return readSync(file, piece, 0, piece.length, null);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EAGAIN') return undefined;
    if (code === 'EOF') return 0;
    throw error;
  }
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
