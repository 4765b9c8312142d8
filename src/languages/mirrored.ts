import type { Comparison } from '../query/query.ts';

/** The same comparison with its sides exchanged: `5 < x` is `x > 5`. */
export const mirrored = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
} as const satisfies Record<Comparison, Comparison>;
