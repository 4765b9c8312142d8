import { and, never, not, or } from '../../../src/query/build.ts';
import { many, one, pattern } from '../../../src/query/pattern.ts';
import type { Pattern, Predicate, Query } from '../../../src/query/query.ts';
import { mapLeaves } from '../../../src/query/walk.ts';

/** A case of Lucene's own tests; which fields it has depends on its kind. */
export interface Case {
  readonly id: string;
  readonly kind: string;
  readonly query: string;
  readonly default_operator?: string;
  readonly analyzer?: string;
  readonly analyzer_dependent?: boolean;
  readonly allow_leading_wildcard?: boolean;
  readonly expected?: string;
  readonly input?: string;
  readonly expected_class?: string;
  readonly inner?: string;
  readonly expected_tree?: Tree;
  readonly document?: Readonly<Record<string, string>>;
  readonly expected_match?: boolean;
}

export type Tree = { readonly [kind: string]: unknown };

const free = (value: Pattern): Predicate => ({
  kind: 'free-text',
  values: [value],
  quantifier: 'any',
  caseSensitive: false,
});

/** Fuzzy words and phrases that may stand apart are told by what they are alone. */
const apart: Predicate = { kind: 'opaque', language: 'lucene', text: '~' };

/**
 * The meaning of a query that Lucene has spelled: `(+(a b) -c) d`. What is spelled is not escaped, so whether a star
 * is a wildcard and a quote a quote is told by the query it comes from. The default field is not named.
 */
export function fromSpelled(text: string, query: string): Predicate {
  const signs = query.replace(/\\[^]/g, '');
  const wildcards = /[*?]/.test(signs);
  const isPrefix = /^[^*?]*\*$/.test(signs);
  let at = 0;

  const group = (): Predicate => {
    const parts: { readonly sign: string; readonly of: Predicate }[] = [];
    while (at < text.length && text[at] !== ')') {
      if (text[at] === ' ') {
        at += 1;
        continue;
      }
      const signed = /[-+](?=[^ ])/y;
      signed.lastIndex = at;
      const sign = signed.test(text) ? text.charAt(at) : '';
      at += sign.length;
      parts.push({ sign, of: clause() });
    }
    return joined(parts);
  };

  const clause = (): Predicate => {
    const field = signs.includes(':') ? take(/(?:[^ ()"/[{\\]|\\(?!:))+:(?=[^ ])/y).slice(0, -1) : '';
    const of = text[at] === '(' ? inBrackets() : leaf();
    take(/\^[\d.]+/y);
    return field === '' || field === 'field' ? of : mapLeaves(of, (found) => named(found, field));
  };

  const inBrackets = (): Predicate => {
    at += 1;
    const of = group();
    at += 1;
    return of;
  };

  const leaf = (): Predicate => {
    const range = /([[{])(.*?) TO (.*?)([\]}])(?=$|[ )^])/y;
    range.lastIndex = at;
    const [found, open, from = '', to = '', close] = range.exec(text) ?? [];
    if (found !== undefined) {
      at += found.length;
      return between(from, to, open === '[', close === ']');
    }
    if (text[at] === '"' && signs.includes('"')) {
      const end = text.lastIndexOf('"') + 1;
      const phrase = text.slice(at + 1, end - 1);
      at = end;
      return take(/~\d+/y) ? apart : free([phrase]);
    }
    const expression = take(/\/.*?\/(?=$|[ )^])/y);
    if (expression) return regex(expression.slice(1, -1));
    const word = take(/[^ )^]+/y);
    if (/~[\d.]+$/.test(word)) return apart;
    return free(
      wildcards && /[*?]/.test(word) ? starred(isPrefix ? word.replaceAll('\\', '\\\\') : word) : [word],
    );
  };

  const take = (what: RegExp): string => {
    what.lastIndex = at;
    const [found = ''] = what.exec(text) ?? [];
    at += found.length;
    return found;
  };

  return group();
}

