import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** What a configuration is called. */
export const configurationNames: readonly string[] = [
  'rulecast.config.json',
  'rulecast.config.yaml',
  'rulecast.config.yml',
];

/** The configurations of the first folder that has any, from a folder up to the root; several are one too many. */
export function configurationsAbove(folder: string): readonly string[] {
  const found = configurationNames.map((name) => join(folder, name)).filter(isThere);
  const above = dirname(folder);
  return found.length > 0 || above === folder ? found : configurationsAbove(above);
}

/** Whether anything of that name is there, and be it a folder, or a link to nothing: reading it tells. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false; // Nobody may look into the folder.
  }
}

/** A path as it is called from a folder. */
export function calledFrom(folder: string, path: string): string {
  return relative(folder, path) || '.';
}

/** Whether what is written to a path stays below a folder, whatever links there are on the way, and out of what Git runs. */
export function staysIn(folder: string, path: string): boolean {
  const way = relative(realPlace(folder), realPlace(resolve(path)));
  const steps = way.split(sep);
  return steps[0] !== '..' && !isAbsolute(way) && !steps.some((name) => name.toLowerCase() === '.git');
}

/** The path without links, as far as it is there. */
function realPlace(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realPlace(above), basename(path));
  }
}
