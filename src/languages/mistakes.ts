import type { Code } from '../diagnostic/codes.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Token } from './cursor.ts';

/** A token nobody expected, and those beside it. */
export interface Place<Kind extends string> {
  readonly here: Token<Kind>;
  readonly before: Token<Kind> | undefined;
  readonly behind: Token<Kind> | undefined;
}

export interface Hint {
  readonly code?: Code;
  readonly message: string;
}

/** Says what was meant, if it is this one of the mistakes that people make. */
export type Mistake<Kind extends string> = (place: Place<Kind>) => Hint | undefined;

/** Says why a token does not fit, by the first mistake that it is. */
export function explained<Kind extends string>(
  found: Diagnostic,
  tokens: readonly Token<Kind>[],
  mistakes: readonly Mistake<Kind>[],
): Diagnostic {
  if (found.code !== 'parse/unexpected') return found;
  const index = tokens.findIndex(({ start, end }) => start === found.span?.start && end === found.span.end);
  const here = tokens[index];
  if (here === undefined) return found;
  const place = { here, before: tokens[index - 1], behind: tokens[index + 1] };
  for (const mistake of mistakes) {
    const hint = mistake(place);
    if (hint !== undefined) return { ...found, ...hint };
  }
  return found;
}
