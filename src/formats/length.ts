import { Failure } from '../diagnostic/attempt.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Span } from '../source/source.ts';

/**
 * The longest text of one rule that is read. Nothing that people write comes near, and what is longer would keep
 * a whole run waiting. How many rules a text has is nobody's business here.
 */
const longest = 2 * 1024 * 1024;

export function isTooLong({ start, end }: Span): boolean {
  return end - start > longest;
}

export function checkLength(span: Span): void {
  if (isTooLong(span)) throw new Failure(tooLong(span));
}

export function tooLong({ start, end }: Span): Diagnostic {
  const message = `This takes ${end - start} characters, and a rule at most ${longest}; it was left out.`;
  return { code: 'read/too-large', message, span: { start, end: start + 1 } };
}
