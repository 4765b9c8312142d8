import { closeSync, lstatSync, openSync, rmSync, writeSync } from 'node:fs';

import { type Bytes, bytesOfFile } from './bytes.ts';
import { begun, done } from './unfinished.ts';
import { isDevice, nameBeside, takePlace } from './write-text.ts';
import type { Unwritten } from './writer.ts';

/**
 * A file that is written bit by bit, and yet whole or not at all: beside its place first, which it takes when all is
 * there. Without a word, there is no file. What is no file is written into at once.
 */
export class GrowingFile {
  readonly path: string;
  #file: number | undefined;
  #beside: string | undefined;
  #unwritten: Unwritten | undefined;

  constructor(path: string) {
    this.path = path;
  }

  append(text: string): void {
    if (text === '' || this.#unwritten !== undefined) return;
    this.#trying(() => {
      this.#file ??= this.#open();
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
    });
  }

  /** Takes its place. Says why, if it could not be written. */
  finish(): Unwritten | undefined {
    if (this.#file !== undefined) {
      this.#trying(() => {
        this.#close();
        const beside = this.#beside;
        if (beside === undefined) return;
        if (saySame(beside, this.path)) rmSync(beside, { force: true });
        else takePlace(beside, this.path);
        done(beside);
      });
    }
    return this.#unwritten;
  }

  /** Leaves what stands in its place as it is. */
  discard(): void {
    this.#close();
    if (this.#beside === undefined) return;
    rmSync(this.#beside, { force: true });
    done(this.#beside);
  }

  #open(): number {
    if (isDevice(this.path)) return openSync(this.path, 'w');
    this.#beside = nameBeside(this.path);
    const file = openSync(this.#beside, 'wx');
    begun(this.#beside);
    return file;
  }

  #close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #trying(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#unwritten = { path: this.path, reason: (error as Error).message };
      this.discard();
    }
  }
}

/** A file that says the same already stays. */
function saySame(path: string, other: string): boolean {
  if (lstatSync(other, { throwIfNoEntry: false })?.isFile() !== true) return false;
  const [a, b] = [bytesOfFile(path), bytesOfFile(other)];
  return a !== undefined && b !== undefined && a.size === b.size && sameBytes(a, b);
}

function sameBytes(a: Bytes, b: Bytes): boolean {
  const some = 1024 * 1024;
  for (let at = 0; at < a.size; at += some) {
    if (!a.read(at, Math.min(some, a.size - at)).equals(b.read(at, Math.min(some, a.size - at))))
      return false;
  }
  return true;
}
