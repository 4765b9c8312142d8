import { Failure } from '../../diagnostic/attempt.ts';
import type { Code } from '../../diagnostic/codes.ts';
import type { Span } from '../../source/source.ts';

/** Something that was read from a text, or built by hand and so without a place. */
export interface Placed {
  readonly span?: Span;
}

export function failure(code: Code, message: string, { start, end }: Span): Failure {
  return new Failure({ code, message, span: { start, end } });
}

/** What Sigma has no words for, at the place of what asks for it. */
export function loss(code: Code, message: string, { span }: Placed = {}): Failure {
  return new Failure({ code, message, ...(span && { span }) });
}
