import type { Expression } from './syntax.ts';
import { partsOf } from './walk.ts';

const heights = new WeakMap<Expression, number>();

/** How many expressions stand within each other. Chains of signs grow without nesting: `a + b + c`. */
export function heightOf(node: Expression): number {
  const known = heights.get(node);
  if (known !== undefined) return known;
  let highest = 0;
  for (const part of partsOf(node)) highest = Math.max(highest, heightOf(part));
  heights.set(node, highest + 1);
  return highest + 1;
}
