import type { Opaque } from '../../../query/query.ts';
import type { Expression } from '../syntax.ts';
import { expressionText } from './text.ts';

/** A condition that is kept as it is written. It holds where it is true. */
export function opaque(node: Expression): Opaque {
  return {
    kind: 'opaque',
    language: 'esql',
    text: expressionText(node),
    ...(node.span && { span: node.span }),
  };
}
