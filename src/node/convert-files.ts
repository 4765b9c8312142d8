import type { ConvertOptions } from '../index.ts';
import { CastingRun, type FileConversion } from './casting-run.ts';
import type { InputFile } from './files.ts';

export type { FileConversion } from './casting-run.ts';

/**
 * Casts files one after the other, each on its own: what is wrong with one never touches the others.
 * Rules may refer to rules of other files; those are looked for when a file needs them. Files with filters or
 * exceptions come last, as those may be for rules of all the others.
 */
export function* convertFiles(
  files: readonly InputFile[],
  options: ConvertOptions,
): Generator<FileConversion> {
  const run = new CastingRun(files, options);
  for (const file of run.files) yield run.cast(file);
}
