import type { Pattern } from '../../query/query.ts';

/** The signs that Windows programs take in front of a flag. */
const dashes = ['-', '/', '\u2013', '\u2014', '\u2015'];
/** One of them in front of a word, and not within one: in `a-b -c` only the second counts. */
const flagSign = /(?<![\p{L}\p{N}_])[-/\u2013-\u2015](?=[\p{L}\p{N}_])/gu;

/** How many spellings `windash` makes of a pattern. */
export function countDashed(value: Pattern): number {
  const signs = value.reduce(
    (sum, part) => sum + (typeof part === 'string' ? (part.match(flagSign)?.length ?? 0) : 0),
    0,
  );
  return dashes.length ** signs;
}

/** The pattern with every sign before a flag as each of the dashes, in all combinations. */
export function dashed(value: Pattern): readonly Pattern[] {
  return value.reduce<Pattern[]>(
    (made, part) => {
      const spellings = typeof part === 'string' ? dashedText(part) : [part];
      return made.flatMap((before) => spellings.map((spelling) => [...before, spelling]));
    },
    [[]],
  );
}

function dashedText(text: string): readonly string[] {
  let made = [''];
  let read = 0;
  for (const { index } of text.matchAll(flagSign)) {
    const between = text.slice(read, index);
    made = made.flatMap((before) => dashes.map((dash) => before + between + dash));
    read = index + 1;
  }
  const after = text.slice(read);
  return made.map((before) => before + after);
}

/**
 * The way back: one spelling for all that stand in a list, with `-`; undefined for a list that holds some
 * of the spellings of a value and not others, or nothing with a flag in it.
 */
export function undashed(values: readonly Pattern[]): readonly Pattern[] | undefined {
  // The last of the dashes stands in no other texts, so that most lists need no closer look.
  const mayBe = values.some((value) =>
    value.some((part) => typeof part === 'string' && part.includes('\u2015')),
  );
  if (!mayBe) return undefined;
  const left = new Set(values.map(idOf));
  const distinct = left.size;
  const kept: Pattern[] = [];
  for (const value of values) {
    if (!left.has(idOf(value))) continue;
    if (countDashed(value) > left.size) return undefined;
    const spellings = dashed(value);
    if (!spellings.every((spelling) => left.delete(idOf(spelling)))) return undefined;
    kept.push(spellings[0]!);
  }
  return kept.length < distinct ? kept : undefined;
}

function idOf(value: Pattern): string {
  return JSON.stringify(value);
}
