import type { Code } from '../../diagnostic/codes.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Asked } from './asked.ts';

/** A finding about a field, where the rule asks for it. */
export function finding(
  code: Code,
  message: string,
  { field, span }: Pick<Asked, 'field' | 'span'>,
): Diagnostic {
  return { code, message: bearable(message), field, ...(span && { span }) };
}

const longest = 600;

/** Names may be of any length, and messages may not. */
export function bearable(message: string): string {
  return message.length > longest
    ? `${message.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')}….`
    : message;
}
