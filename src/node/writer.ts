import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

import { writeText } from './write-text.ts';

/** A file that could not be written, and why. */
export interface Unwritten {
  readonly path: string;
  readonly reason: string;
}

/** A file to be written. */
export interface Writing {
  readonly path: string;
  readonly text: string;
}

/** From how many files on a thread pays. */
const few = 100;
/** Files that may wait for the disk at once. */
const most = 2000;

/**
 * Writes files while other work goes on. Most of the time that a small file takes is the system's, so
 * where there are many, a thread of their own waits for it. What can not be written costs no other file.
 */
export class Writer {
  readonly #unwritten: Unwritten[] = [];
  /** How many files the thread is done with. */
  readonly #done = new Int32Array(new SharedArrayBuffer(4));
  #thread: Worker | undefined;
  #written = 0;
  #handed = 0;

  write(path: string, text: string): void {
    if (this.#written < few) {
      this.#written += 1;
      writeOr(this.#unwritten, { path, text });
      return;
    }
    this.#thread ??= new Worker(new URL('./writing-thread.js', import.meta.url), { workerData: this.#done });
    this.#thread.postMessage({ path, text } satisfies Writing);
    this.#handed += 1;
    for (;;) {
      const done = Atomics.load(this.#done, 0);
      if (this.#handed - done <= most) return;
      Atomics.wait(this.#done, 0, done, 1000);
    }
  }

  /** Waits until all is written. Gives what could not be. */
  async end(): Promise<readonly Unwritten[]> {
    if (this.#thread === undefined) return this.#unwritten;
    this.#thread.postMessage('end');
    const [unwritten] = (await once(this.#thread, 'message')) as [readonly Unwritten[]];
    return [...this.#unwritten, ...unwritten];
  }
}

/** Writes a file, or notes why it could not be. */
export function writeOr(unwritten: Unwritten[], { path, text }: Writing): void {
  try {
    writeText(path, text);
  } catch (error) {
    unwritten.push({ path, reason: (error as Error).message });
  }
}
