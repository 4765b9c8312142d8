import type { Code } from '../../diagnostic/codes.ts';
import { and, or } from '../../query/build.ts';
import type { FieldFacts, FieldType } from '../../query/facts.ts';
import { readNetwork } from '../../query/network.ts';
import { isPattern, plainText } from '../../query/pattern.ts';
import type { Cidr, Equals, Predicate, Query, Value } from '../../query/query.ts';
import { fieldsOf, fieldsOfOperands, mapLeaves, mapPredicates } from '../../query/walk.ts';
import type { Span } from '../../source/source.ts';
import type { PrintOptions } from '../language.ts';

/** Notes what EQL can not ask of a field, and why. */
export type Lose = (code: Code, message: string, span?: Span) => void;

/**
 * A query whose values are of the types of their fields, as EQL wants them: other languages write `5` and a
 * network as text. What EQL does not compare at all is noted: fields that are cut into words, above all.
 */
export function typed(query: Query, options: PrintOptions | undefined, lose: Lose = () => {}): Query {
  const factsOf = options?.factsOf;
  if (factsOf === undefined) return query;
  loseKeys(query, factsOf, lose);
  return mapPredicates(query, (where) => mapLeaves(where, (leaf) => typedLeaf(leaf, factsOf, lose)));
}

/** A query as it comes back once EQL has said it: its values are of the types of their fields. */
export function said(query: Query, options?: PrintOptions): Query {
  return typed(query, options);
}

type FactsOf = (field: string) => FieldFacts;

function typedLeaf(leaf: Predicate, factsOf: FactsOf, lose: Lose): Predicate {
  // Whether a field is there can be asked of any.
  const isAskedForNone = leaf.kind === 'equals' && leaf.values.every((value) => value === null);
  if (leaf.kind === 'exists' || isAskedForNone) return leaf;
  for (const field of fieldsOf(leaf)) {
    if (factsOf(field).type !== 'text') continue;
    lose(
      'loss/words',
      `The index cuts ${field} into words, and EQL compares whole values alone.`,
      spanOf(leaf),
    );
  }
  return leaf.kind === 'equals' ? typedEquals(leaf, factsOf(leaf.field).type, lose) : leaf;
}

function loseKeys({ find }: Query, factsOf: FactsOf, lose: Lose): void {
  if (find.kind !== 'sequence' && find.kind !== 'sample') return;
  const until = find.kind === 'sequence' && find.until ? [find.until] : [];
  for (const { by, span } of [find, ...find.steps, ...until]) {
    for (const field of fieldsOfOperands(by)) {
      if (factsOf(field).type !== 'text') continue;
      lose(
        'loss/join-key',
        `The index cuts ${field} into words, and EQL joins events by whole values alone.`,
        span,
      );
    }
  }
}

function spanOf(leaf: Predicate): Span | undefined {
  return 'span' in leaf ? leaf.span : undefined;
}

/** The values of one test; networks are asked for in a test of their own. */
function typedEquals(test: Equals, type: FieldType | undefined, lose: Lose): Predicate {
  if (type === undefined) return test;
  const values = test.values.map((value) => (value === null ? null : typedValue(value, type)));
  const strange = test.values.find((_, index) => values[index] === undefined);
  if (strange !== undefined) {
    lose(
      'loss/value-type',
      `The index keeps ${test.field} as ${type}, and EQL compares it with nothing else.`,
      test.span,
    );
    return test;
  }
  const known = values as readonly (Value | Network)[];
  const networks = known.filter(isNetwork).map(({ network }) => network);
  // `:` is for text, and these have no case.
  const cased = type === 'ip' || type === 'date' ? { ...test, caseSensitive: true } : test;
  if (cased === test && test.values.every((value, index) => value === known[index])) return test;
  if (networks.length === 0) return { ...cased, values: known as readonly Value[] };
  return withNetworks(cased, known.filter((value) => !isNetwork(value)) as readonly Value[], networks);
}

function withNetworks(test: Equals, values: readonly Value[], networks: readonly string[]): Predicate {
  const { field, optional, quantifier, span } = test;
  const place = { ...(optional && { optional }), ...(span && { span }) };
  const within = (some: readonly string[]): Cidr => ({ kind: 'cidr', field, networks: some, ...place });
  const others = values.length === 0 ? [] : [{ ...test, values }];
  return quantifier === 'any'
    ? or([...others, within(networks)])
    : and([...others, ...networks.map((network) => within([network]))]);
}

interface Network {
  readonly network: string;
}

function isNetwork(value: Value | Network): value is Network {
  return typeof value === 'object' && value !== null && 'network' in value;
}

/** A value as its type has it; undefined for what no field of the type can be compared with. */
function typedValue(value: Exclude<Value, null>, type: FieldType): Value | Network | undefined {
  const text = isPattern(value) ? plainText(value) : String(value);
  switch (type) {
    case 'number':
      return typeof value === 'number' ? value : numberOf(text);
    case 'boolean':
      return typeof value === 'boolean'
        ? value
        : text === 'true'
          ? true
          : text === 'false'
            ? false
            : undefined;
    case 'ip':
      if (text === undefined || readNetwork(text) === undefined) return undefined;
      return text.includes('/') ? { network: text } : [text];
    case 'keyword':
    case 'wildcard':
    case 'version':
      return isPattern(value) ? value : [String(value)];
    case 'text':
    case 'date':
      return value;
    default:
      return type satisfies never;
  }
}

/** A number if it is spelled as one, to the last digit. */
function numberOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^-?\d{1,15}(?:\.\d{1,15})?$/.test(text)) return undefined;
  return Number(text);
}
