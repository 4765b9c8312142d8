import { watch } from 'node:fs';
import { resolve, sep } from 'node:path';

import { inLine } from '../index.ts';
import { MigrationFailure } from '../node/migrate/failure.ts';
import { isWithin } from '../node/migrate/folders.ts';
import { say } from './terminal.ts';
import { UsageError } from './usage.ts';

/** So long nothing may change before a run begins: what is saved together is looked at together. */
const calm = 250;

/** Runs, and again after each change of the source, until somebody has had enough. */
export async function watching(
  source: string,
  target: string,
  run: () => Promise<number>,
  signal: AbortSignal,
): Promise<number> {
  let wake = () => {};
  let changed = performance.now();
  let isDue = true;
  const begin = () => {
    changed = performance.now();
    isDue = true;
    wake();
  };
  const own = resolve(target);
  // Before the first run, so that nothing is missed that changes meanwhile.
  const watcher = watch(source, { recursive: true }, (_, name) => {
    if (name === null || !isPassedOver(resolve(source, name), own)) begin();
  });
  watcher.on('error', () => begin());
  signal.addEventListener('abort', () => wake());
  try {
    for (;;) {
      while (!isDue && !signal.aborted) await woken((done) => (wake = done));
      if (signal.aborted) return 0;
      const wait = changed + calm - performance.now();
      if (wait > 0) {
        await Promise.race([later(wait), woken((done) => (wake = done))]);
        continue;
      }
      isDue = false;
      await told(run, signal);
      if (!signal.aborted) say(`Watching ${inLine(source)}; Ctrl-C ends it.`);
    }
  } finally {
    watcher.close();
  }
}

/** One run; what keeps it from beginning may be mended, and the next one begins. */
async function told(run: () => Promise<number>, signal: AbortSignal): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof MigrationFailure || error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
  }
}

function isPassedOver(path: string, target: string): boolean {
  return isWithin(path, target) || path.split(sep).includes('.git');
}

function woken(arm: (wake: () => void) => void): Promise<void> {
  return new Promise(arm);
}

function later(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