function joined(parts: readonly { readonly sign: string; readonly of: Predicate }[]): Predicate {
  const signed = (sign: string) => parts.filter((part) => part.sign === sign).map(({ of }) => of);
  const [must, should] = [signed('+'), signed('')];
  const found = must.length > 0 ? must : should.length > 0 ? [or(should)] : [];
  return parts.length === 0 ? never : and([...found, ...signed('-').map(not)]);
}

function between(from: string, to: string, withFrom: boolean, withTo: boolean): Predicate {
  const parts: Predicate[] = [];
  if (from !== '*') parts.push({ kind: 'range', field: '*', operator: withFrom ? '>=' : '>', value: from });
  if (to !== '*') parts.push({ kind: 'range', field: '*', operator: withTo ? '<=' : '<', value: to });
  return parts.length > 0 ? and(parts) : { kind: 'exists', field: '*' };
}

function regex(text: string): Predicate {
  const patterns = [text.replaceAll('\\/', '/')];
  return { kind: 'regex', field: '*', patterns, quantifier: 'any', flavour: 'lucene', caseSensitive: true };
}

function starred(word: string): Pattern {
  const pieces = [...word.matchAll(/\\([^])|[^]/g)];
  return pattern(pieces.map(([piece, char]) => char ?? (piece === '*' ? many : piece === '?' ? one : piece)));
}

function named(leaf: Predicate, field: string): Predicate {
  if (leaf.kind === 'free-text') return { ...leaf, kind: 'equals', field };
  return leaf.kind === 'regex' || leaf.kind === 'range' ? { ...leaf, field } : leaf;
}

/** A query as those tests see it: their default field is any field here, their analysers take any case. */
export function asTested(query: Query): Query {
  const { find } = query;
  if (find.kind !== 'filter') return query;
  const change = (leaf: Predicate): Predicate => {
    switch (leaf.kind) {
      case 'opaque':
        return apart;
      case 'equals':
        return leaf.field === 'field'
          ? { ...leaf, kind: 'free-text', caseSensitive: false }
          : { ...leaf, caseSensitive: false };
      case 'free-text':
        return { ...leaf, caseSensitive: false };
      case 'regex':
        return {
          ...leaf,
          field: leaf.field === 'field' ? '*' : leaf.field,
          patterns: leaf.patterns.map((text) => text.toLowerCase()),
        };
      case 'range':
        return { ...leaf, value: String(leaf.value).toLowerCase() };
      default:
        return leaf;
    }
  };
  return { ...query, find: { kind: 'filter', where: mapLeaves(find.where, change) } };
}

/** The query that a tree of Lucene's own query objects is. */
export function fromTree(tree: Tree): Predicate {
  const [kind = ''] = Object.keys(tree).filter((name) => name !== 'boost');
  const body = tree[kind] as Readonly<Record<string, string>>;
  switch (kind) {
    case 'match_all':
      return { kind: 'constant', value: true };
    case 'regexp':
      return regex(body['value']!);
    case 'term':
      return free([body['value']!]);
    case 'phrase':
      return free([(body['terms'] as unknown as readonly string[]).join(' ')]);
    case 'prefix':
      return free([body['value']!, many]);
    case 'fuzzy':
      return apart;
    case 'wildcard': {
      if (body['value'] === '*') return { kind: 'exists', field: body['field']! };
      const leaf = free(starred(body['value']!));
      return body['field'] === 'field' ? leaf : named(leaf, body['field']!);
    }
    case 'bool': {
      const signs: Readonly<Record<string, string>> = { MUST: '+', MUST_NOT: '-', SHOULD: '' };
      const clauses = tree[kind] as readonly (readonly [string, Tree])[];
      return joined(clauses.map(([occur, of]) => ({ sign: signs[occur]!, of: fromTree(of) })));
    }
    default:
      throw new Error(`No query "${kind}" was expected.`);
  }
}
