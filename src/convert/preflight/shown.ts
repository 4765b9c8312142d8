import { isPattern } from '../../query/pattern.ts';
import type { Value } from '../../query/query.ts';

const longest = 60;

/** A value as a message shows it, stars and all. */
export function shownValue(value: Value): string {
  if (value === null || !isPattern(value)) return String(value);
  const text = value
    .map((part) => {
      if (typeof part === 'string') return part;
      return 'placeholder' in part ? `%${part.placeholder}%` : part.wildcard === 'many' ? '*' : '?';
    })
    .join('');
  return shownText(text);
}

export function shownText(text: string): string {
  const end = /[\uD800-\uDBFF]$/.test(text.slice(0, longest)) ? longest - 1 : longest;
  return JSON.stringify(text.length > longest ? `${text.slice(0, end)}…` : text);
}

/** `a, b and 3 more` */
export function shownList(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  const last = shown.pop() ?? '';
  return shown.length > 0 ? `${shown.join(', ')} and ${last}` : last;
}

/** A type as a message calls it: `an ip`, `a long`. */
export function typed(type: string): string {
  return `${/^[aeio]/.test(type) ? 'an' : 'a'} ${type}`;
}
