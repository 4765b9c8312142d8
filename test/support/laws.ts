import { expect, test } from 'vitest';

import type { Outcome } from '../../src/diagnostic/diagnostic.ts';
import type { Language } from '../../src/languages/language.ts';
import type { Query } from '../../src/query/query.ts';

/** What every language owes its users: printing undoes parsing, and twice is once. */
export function keepsItsWord(language: Language, samples: Iterable<string>): void {
  test.each([...samples])('%s', (text) => {
    const printed = reprint(language, text);
    expect(meaning(language, printed)).toEqual(meaning(language, text));
    expect(reprint(language, printed)).toBe(printed);
  });
}

export function reprint(language: Language, text: string): string {
  return must(language.print(must(language.parse(text))));
}

/** The query without the places it was read from, so that two texts can be compared. */
export function meaning(language: Language, text: string): Query {
  return withoutSpans(must(language.parse(text)));
}

export function withoutSpans<T>(tree: T): T {
  return JSON.parse(JSON.stringify(tree, (key, value) => (key === 'span' ? undefined : value)));
}

export function must<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(outcome.diagnostics.map((found) => `${found.code}: ${found.message}`).join('\n'));
}

/** The codes of an outcome that failed. */
export function failsWith(outcome: Outcome<unknown>): string[] {
  if (outcome.ok) throw new Error('It did not fail.');
  return outcome.diagnostics.map((found) => found.code);
}

/** Every string over an alphabet, up to a length. Small, but all of it. */
export function* everyString(alphabet: string, longest: number): Generator<string> {
  let layer = [''];
  for (let length = 0; length <= longest; length += 1) {
    yield* layer;
    layer = layer.flatMap((text) => [...alphabet].map((char) => text + char));
  }
}
