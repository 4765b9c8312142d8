import type { ConvertOptions } from '../index.ts';
import { CastingRun } from './casting-run.ts';
import type { FileConversion } from './file-conversion.ts';
import type { InputFile } from './files.ts';
import { type LongFile, longFile, type Sizes } from './long-file.ts';

export type { FileConversion } from './file-conversion.ts';

/**
 * Casts files one after the other, each on its own: what is wrong with one never touches the others.
 * Rules may refer to rules of other files; those are looked for when a file needs them. Files with filters or
 * exceptions come last, as those may be for rules of all the others. Long files of lines come in parts.
 */
export function* convertFiles(
  files: readonly InputFile[],
  options: ConvertOptions,
  long: ReadonlyMap<string, LongFile> = longFiles(files, options),
): Generator<FileConversion> {
  const run = new CastingRun(files, options, long);
  for (const file of run.files) yield* run.castInParts(file);
}

/** Those of the files that are cast part by part, by path. */
export function longFiles(
  files: readonly InputFile[],
  options: ConvertOptions,
  sizes?: Sizes,
): ReadonlyMap<string, LongFile> {
  return new Map(
    files.flatMap(({ path }) => {
      const long = longFile(path, options, sizes);
      return long === undefined ? [] : [[path, long] as const];
    }),
  );
}
