import type { Disk, Standing } from './disk.ts';

/**
 * What was written is kept a second time, in a folder of its own, so that it is always known what was changed since.
 * `base`: what the source came to when it was last taken over; `theirs`: what stands beside a target in a conflict.
 */
export type Copy = 'base' | 'theirs';

export const folderOfCopies = '.rulecast/base';

function copyOf(target: string, copy: Copy): string {
  return `${folderOfCopies}/${target}.${copy}`;
}

/** Where people see it. */
export function placeOf(target: string, copy: Copy): string {
  return copy === 'base' ? target : `${target}.theirs`;
}

/** What was kept; undefined if nothing was. */
export function kept(disk: Disk, target: string, copy: Copy): string | undefined {
  const there = disk.at(copyOf(target, copy));
  return there.kind === 'text' ? there.text : undefined;
}

/**
 * Writes a text where people see it (`shown`, which differs from `text` where it holds more than that), and keeps it.
 * The copy is laid out first and takes its place last. So wherever a run is killed, either nothing has happened, or the
 * copy lies ready, and `recover` finds out by the target whether it counts; what is shown lies by it where that is another text.
 */
export function put(disk: Disk, target: string, copy: Copy, text: string, shown: string | undefined): void {
  const place = copyOf(target, copy);
  const holdsMore = shown !== undefined && shown !== text;
  if (holdsMore) disk.write(`${place}.shown`, shown);
  disk.write(`${place}.next`, text);
  if (shown !== undefined) disk.write(placeOf(target, copy), shown);
  disk.move(`${place}.next`, place);
  if (holdsMore) disk.remove(`${place}.shown`);
}

/** Takes both away: first a sign that says so, so that half of it is never taken for something that people did. */
export function drop(disk: Disk, target: string, copy: Copy): void {
  const place = copyOf(target, copy);
  const text = kept(disk, target, copy);
  if (text === undefined) return;
  disk.move(place, `${place}.gone`);
  finishDropping(disk, target, copy, text);
}

function finishDropping(disk: Disk, target: string, copy: Copy, text: string): void {
  if (says(disk.at(placeOf(target, copy)), text)) disk.remove(placeOf(target, copy));
  disk.remove(`${copyOf(target, copy)}.gone`);
}

/** The copy becomes what was taken over: somebody has settled the conflict. */
export function settle(disk: Disk, target: string): void {
  disk.move(copyOf(target, 'theirs'), copyOf(target, 'base'));
}

/** Carries a target to another place, with all that is kept of it. Once more is no harm, if it was done in part. */
export function carry(disk: Disk, from: string, to: string): void {
  for (const copy of ['base', 'theirs'] as const) {
    const text = kept(disk, from, copy);
    if (text !== undefined) disk.write(copyOf(to, copy), text);
    const [old, place] = [placeOf(from, copy), placeOf(to, copy)];
    if (disk.at(old).kind !== 'nothing' && disk.at(place).kind === 'nothing') disk.move(old, place);
    if (text !== undefined) disk.remove(copyOf(from, copy));
  }
}

/** Ends what a run that was killed had begun. `names` are all files among the copies. */
export function recover(disk: Disk, names: readonly string[]): void {
  for (const name of names) {
    const [, target, copy, step] = /^(.+)\.(base|theirs)\.(next|gone)$/s.exec(name) ?? [];
    if (target === undefined || (copy !== 'base' && copy !== 'theirs')) continue;
    const there = disk.at(`${folderOfCopies}/${name}`);
    if (there.kind !== 'text') continue;
    const shown = disk.at(`${copyOf(target, copy)}.shown`);
    const meant = shown.kind === 'text' ? shown.text : there.text;
    if (step === 'gone') finishDropping(disk, target, copy, there.text);
    else if (says(disk.at(placeOf(target, copy)), meant))
      disk.move(`${folderOfCopies}/${name}`, copyOf(target, copy));
    else disk.remove(`${folderOfCopies}/${name}`);
  }
  for (const name of names)
    if (/\.(?:base|theirs)\.shown$/.test(name)) disk.remove(`${folderOfCopies}/${name}`);
}

function says(there: Standing, text: string): boolean {
  return there.kind === 'text' && there.text === text;
}
