import type { ConvertOptions } from '../index.ts';
import type { Flag } from './flags.ts';
import { UsageError } from './usage.ts';

export const caselessFlag = {
  type: 'string',
  describe: 'How fields ignore case: field (by themselves), or a sub-field such as .caseless or .text',
  suggests: ['field', '.caseless', '.text'],
  reads: caselessOf,
} as const satisfies Flag;

export function caselessOf(word: string | undefined): Pick<ConvertOptions, 'caseless'> {
  if (word === undefined) return {};
  if (word === 'field' || isSubfield(word)) return { caseless: word };
  throw new UsageError(
    `--caseless is "field", or the name of a sub-field with a dot in front, as in .caseless; "${word}" is neither.`,
  );
}

function isSubfield(word: string): word is `.${string}` {
  return /^\.\w+$/.test(word);
}
