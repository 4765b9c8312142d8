import type { Predicate } from '../../query/query.ts';
import { callLine, compareLine, rangeLine } from './compares.ts';
import { loss } from './failure.ts';
import { fieldOf, type Lines, lone, one } from './line.ts';
import { cidrLine, regexLine, valueLines } from './values.ts';

export type Leaf = Exclude<Predicate, { kind: 'and' | 'or' | 'not' }>;

/** The lines for a test. Fails on what Sigma has no words for. */
export function linesOf(leaf: Leaf): Lines {
  switch (leaf.kind) {
    case 'equals':
      return valueLines(fieldOf(leaf), leaf);
    case 'free-text':
      return valueLines('', leaf);
    case 'regex':
      return regexLine(leaf);
    case 'cidr':
      return cidrLine(leaf);
    case 'range':
      return rangeLine(leaf);
    case 'exists':
      return one(lone(fieldOf(leaf), ['exists'], true));
    case 'compare':
      return compareLine(leaf);
    case 'call':
      return callLine(leaf);
    case 'nested':
      throw loss(
        'loss/nested',
        'Sigma has no searches in lists of objects, so this cannot be said in it.',
        leaf,
      );
    case 'constant':
      throw loss(
        'loss/constant',
        `Sigma has no word for what is always ${leaf.value}, so it was not written.`,
      );
    case 'opaque':
      if (leaf.language === 'sigma') return { link: 'text', text: leaf.text };
      throw loss(
        'loss/language',
        `This is text of ${leaf.language} alone, so it cannot be said in Sigma.`,
        leaf,
      );
    default:
      return leaf satisfies never;
  }
}
