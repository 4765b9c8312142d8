import { rmSync } from 'node:fs';

/** Files that are not to stay if the run ends before they are done. */
const unfinished = new Set<string>();

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Has a file removed, should the run be ended meanwhile. */
export function begun(path: string): void {
  if (unfinished.size === 0) {
    process.on('exit', removeAll);
    for (const signal of signals) process.on(signal, leave);
  }
  unfinished.add(path);
}

export function done(path: string): void {
  unfinished.delete(path);
  if (unfinished.size > 0) return;
  process.off('exit', removeAll);
  for (const signal of signals) process.off(signal, leave);
}

function removeAll(): void {
  for (const path of unfinished) rmSync(path, { force: true });
}

/** Ends as a process does that was told to, once there is nothing left of what it had begun. */
function leave(signal: NodeJS.Signals): void {
  removeAll();
  for (const one of signals) process.off(one, leave);
  process.kill(process.pid, signal);
}
