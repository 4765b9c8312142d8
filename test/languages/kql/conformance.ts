import { always, and, never, not, or } from '../../../src/query/build.ts';
import { many, pattern } from '../../../src/query/pattern.ts';
import type { Order, Predicate, Value } from '../../../src/query/query.ts';

/** A case of another engine's tests; which fields it has depends on its kind. */
export interface Case {
  readonly id: string;
  readonly engine: string;
  readonly kind: string;
  readonly divergent?: boolean;
  readonly semantic_only?: boolean;
  readonly expression?: string;
  readonly ast?: Ast;
  readonly expected_ast?: Ast;
  readonly expected_dsl?: Dsl;
  readonly expected_kql?: string;
  readonly expected_value?: string | boolean;
  readonly wildcard?: boolean;
  readonly function?: string;
  readonly input?: string;
  readonly expected?: unknown;
  readonly left?: string;
  readonly right?: string;
  readonly options?: { readonly schema?: unknown };
}

/** Kibana's own tree. */
export type Ast =
  | { readonly literal: string }
  | {
      readonly fn: string;
      readonly field?: string | null;
      readonly op?: string;
      readonly value?: string | number | boolean | null;
      readonly value_wildcard?: boolean;
      readonly args?: readonly Ast[];
    };

const orders: Readonly<Record<string, Order>> = { lt: '<', lte: '<=', gt: '>', gte: '>=' };

const is = (field: string, value: Value): Predicate => ({
  kind: 'equals',
  field,
  values: [value],
  quantifier: 'any',
  caseSensitive: true,
});
const free = (value: Value): Predicate => ({
  kind: 'free-text',
  values: [value],
  quantifier: 'any',
  caseSensitive: true,
});

export function fromAst(node: Ast, path = ''): Predicate {
  if ('literal' in node) return free([node.literal]);
  const { fn, field, op = '', value = null, args = [] } = node;
  const parts = () => args.map((part) => fromAst(part, path));
  switch (fn) {
    case 'and':
      return and(parts());
    case 'or':
      return or(parts());
    case 'not':
      return not(parts()[0]!);
    case 'exists':
      return { kind: 'exists', field: path + field };
    case 'nested':
      return { kind: 'nested', path: path + field, where: fromAst(args[0]!, `${path}${field}.`) };
    case 'range':
      return { kind: 'range', field: path + field, operator: orders[op]!, value: String(value) };
    default: {
      if (field === '*' && value === '*') return always;
      const read = node.value_wildcard ? starred(String(value)) : plain(value);
      return typeof field === 'string' ? is(path + field, read) : free(read);
    }
  }
}

function plain(value: string | number | boolean | null): Value {
  return typeof value === 'boolean' || value === null ? value : [String(value)];
}

function starred(text: string): Value {
  return pattern([...text.replaceAll('\\\\', '\\')].map((char) => (char === '*' ? many : char)));
}

/** Elasticsearch's query DSL, as far as KQL is turned into it. */
export type Dsl = { readonly [clause: string]: unknown };
type Fields = Readonly<Record<string, unknown>>;

export function fromDsl(clause: Dsl): Predicate {
  const [[kind, body] = ['', {}]] = Object.entries(clause);
  const fields = body as Fields;
  const [[field, said] = ['', '']] = Object.entries(fields);
  switch (kind) {
    case 'match_all':
      return always;
    case 'match':
    case 'match_phrase':
    case 'term':
      return is(field, plain(termOf(said)));
    case 'wildcard':
      return is(field, starred(String(termOf(said))));
    case 'exists':
      return { kind: 'exists', field: String(fields['field']) };
    case 'multi_match':
      return free(plain(fields['query'] as string));
    case 'query_string': {
      const asked = unescaped(String(fields['query']));
      const names = fields['fields'] as readonly string[] | undefined;
      return names ? is(names[0]!, asked) : free(asked);
    }
    case 'range':
      return fromRange(field, said as Fields);
    case 'nested':
      return { kind: 'nested', path: String(fields['path']), where: fromDsl(fields['query'] as Dsl) };
    case 'bool':
      return fromBool(fields);
    default:
      throw new Error(`No clause "${kind}" was expected.`);
  }
}

/** The equality of dates is a range that begins and ends with one. */
function fromRange(field: string, bounds: Fields): Predicate {
  const { gte, lte } = bounds;
  if (gte !== undefined && gte === lte) return is(field, plain(String(gte)));
  const [[op, value] = ['', '']] = Object.entries(bounds);
  return { kind: 'range', field, operator: orders[op]!, value: String(value) };
}

function fromBool(body: Fields): Predicate {
  const clauses = (name: string) => ((body[name] ?? []) as readonly Dsl[]).map(fromDsl);
  const should = clauses('should');
  const parts = [
    ...clauses('must'),
    ...clauses('filter'),
    ...(should.length > 0 ? [or(should)] : []),
    ...clauses('must_not').map(not),
  ];
  return parts.length > 0 ? and(parts) : never;
}

function termOf(said: unknown): string | boolean {
  const options = typeof said === 'object' ? (said as Fields) : { value: said };
  return (options['value'] ?? options['wildcard'] ?? options['query']) as string | boolean;
}

/** The value of a query_string: a backslash makes the next character plain. */
function unescaped(text: string): Value {
  const pieces = [...text.matchAll(/\\([^])|[^]/g)];
  return pattern(pieces.map(([piece, char]) => char ?? (piece === '*' ? many : piece)));
}
