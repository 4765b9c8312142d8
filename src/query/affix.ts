import { isMany, many, pattern } from './pattern.ts';
import type { Pattern } from './query.ts';

/** The functions that look for a text in a field, and whether anything may stand before and after it. */
const affixes = [
  { name: 'startsWith', before: false, after: true },
  { name: 'endsWith', before: true, after: false },
  { name: 'stringContains', before: true, after: true },
] as const;

/** The pattern that says the same as a function: `startsWith(f, "a")` is `f like "a*"`. */
export function patternOfAffix(name: string, text: string): Pattern | undefined {
  const affix = affixes.find((one) => one.name === name);
  if (affix === undefined) return undefined;
  return text === ''
    ? [many]
    : pattern([...(affix.before ? [many] : []), text, ...(affix.after ? [many] : [])]);
}

/** The way back, for a text with wildcards around it and none in it. */
export function affixOf(value: Pattern): { readonly name: string; readonly text: string } | undefined {
  const before = isMany(value[0]);
  const after = isMany(value.at(-1));
  const [text, ...more] = value.slice(before ? 1 : 0, after ? -1 : undefined);
  const affix = affixes.find((one) => one.before === before && one.after === after);
  return affix && typeof text === 'string' && more.length === 0 ? { name: affix.name, text } : undefined;
}
