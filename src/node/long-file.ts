import { extname } from 'node:path';

import {
  type ConvertOptions,
  type Format,
  formats,
  type Pack,
  type Position,
  type RuleFilter,
  read,
} from '../index.ts';
import { type Bytes, bytesOfFile, chunksOf } from './bytes.ts';
import { cuts } from './cuts.ts';
import { type Linked, linkedIn } from './linked.ts';
import { textOfLines } from './not-utf8.ts';
import { placeOfRule, type Stretch, type Survey, surveyOf } from './survey.ts';

/** From how many bytes on a file of lines is cast part by part, and how many make a part. */
export interface Sizes {
  readonly long: number;
  readonly part: number;
}

export const usualSizes: Sizes = { long: 16 * 1024 * 1024, part: 256 * 1024 };

/** Four bytes for each character that a rule may have: what is longer is none. */
export const longestObject = 8 * 1024 * 1024;

/**
 * A file of objects one after the other that is too long to be held. It was gone through once: what is known of it is
 * where its stretches begin, which rules it has, and what travels beside them.
 */
export class LongFile {
  readonly path: string;
  readonly size: number;
  readonly format: Format;
  readonly #bytes: Bytes;
  readonly #survey: Survey;
  readonly #linked: Linked;

  constructor(path: string, bytes: Bytes, format: Format, { part }: Sizes) {
    this.path = path;
    this.size = bytes.size;
    this.format = format;
    this.#bytes = bytes;
    this.#survey = surveyOf(cuts(chunksOf(bytes), { size: part, longest: longestObject }), path, format);
    this.#linked = linkedIn(this.#survey, format, (stretch) => this.textOf(stretch));
  }

  get stretches(): readonly Stretch[] {
    return this.#survey.stretches;
  }

  /** How many rules it has. */
  get rules(): number {
    return this.#survey.rules;
  }

  /** The ids of its rules, and how many rules stand before the first that has it. */
  get ids(): Survey['ids'] {
    return this.#survey.ids;
  }

  /** The exceptions in it, each with its place. */
  get filters(): readonly RuleFilter[] {
    return this.#survey.filters;
  }

  /** What belongs together, wherever in the file it stands. */
  get linked(): Linked {
    return this.#linked;
  }

  textOf({ start, length }: Stretch): string {
    return textOfLines(this.#bytes.read(start, length));
  }

  /** What each stretch holds. */
  *packs(): Generator<Pack> {
    for (const stretch of this.stretches) {
      const outcome =
        stretch.passed === undefined ? read(this.textOf(stretch), { format: this.format.id }) : undefined;
      if (outcome?.ok) yield outcome.value;
    }
  }

  /** Where the id of a rule stands: the n-th of all. */
  positionOf(rule: number): Position | undefined {
    return this.#survey.positionOf(placeOfRule(this.stretches, rule), (one) => this.textOf(one));
  }
}

/** A file that is one, by its name, its size and what it begins with. Others are read whole. */
export function longFile(
  path: string,
  { from }: Pick<ConvertOptions, 'from'>,
  sizes: Sizes = usualSizes,
): LongFile | undefined {
  if (!['.ndjson', '.jsonl'].includes(extname(path).toLowerCase())) return undefined;
  const bytes = bytesOfFile(path);
  return bytes === undefined || bytes.size <= sizes.long ? undefined : longBytes(path, bytes, from, sizes);
}

/** The same of bytes that are known to be too many. */
export function longBytes(
  path: string,
  bytes: Bytes,
  from: ConvertOptions['from'],
  sizes: Sizes,
): LongFile | undefined {
  try {
    const format = formatOf(bytes, from);
    if (format?.places === undefined) return undefined;
    const long = new LongFile(path, bytes, format, sizes);
    // A file of exceptions alone is one whole, and so is a single rule.
    return long.rules > 1 ? long : undefined;
  } catch {
    return undefined; // Reading it the usual way tells.
  }
}

/** Whether bytes begin as files do that are cast part by part. */
export function areLines(bytes: Bytes, from: ConvertOptions['from']): boolean {
  return formatOf(bytes, from)?.places !== undefined;
}

/** By its first objects, as many as fit into a part of the usual size; a list, or one large object, is none. */
function formatOf(bytes: Bytes, from: ConvertOptions['from']): Format | undefined {
  const [first] = cuts(chunksOf(bytes), { size: usualSizes.part, longest: longestObject });
  if (first?.bytes === undefined) return undefined;
  const text = textOfLines(first.bytes);
  if (!/^\uFEFF?\s*\{/.test(text)) return undefined;
  return formats.find(({ id, detect }) => (from === undefined ? detect(text.trimStart()) : id === from));
}
