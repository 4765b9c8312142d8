import { many, one, pattern } from '../../query/pattern.ts';
import type { Pattern, PatternPart } from '../../query/query.ts';

/** A backslash means itself, unless one of these follows. */
const special = /\\([*?\\])|([*?])/g;
/** Under `expand`, percent signs hold a name between them, and can be escaped too. */
const expanding = /\\([*?\\%])|([*?])|%([\p{L}\p{N}_.-]+)%/gu;

/** The pattern of a plain string: `*` and `?` are wildcards, a backslash takes that from them. */
export function readPattern(text: string, expand = false): Pattern {
  const parts: PatternPart[] = [];
  let read = 0;
  for (const { index, 0: found, 1: escaped, 2: wildcard, 3: name } of text.matchAll(
    expand ? expanding : special,
  )) {
    parts.push(text.slice(read, index));
    if (escaped !== undefined) parts.push(escaped);
    else if (wildcard !== undefined) parts.push(wildcard === '*' ? many : one);
    else if (name !== undefined) parts.push({ placeholder: name });
    read = index + found.length;
  }
  parts.push(text.slice(read));
  return pattern(parts);
}

/** The plain string that is read as this pattern, with no backslash more than it needs. */
export function printPattern(value: Pattern, expand = false): string {
  const parts = pattern(value);
  return parts.map((part, index) => printPart(part, index + 1 < parts.length, expand)).join('');
}

function printPart(part: PatternPart, inFront: boolean, expand: boolean): string {
  if (typeof part === 'string') return escapeText(part, inFront, expand);
  return 'placeholder' in part ? `%${part.placeholder}%` : part.wildcard === 'many' ? '*' : '?';
}

/** A lone backslash is doubled before a special character; of several in a row, each is. */
function escapeText(text: string, inFront: boolean, expand: boolean): string {
  return text.replace(/\\+|[*?%]/g, (found, start: number) => {
    if (found === '%') return expand ? '\\%' : found;
    if (!found.startsWith('\\')) return `\\${found}`;
    const next = text.charAt(start + found.length);
    const alone =
      found.length === 1 && (next === '' ? !inFront : !/[*?]/.test(next) && !(expand && next === '%'));
    return alone ? found : found + found;
  });
}
