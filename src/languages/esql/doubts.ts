import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Expression, Statement } from './syntax.ts';
import { expressionsOf, partsOf } from './walk.ts';

/** What is right in a query and looks like a mistake: wildcards of another language. */
export function doubtsOf({ commands }: Statement): readonly Diagnostic[] {
  const doubts: Diagnostic[] = [];
  const open: Expression[] = commands.flatMap(expressionsOf).reverse();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === 'like') doubts.push(...node.patterns.flatMap(doubtsOfPattern));
    for (const part of partsOf(node).toReversed()) open.push(part);
  }
  return doubts;
}

/** `like "%temp%"` */
function doubtsOfPattern(pattern: Expression): readonly Diagnostic[] {
  if (pattern.kind !== 'string' || !pattern.value.includes('%') || /[*?]/.test(pattern.value)) return [];
  const message = 'The wildcards of "like" are "*" and "?", so that "%" stands for itself here.';
  return [{ code: 'parse/suspicious', message, ...(pattern.span && { span: pattern.span }) }];
}
