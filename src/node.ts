/** The public names that need a file system. */
export { convertFile, loadMappings } from './node/convert-file.ts';
export { MigrationFailure } from './node/migrate/failure.ts';
export { migrate } from './node/migrate/migrate.ts';
export type {
  Conflicting,
  MergeTexts,
  MigratedFile,
  MigratedRule,
  MigratedTarget,
  MigrateOptions,
  MigrationSummary,
  Side,
  TargetState,
} from './node/migrate/model.ts';
