import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { threadId } from 'node:worker_threads';

let started = 0;
/** Folders that are known to be there, by their whole paths: where a process works may change. */
const made = new Set<string>();

/**
 * Writes a file whole or not at all: into a file beside it first, which then takes its place. A link
 * that stands at the path is replaced, not followed. A file that says the same already is left as it is; one
 * that does not hands on its permissions. What is no file (a device, a pipe, and a link to one) is written
 * into, and stays. Throws what the system says against it.
 */
export function writeText(path: string, text: string): void {
  const bytes = Buffer.from(text);
  if (says(path, bytes)) return;
  if (isDevice(path)) writeFileSync(path, bytes);
  else writeFile(path, bytes);
}

function writeFile(path: string, bytes: Buffer): void {
  const beside = nameBeside(path);
  try {
    writeFileSync(beside, bytes, { flag: 'wx' });
    takePlace(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** A name for a file that is to take the place of another once it is written. Its folder is there. */
export function nameBeside(path: string): string {
  const folder = dirname(path);
  const whole = resolve(folder);
  if (!made.has(whole)) mkdirSync(folder, { recursive: true });
  made.add(whole);
  started += 1;
  return join(folder, `.${basename(path)}.${process.pid}.${threadId}.${started}.tmp`);
}

export function takePlace(beside: string, path: string): void {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there?.isFile()) chmodSync(beside, there.mode);
  renameSync(beside, path);
}

function says(path: string, bytes: Buffer): boolean {
  const there = lstatSync(path, { throwIfNoEntry: false });
  return there?.isFile() === true && there.size === bytes.length && bytes.equals(readFileSync(path));
}

/** What is no file, and is written into. */
export function isDevice(path: string): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  return there !== undefined && !there.isFile() && !there.isDirectory();
}
