import type { Code } from '../../diagnostic/codes.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Asked } from './asked.ts';

/** A finding about a field, where the rule asks for it. */
export function finding(
  code: Code,
  message: string,
  { field, span }: Pick<Asked, 'field' | 'span'>,
): Diagnostic {
  return { code, message, field, ...(span && { span }) };
}
