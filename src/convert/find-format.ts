import { Failure } from '../diagnostic/attempt.ts';
import { emptyText } from '../formats/empty.ts';
import type { Format } from '../formats/format.ts';
import { detectFormat, formatOf, formats } from '../formats/index.ts';
import type { ConvertOptions } from './options.ts';

/** The format that is named, or that the text shows. Fails on a text of none. */
export function formatFrom(text: string, { from }: Partial<ConvertOptions>): Format {
  if (from !== undefined) return formatNamed(from);
  if (text.trim() === '') throw emptyText(text);
  const found = detectFormat(text);
  if (found) return found;
  const known = formats.map((format) => format.id).join(', ');
  throw new Failure({
    code: 'read/unknown-format',
    message: `The text is of no format that is known here (${known}); it was not read.`,
    span: { start: text.search(/\S/), end: text.length },
  });
}

/** Fails on a name that no format has. */
export function formatNamed(id: string): Format {
  const format = formatOf(id);
  if (format) return format;
  const known = formats.map((one) => one.id).join(', ');
  throw new Failure({
    code: 'read/unknown-format',
    message: `There is no format "${id}"; there are ${known}.`,
  });
}
