import { readPattern } from '../../../languages/sigma/literal.ts';
import { isPattern, pattern } from '../../../query/pattern.ts';
import type { Pattern, PatternPart, Value } from '../../../query/query.ts';

/** A pattern as pySigma shows it to the expressions of a pipeline: stars that are text have a backslash in front. */
export function shown(value: Pattern): string {
  return value.map((part) => shownPart(part)).join('');
}

function shownPart(part: PatternPart): string {
  if (typeof part === 'string') return part.replace(/[*?]/g, '\\$&');
  return 'placeholder' in part ? `%${part.placeholder}%` : part.wildcard === 'many' ? '*' : '?';
}

/** Keeps a backslash at the end of a text apart from the wildcard behind it, while the text is one. */
const apart = '\uffff';

/** The pattern that comes of changing it as the one text that it is shown as. */
export function changedWhole(value: Pattern, change: (text: string) => string): Pattern {
  const text = value
    .map((part, at) => {
      const before = value[at - 1];
      const isTight = typeof part !== 'string' && typeof before === 'string' && before.endsWith('\\');
      return isTight ? apart + shownPart(part) : shownPart(part);
    })
    .join('');
  const hasPlaceholder = value.some((part) => typeof part === 'object' && 'placeholder' in part);
  return readShown(change(text), hasPlaceholder);
}

/** The way back: only before a star and a question mark a backslash is more than itself. */
export function readShown(text: string, expand = false): Pattern {
  const read = readPattern(text.replace(/\\(?![*?])/g, '\\\\').replaceAll(apart, ''), expand);
  return read;
}

/** The pattern that comes of changing each of its texts, wildcards and placeholders left as they are. */
export function changedParts(value: Pattern, change: (text: string) => string, interpret: boolean): Pattern {
  return pattern(
    value.flatMap((part) => {
      if (typeof part !== 'string') return [part];
      const made = change(part);
      return interpret ? readPattern(made) : [made];
    }),
  );
}

/** What a value is called in messages. */
export function spelled(value: Value): string {
  return value !== null && isPattern(value) ? `"${shown(value).slice(0, 60)}"` : String(value);
}
