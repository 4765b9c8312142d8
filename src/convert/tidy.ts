import { attempt, need } from '../diagnostic/attempt.ts';
import type { Outcome } from '../diagnostic/diagnostic.ts';
import type { FormatId } from '../formats/format.ts';
import { formatFrom } from './find-format.ts';

/**
 * A text of rules laid out in the house style of its format: with every value and every comment that it has,
 * and twice is once. The text itself where its format has no house style, which is told.
 */
export function tidy(text: string, { format }: { readonly format?: FormatId } = {}): Outcome<string> {
  return attempt((report) => {
    const found = formatFrom(text, format === undefined ? {} : { from: format });
    if (found.tidy !== undefined) return need(found.tidy(text), report);
    const message = `Files of ${found.id} have no house style here, so the text was left as it is laid out.`;
    report({ code: 'style/no-house-style', message });
    return text;
  });
}
