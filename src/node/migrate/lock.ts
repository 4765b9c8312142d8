import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { failing } from './failure.ts';

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, as the system says; tells a number that is used again from the first. */
  readonly began: string;
}

/** The locks that this process holds: its number alone may be that of one that was killed. */
const held = new Set<string>();

/** Keeps others from a folder until it is let go. The lock of a process that is no more counts for nothing. */
export function lock(root: string): () => void {
  const path = join(root, '.rulecast/lock');
  try {
    mkdirSync(join(root, '.rulecast'), { recursive: true });
    if (!statSync(join(root, '.rulecast')).isDirectory()) throw new Error('.rulecast is no folder');
    const own = `${path}.${process.pid}`;
    writeFileSync(own, JSON.stringify(self()));
    try {
      if (!taken(own, path)) takeOver(own, path);
    } finally {
      rmSync(own, { force: true });
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw failing('write/failed', `Nothing can be written to ${root}: ${message}; nothing was done.`);
  }
  held.add(path);
  return () => {
    held.delete(path);
    rmSync(path, { force: true });
  };
}

/** A link is made whole or not at all, and never in the place of another. */
function taken(own: string, path: string): boolean {
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function takeOver(own: string, path: string): void {
  const text = textAt(path);
  const holder = holderIn(text);
  if (holder !== undefined && isAtWork(holder, path)) throw locked(holder, path);
  // Of several that find the same dead lock, one gets it; the others find that it is another by now.
  const aside = `${own}.old`;
  if (text !== undefined) {
    renameSync(path, aside);
    if (textAt(aside) !== text) {
      taken(aside, path);
      rmSync(aside, { force: true });
      throw locked(holderIn(textAt(path)), path);
    }
    rmSync(aside, { force: true });
  }
  if (!taken(own, path)) throw locked(holderIn(textAt(path)), path);
}

function locked(holder: Holder | undefined, path: string) {
  const who = holder === undefined ? 'Another run' : `Process ${holder.pid} on ${holder.host}`;
  return failing(
    'migrate/locked',
    `${who} is at work on this folder; nothing was done. If no such run goes on, delete ${path}.`,
  );
}

function self(): Holder {
  return { pid: process.pid, host: hostname(), began: beganOf(process.pid) };
}

function isAtWork({ pid, host, began }: Holder, path: string): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid) return held.has(path);
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' && beganOf(pid) === began;
  }
  return beganOf(pid) === began;
}

/** The clock tick at which a process began, where the system tells; otherwise the same for all. */
function beganOf(pid: number): string {
  const stat = textAt(`/proc/${pid}/stat`) ?? '';
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function holderIn(text: string | undefined): Holder | undefined {
  try {
    const { pid, host, began } = JSON.parse(text ?? '') as Holder;
    return typeof pid === 'number' && typeof host === 'string'
      ? { pid, host, began: String(began) }
      : undefined;
  } catch {
    return undefined;
  }
}

function textAt(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
