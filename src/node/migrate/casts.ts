import type { CastingRun } from '../casting-run.ts';
import type { FileConversion } from '../file-conversion.ts';
import type { InputFile } from '../files.ts';

/** Hands out what files come to, one after the other, in the order in which they are asked for. */
export interface Casts {
  next(file: InputFile, today: string | undefined): Promise<FileConversion>;
  /** Lets go of what was begun and is not wanted any more. */
  end(): void;
}

/** Each when it is asked for. */
export function castsHere(run: CastingRun): Casts {
  return {
    next: async (file, today) => run.cast(file, today === undefined ? {} : { today }),
    end: () => {},
  };
}
