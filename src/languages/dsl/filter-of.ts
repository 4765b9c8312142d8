import { hasCase } from '../../query/normal.ts';
import { isPattern, plainText } from '../../query/pattern.ts';
import type { Equals, Predicate } from '../../query/query.ts';
import { boundsOf, type Clause, type Lose, spell } from './spell.ts';

/** What Kibana shows of a filter, beside what it asks. */
type Shown =
  | { readonly type: 'phrase'; readonly key: string; readonly params: Clause }
  | { readonly type: 'phrases'; readonly key: string; readonly params: readonly unknown[] }
  | { readonly type: 'exists'; readonly key: string; readonly value: 'exists' }
  | { readonly type: 'range'; readonly key: string; readonly params: Clause }
  | { readonly type: 'combined'; readonly relation: 'AND' | 'OR'; readonly params: readonly Filter[] }
  | { readonly type: 'custom'; readonly key: 'query' };

export interface Filter {
  readonly meta: Shown & { readonly alias: null; readonly disabled: false; readonly negate: boolean };
  /** A combined filter has none: Kibana makes it from the filters within. */
  readonly query?: Clause;
}

/** A predicate as one filter, of the kind that Kibana can edit if there is one. */
export function filterOf(node: Predicate, lose: Lose, negate = false): Filter {
  if (node.kind === 'not') return filterOf(node.of, lose, !negate);
  if (node.kind === 'and' || node.kind === 'or') return combined(node, lose, negate);
  const shown = shownOf(node) ?? ({ type: 'custom', key: 'query' } as const);
  return { meta: { alias: null, disabled: false, negate, ...shown }, query: spell(node, lose) };
}

function combined(node: Extract<Predicate, { kind: 'and' | 'or' }>, lose: Lose, negate: boolean): Filter {
  const relation = node.kind === 'and' ? 'AND' : 'OR';
  const params = node.of.map((part) => filterOf(part, lose));
  return { meta: { alias: null, disabled: false, negate, type: 'combined', relation, params } };
}

function shownOf(node: Predicate): Shown | undefined {
  switch (node.kind) {
    case 'exists':
      return { type: 'exists', key: node.field, value: 'exists' };
    case 'range':
      return { type: 'range', key: node.field, params: boundsOf(node) };
    case 'equals':
      return phrasesOf(node);
    default:
      return undefined;
  }
}

/** Whole values in their own case are phrases; what else is tested only a custom filter says. */
function phrasesOf({ field, values, quantifier, caseSensitive }: Equals): Shown | undefined {
  const plain = values.map((value) => (value !== null && isPattern(value) ? plainText(value) : value));
  const isPhrase = (value: unknown) => value !== undefined && value !== null && value !== '';
  const ignoresCase = !caseSensitive && plain.some((value) => typeof value === 'string' && hasCase([value]));
  if (field.includes('*') || ignoresCase || !plain.every(isPhrase)) return undefined;
  const [only, ...more] = plain;
  if (only !== undefined && more.length === 0) return { type: 'phrase', key: field, params: { query: only } };
  return quantifier === 'any' && more.length > 0 ? { type: 'phrases', key: field, params: plain } : undefined;
}
