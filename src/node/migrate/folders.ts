import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

import { failing } from './failure.ts';

/** Where rules come from and where they go, without links and detours. */
export interface Folders {
  readonly from: string;
  readonly to: string;
}

/** Fails where the two do not go together. The target may stand within the source, and is no source then. */
export function foldersOf(from: string, to: string): Folders {
  const [source, target] = [realPath(from), realPath(to)];
  const kind = kindAt(source);
  if (kind !== 'folder') {
    const what = kind === undefined ? 'There is nothing at' : 'No folder stands at';
    throw failing('migrate/bad-folder', `${what} ${from}; a migration takes the folder of a repository.`);
  }
  if (kindAt(target) === 'file') {
    throw failing(
      'migrate/bad-folder',
      `A file stands at ${to}, where the folder is to be; name another one.`,
    );
  }
  if (isWithin(source, target)) {
    const how = source === target ? 'is the target as well' : `stands within the target ${to}`;
    const message = `The source ${from} ${how}, so what is written would be read again; name a target beside it.`;
    throw failing('migrate/bad-folder', message);
  }
  return { from: source, to: target };
}

/** Whether a path is a folder or stands below it. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === path);
}

/** As far as it is there; what is not stands below what is. */
function realPath(path: string): string {
  const whole = resolve(path);
  try {
    return realpathSync(whole);
  } catch {
    const above = dirname(whole);
    return above === whole ? whole : join(realPath(above), basename(whole));
  }
}

function kindAt(path: string): 'folder' | 'file' | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isDirectory() ? 'folder' : stats ? 'file' : undefined;
}
