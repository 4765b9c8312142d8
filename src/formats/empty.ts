import { Failure } from '../diagnostic/attempt.ts';

/** Of a text that holds nothing at all. */
export function emptyText(text: string): Failure {
  const message = 'There is nothing in the text, so there was nothing to read.';
  return new Failure({ code: 'read/empty', message, span: { start: 0, end: text.length } });
}
