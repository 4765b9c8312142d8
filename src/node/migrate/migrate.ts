import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { formats } from '../../index.ts';
import { recover } from './copies.ts';
import { type Disk, ImaginedDisk, RealDisk, workplace } from './disk.ts';
import { failing } from './failure.ts';
import { type Folders, foldersOf } from './folders.ts';
import { lock } from './lock.ts';
import { Migration } from './migration.ts';
import type { MigratedFile, MigrateOptions, MigrationSummary } from './model.ts';
import { copiesBelow, planOf } from './plan.ts';

/**
 * Casts all rules below a folder into another one, today and again when they have changed, without losing what was
 * changed in the target meanwhile. Tells of every file of the source, one after the other; who stops asking, or aborts,
 * stops the run, and the next one goes on where it was. Fails, having changed nothing, where it can not begin.
 */
export async function* migrate(
  from: string,
  to: string,
  options: MigrateOptions,
): AsyncGenerator<MigratedFile, MigrationSummary> {
  const folders = foldersOf(from, to);
  checkBundle(options);
  return yield* migrateOn(new RealDisk(folders.to), folders, options);
}

/** The same, of folders that go together, on a disk that is given. */
export async function* migrateOn(
  real: Disk,
  folders: Folders,
  options: MigrateOptions,
): AsyncGenerator<MigratedFile, MigrationSummary> {
  const disk = options.dryRun ? new ImaginedDisk(real) : real;
  const root = folders.to;
  options.signal?.throwIfAborted();
  const copies = real.at('.rulecast');
  if (copies.kind === 'text' || (copies.kind === 'other' && copies.what !== 'a folder'))
    throw failing('migrate/link', `What stands at .rulecast in the target is no folder; nothing was done.`);
  const unlock = options.dryRun ? () => {} : lock(root);
  try {
    if (!options.dryRun) rmSync(join(root, workplace), { recursive: true, force: true });
    recover(disk, copiesBelow(root));
    return yield* new Migration(planOf(folders, disk, options), disk, options).run();
  } finally {
    if (!options.dryRun) rmSync(join(root, workplace), { recursive: true, force: true });
    unlock();
  }
}

function checkBundle({ to, bundle, shape }: MigrateOptions): void {
  const format = formats.find(({ id }) => id === to)!;
  const holds = (to === 'kibana' || to === 'native') && format.holdsMany(shape);
  if (bundle && !holds) {
    const message = `A file of ${to}${shape === undefined ? '' : ` (${shape})`} is not one that rules are bundled in; nothing was done.`;
    throw failing('migrate/other-target', message);
  }
}
