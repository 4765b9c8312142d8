import { type Conversion, type ConvertOptions, type Outcome, type Place, positions } from '../index.ts';
import type { InputFile } from './files.ts';

/** What became of one file of a run, or of a part of a long one. */
export interface FileConversion {
  readonly file: InputFile;
  readonly text: string;
  /** Where something in the text stands in the file, if the text is not all of it. */
  readonly place?: Place;
  readonly part?: FilePart;
  readonly outcome: Outcome<Conversion>;
  /** What it was cast with: what was asked, and what the rest of the run has for it. */
  readonly options: ConvertOptions;
  /** Found in a folder, and of no format that is known: passed over, not failed. */
  readonly ignored: boolean;
}

/** Which part of a long file something is. */
export interface FilePart {
  /** How many rules stand before it, and how many the file has. */
  readonly before: number;
  readonly rules: number;
  /** How many lines stand before its text; absent where that is gathered from all over the file. */
  readonly line?: number;
}

/** Where offsets of the text stand in the file. */
export function placeIn({ place, text }: Pick<FileConversion, 'place' | 'text'>): Place {
  return place ?? positions(text);
}
