import { and, not, or } from '../../query/build.ts';
import type { Equals, FieldOperand, Predicate, Regex, Value } from '../../query/query.ts';
import type { Span } from '../../source/source.ts';
import type { Draft, Expression, Plain, Reference, TimePart } from './draft.ts';
import { failure } from './failure.ts';
import type { Key } from './key.ts';
import { printLine } from './layout.ts';
import type { ScalarNode } from './node.ts';

/** A value of a list, and what the modifiers made of it. */
export interface Valued {
  readonly node: ScalarNode;
  readonly drafts: readonly Draft[];
}

/** The test that a key makes of its values. */
export function testOf(key: Key, values: readonly Valued[], span: Span): Predicate {
  const plain = groupsOf(values, isPlain);
  if (plain) return negated(key, plainTest(key, plain, values, span));
  const expressions = groupsOf(values, isExpression);
  if (expressions) return expressionTest(key, expressions.flat(), values, span);
  if (key.field === '') {
    throw failure('parse/bad-modifier', `"${key.text}" tests a field, and names none.`, span);
  }
  return negated(
    key,
    listTest(
      key,
      values.flatMap(({ drafts }) => drafts),
      span,
    ),
  );
}

function negated({ negated }: Key, test: Predicate): Predicate {
  return negated ? not(test) : test;
}

const isPlain = (draft: Draft): draft is Plain => draft.kind === 'plain';
const isExpression = (draft: Draft): draft is Expression => draft.kind === 'expression';

/** The drafts of each value, if they all are of this kind; one chain of modifiers makes one kind. */
function groupsOf<T extends Draft>(
  values: readonly Valued[],
  isKind: (draft: Draft) => draft is T,
): readonly (readonly T[])[] | undefined {
  const groups = values.map(({ drafts }) => drafts.filter(isKind));
  return groups.some((group) => group.length > 0) ? groups : undefined;
}

/** A list of values is one test; only where `all` asks for each of several made of one, it is more. */
function plainTest(
  key: Key,
  groups: readonly (readonly Plain[])[],
  values: readonly Valued[],
  span: Span,
): Predicate {
  const caseSensitive = key.modifiers.some(({ name }) => name === 'cased');
  const one = (drafts: readonly Plain[], quantifier: Equals['quantifier']): Predicate => {
    const found = drafts.map(({ value }) => value);
    const how = { quantifier: found.length > 1 ? quantifier : 'any', caseSensitive, span } as const;
    return key.field === ''
      ? { kind: 'free-text', values: keywords(found, values), ...how }
      : { kind: 'equals', field: key.field, values: found, ...how };
  };
  if (!key.all) return one(groups.flat(), 'any');
  if (groups.every((group) => group.length === 1)) return one(groups.flat(), 'all');
  return and(groups.map((group) => one(group, 'any')));
}

function keywords(found: readonly Value[], values: readonly Valued[]): readonly Value[] {
  const nothing = values.find(({ node }) => node.value === null);
  if (!nothing) return found;
  const message = 'Null is a field that is absent, and no field is named here; the detection was not read.';
  throw failure('parse/bad-value', message, nothing.node.span);
}

/**
 * The neutral sentence has no expressions without a field, and none with placeholders. Both are kept as
 * they are written, for this language to print again.
 */
function expressionTest(
  key: Key,
  drafts: readonly Expression[],
  values: readonly Valued[],
  span: Span,
): Predicate {
  const expand = key.modifiers.some(({ name }) => name === 'expand');
  const open = expand && drafts.some(({ text }) => /%[\p{L}\p{N}_.-]+%/u.test(text));
  if (key.field === '' || open) {
    const lines = printLine(
      key.text,
      values.map(({ node }) => node.value),
    );
    return { kind: 'opaque', language: 'sigma', text: lines.join('\n'), span };
  }
  return negated(key, regexTest(key, drafts, span));
}

function regexTest({ field, all }: Key, drafts: readonly Expression[], span: Span): Regex {
  const flags = drafts[0]?.flags ?? '';
  const others = flags.replace('i', '');
  return {
    kind: 'regex',
    field,
    patterns: drafts.map(({ text }) => text),
    quantifier: all && drafts.length > 1 ? 'all' : 'any',
    flavour: 'pcre',
    caseSensitive: !flags.includes('i'),
    ...(others !== '' && { flags: others }),
    span,
  };
}

function listTest({ field, all }: Key, drafts: readonly Draft[], span: Span): Predicate {
  const networks = drafts.flatMap((draft) => (draft.kind === 'network' ? draft.text : []));
  if (networks.length > 0 && !all) return { kind: 'cidr', field, networks, span };
  const tests = drafts.map((draft) => singleTest(field, draft, span));
  return all ? and(tests) : or(tests);
}

function singleTest(field: string, draft: Draft, span: Span): Predicate {
  switch (draft.kind) {
    case 'network':
      return { kind: 'cidr', field, networks: [draft.text], span };
    case 'bound':
      return { kind: 'range', field, operator: draft.operator, value: draft.value, span };
    case 'presence':
      return draft.present ? { kind: 'exists', field, span } : not({ kind: 'exists', field, span });
    case 'reference':
      return referenceTest(field, draft, span);
    case 'time':
      return timeTest(field, draft, span);
    case 'plain':
    case 'expression':
      throw new Error('A list of these is one test.');
    default:
      return draft satisfies never;
  }
}

function referenceTest(field: string, { field: other, by }: Reference, span: Span): Predicate {
  const left: FieldOperand = { kind: 'field', field };
  const right: FieldOperand = { kind: 'field', field: other };
  return by === undefined
    ? { kind: 'compare', left, operator: '==', right, span }
    : { kind: 'call', name: by, caseSensitive: false, arguments: [left, right], span };
}

function timeTest(field: string, { part, operator, value }: TimePart, span: Span): Predicate {
  const operand: FieldOperand = { kind: 'field', field };
  return {
    kind: 'compare',
    left: { kind: 'call', name: part, caseSensitive: true, arguments: [operand] },
    operator,
    right: { kind: 'literal', value },
    span,
  };
}
