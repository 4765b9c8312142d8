import type { Outcome } from '../index.ts';

export const usage = `rulecast casts security detection rules from one format into another, and back.

  rulecast <command> [options]`;

/** Something the user asked for that can not be done: told in one line, exit code 2. */
export class UsageError extends Error {}

/** What an option names, a file or a language; the question is wrong if there is none. `path`: if no message says it. */
export function loaded<T>(outcome: Outcome<T>, path?: string): T {
  if (outcome.ok) return outcome.value;
  const before = path === undefined ? '' : `${path}: `;
  throw new UsageError(outcome.diagnostics.map(({ message }) => `${before}${message}`).join('\n'));
}

/** Fails where an option is said not to be that is no yes or no: the parser of the command line takes it for one. */
export function checkNegated(words: readonly string[], yesOrNo: readonly string[]): void {
  for (const word of words) {
    const [, name] = /^--no-([^=]+)/.exec(word) ?? [];
    if (name !== undefined && !yesOrNo.includes(name)) throw new UsageError(`There is no option ${word}.`);
  }
}

/** Fails where an option is said several times that means one thing; those of `manifold` may be. */
export function checkOnce(given: object, manifold: readonly string[]): void {
  for (const [name, value] of Object.entries(given)) {
    if (Array.isArray(value) && !manifold.includes(name) && name !== '_') {
      throw new UsageError(`--${name} is said ${value.length} times; say it once.`);
    }
  }
}
