import type { FieldTest } from '../../query/query.ts';
import type { Span } from '../../source/source.ts';

/** The languages whose queries Elasticsearch runs. */
export type Asks = 'eql' | 'esql' | 'kuery' | 'lucene' | 'dsl';

/** One thing that a rule wants of a field of its events. */
export interface Asked {
  readonly field: string;
  readonly use: Use;
  readonly asks: Asks;
  readonly span?: Span;
  /** EQL `?f`: the index need not have it. */
  readonly optional?: true;
  /** It stands under an odd number of negations: what never holds there always holds. */
  readonly negated?: true;
  /** The list of objects that a nested search looks into. */
  readonly within?: string;
}

export type Use =
  /** A test of its value. */
  | { readonly kind: 'test'; readonly test: FieldTest }
  /** What a function is given, or what is compared with another field. */
  | { readonly kind: 'operand' }
  /** The list of objects that `path: { … }` looks into. */
  | { readonly kind: 'path' }
  /** What joins the events of a sequence or sample. */
  | { readonly kind: 'join' }
  /** What groups, counts or compares events beside the query, and what comes of it where there is none. */
  | { readonly kind: 'group' | 'searched'; readonly of: string; readonly without: string }
  /** ES|QL names it in what it gives of each event. */
  | { readonly kind: 'named' };

/** EQL and ES|QL look every field up before they look at an event, and refuse a query as a whole. */
export function isVerified(asks: Asks): asks is 'eql' | 'esql' {
  return asks === 'eql' || asks === 'esql';
}

const shown: Readonly<Record<Asks, string>> = {
  eql: 'EQL',
  esql: 'ES|QL',
  kuery: 'KQL',
  lucene: 'Lucene',
  dsl: 'a filter',
};

export function nameOf(asks: Asks): string {
  return shown[asks];
}

export function asksOf(language: string): Asks | undefined {
  return Object.hasOwn(shown, language) ? (language as Asks) : undefined;
}
