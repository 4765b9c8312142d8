// Whole processes, timed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const place = mkdtempSync(join(tmpdir(), 'rulecast-bench-'));
process.on('exit', () => rmSync(place, { recursive: true, force: true }));
const note = join(place, 'note.json');
const measured = join(import.meta.dirname, 'measured.mjs');
let made = 0;

/**
 * A folder to write to, another one each time. They are removed when all is done: some file systems are slow to make
 * files while they remember many that were just removed.
 */
export function freshFolder() {
  made += 1;
  return join(place, String(made));
}

/** Seconds that a program takes. */
export function timed(program, args) {
  const start = performance.now();
  const { status, error } = spawnSync(program, args, {
    stdio: 'ignore',
    env: { ...process.env, BENCH: note },
  });
  if (error || status === null)
    throw new Error(`${program} could not be run: ${error?.message ?? 'it was stopped'}`);
  return (performance.now() - start) / 1000;
}

/** Seconds that a program of Node takes, those of the processor, and its largest size in MB. */
export function timedNode(args) {
  const seconds = timed(process.execPath, ['--import', measured, ...args]);
  return { seconds, ...JSON.parse(readFileSync(note, 'utf8')) };
}

/** The median of each figure of some runs. */
export function medians(runs) {
  const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
  const names = Object.keys(runs[0]);
  return Object.fromEntries(names.map((name) => [name, median(runs.map((run) => run[name]))]));
}
