import { many, one, pattern } from '../query/pattern.ts';
import { wildcardTest } from './wildcard.ts';

/** A text with stars and question marks, which nothing escapes, as EQL's `like` reads it where its value is made. */
export function readLike(text: string, caseSensitive: boolean): (value: string) => boolean {
  const fold = (value: string) => (caseSensitive ? value : value.toLowerCase());
  const parts = fold(text)
    .split(/([*?])/)
    .filter((part) => part !== '')
    .map((part) => (part === '*' ? many : part === '?' ? one : part));
  const test = wildcardTest(pattern(parts));
  return (value) => test(fold(value));
}
