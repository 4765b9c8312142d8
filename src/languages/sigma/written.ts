import type { Written } from './layout.ts';
import { keyOf, type Line } from './line.ts';
import { printPattern, readPattern } from './literal.ts';
import type { Scalar } from './scalar.ts';
import { undashed } from './windash.ts';

/** Modifiers whose values are texts that dashes can be counted in. */
const textual: ReadonlySet<string> = new Set(['contains', 'startswith', 'endswith', 'cased']);

/** A line as it is written. A list of all ways to write a flag is `windash` and one way. */
export function written(line: Line): Written {
  const spelled = line.quantifier === 'any' ? withoutDashes(line) : undefined;
  if (!spelled) return { key: keyOf(line), values: line.values };
  const cased = line.modifiers.filter((name) => name === 'cased');
  const others = line.modifiers.filter((name) => name !== 'cased');
  return { key: keyOf({ ...line, modifiers: [...others, 'windash', ...cased] }), values: spelled };
}

function withoutDashes({ modifiers, values }: Line): readonly Scalar[] | undefined {
  const texts = values.filter((value) => typeof value === 'string');
  if (texts.length < 5 || texts.length < values.length) return undefined;
  if (!modifiers.every((name) => textual.has(name))) return undefined;
  return undashed(texts.map((text) => readPattern(text)))?.map((value) => printPattern(value));
}
