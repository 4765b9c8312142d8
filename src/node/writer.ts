import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

import { step } from './steps.ts';
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
/** So many go to the thread together. */
const together = 32;

/**
 * Writes files while other work goes on. Most of the time that a small file takes is the system's, so
 * where there are many, a thread of their own waits for it. What can not be written costs no other file.
 */
export class Writer {
  readonly #unwritten: Unwritten[] = [];
  #written = 0;
  #thread: Worker | undefined;
  #batch: Writing[] = [];

  write(path: string, text: string): void {
    this.#written += 1;
    if (this.#written <= few) {
      writeOr(this.#unwritten, { path, text });
      return;
    }
    this.#batch.push({ path, text });
    if (this.#batch.length === together) this.#handOver();
  }

  /** Waits until all is written. Gives what could not be. */
  async end(): Promise<readonly Unwritten[]> {
    this.#handOver();
    if (this.#thread === undefined) return this.#unwritten;
    this.#thread.postMessage('end');
    const [unwritten] = (await once(this.#thread, 'message')) as [readonly Unwritten[]];
    return [...this.#unwritten, ...unwritten];
  }

  #handOver(): void {
    if (this.#batch.length === 0) return;
    this.#thread ??= new Worker(new URL('./writing-thread.js', import.meta.url));
    this.#thread.postMessage(this.#batch);
    this.#batch = [];
  }
}

/** Writes a file, or notes why it could not be. */
export function writeOr(unwritten: Unwritten[], { path, text }: Writing): void {
  try {
    step(
      'wrote',
      path,
      () => writeText(path, text),
      () => Buffer.byteLength(text),
    );
  } catch (error) {
    unwritten.push({ path, reason: (error as Error).message });
  }
}
