/** The public names that need a file system. */
export { convertFile, loadMappings } from './node/convert-file.ts';
export type { ConvertedPart } from './node/convert-lines.ts';
export { convertLines } from './node/convert-lines.ts';
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
