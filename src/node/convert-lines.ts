import type { Conversion, ConvertOptions, Outcome, Place } from '../index.ts';
import { CastingRun } from './casting-run.ts';
import { placeIn } from './file-conversion.ts';
import { type LongFile, longFile, usualSizes } from './long-file.ts';

/** A part of a file, and what it came to. */
export interface ConvertedPart {
  readonly outcome: Outcome<Conversion>;
  /** The text that spans of findings are about, and where they stand in the file. */
  readonly source: string;
  readonly place: Place;
}

/**
 * Casts a file of lines of any size in constant memory: some rules after the other, in their order, with the result
 * that the file would have if it were cast whole. The texts of the parts, put together, are the text of all. What is no
 * file of lines is one part. Nothing is written. `part` is how many bytes a part has at least.
 */
export function* convertLines(
  path: string,
  { part = usualSizes.part, ...options }: ConvertOptions & { readonly part?: number },
): Generator<ConvertedPart> {
  const file = { path, below: path, named: true };
  const long = longFile(path, options, { long: 0, part });
  const run = new CastingRun([file], options, new Map(long ? [[path, long] as [string, LongFile]] : []));
  for (const conversion of run.castInParts(file)) {
    yield { outcome: conversion.outcome, source: conversion.text, place: placeIn(conversion) };
  }
}
