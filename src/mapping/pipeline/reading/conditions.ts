import { attempt, Failure } from '../../../diagnostic/attempt.ts';
import type { Entry, Node, ScalarNode } from '../../../languages/sigma/node.ts';
import { type Span, shift } from '../../../source/source.ts';
import { beginsWith } from '../expression/expression.ts';
import type { Anywhere, FieldCondition, Formula, RuleCondition, TestCondition } from '../pipeline.ts';
import { readAttribute, readTag } from './attribute.ts';
import { readFormula } from './formula.ts';
import { Given, hint, mistake, type Reader, together } from './given.ts';
import { logSource } from './log-source.ts';
import { flag, list, map, oneOf, scalar, text, texts } from './values.ts';

type Kinds<C> = { readonly [type: string]: (given: Given) => C };

const relations = ['eq', 'ne', 'gte', 'gt', 'lte', 'lt'] as const;
const shares = ['any', 'all'] as const;

/** What may be asked wherever there are conditions. */
const anywhere = {
  processing_item_applied: (given: Given): Anywhere => ({
    kind: 'processing_item_applied',
    id: given.need('processing_item_id', text),
  }),
  processing_state: (given: Given): Anywhere => ({
    kind: 'processing_state',
    key: given.need('key', text),
    value: given.need('val', scalar),
    op: given.may('op', oneOf(relations)) ?? 'eq',
  }),
};

const ofRules: Kinds<RuleCondition> = {
  logsource: (given) => ({ kind: 'logsource', logSource: logSource(given) }),
  contains_detection_item: (given) => ({
    kind: 'contains_detection_item',
    field: given.need('field', text),
    value: given.need('value', scalar),
  }),
  contains_field: (given) => ({ kind: 'contains_field', field: given.need('field', text) }),
  is_sigma_rule: () => ({ kind: 'is_sigma_rule' }),
  is_sigma_correlation_rule: () => ({ kind: 'is_sigma_correlation_rule' }),
  rule_attribute: readAttribute,
  tag: (given) => ({ kind: 'tag', tag: given.need('tag', readTag) }),
  ...anywhere,
};

const ofTests: Kinds<TestCondition> = {
  match_string: (given) => ({
    kind: 'match_string',
    cond: given.need('cond', oneOf(shares)),
    pattern: given.need('pattern', expression),
    negate: given.may('negate', flag) ?? false,
  }),
  match_value: (given) => ({
    kind: 'match_value',
    cond: given.need('cond', oneOf(shares)),
    value: given.need('value', scalar),
  }),
  contains_wildcard: (given) => ({ kind: 'contains_wildcard', cond: given.need('cond', oneOf(shares)) }),
  is_null: (given) => ({ kind: 'is_null', cond: given.need('cond', oneOf(shares)) }),
  ...anywhere,
};

const ofFields: Kinds<FieldCondition> = {
  include_fields: (given) => fieldsNamed(given, 'include_fields'),
  exclude_fields: (given) => fieldsNamed(given, 'exclude_fields'),
  ...anywhere,
};

function fieldsNamed(given: Given, kind: 'include_fields' | 'exclude_fields'): FieldCondition {
  const mode = given.may('mode', oneOf(['plain', 're'])) ?? 'plain';
  return { kind, fields: given.need('fields', mode === 're' ? list(expression) : texts), mode };
}

/** A regular expression of Python's, tried out. */
export const expression: Reader<string> = (node) => {
  const regex = text(node);
  const tried = attempt(() => beginsWith(regex, ''));
  if (!tried.ok) throw placedIn(node, new Failure(tried.diagnostics));
  return regex;
};

/** What was found within a text of the pipeline, at its place in the file. */
export function placedIn(node: Node, { diagnostics }: Failure): Failure {
  return new Failure(
    diagnostics.map((found) => ({ ...found, span: found.span ? placeIn(node, found.span) : node.span })),
  );
}

function placeIn(node: Node, part: Span): Span {
  const { at } = node as ScalarNode;
  return at === undefined ? node.span : shift(part, at);
}

/** The conditions of one sort: a list under one word, or named ones under an expression. */
export interface Conditions {
  readonly ofRule?: Formula<RuleCondition>;
  readonly ofTest?: Formula<TestCondition>;
  readonly ofField?: Formula<FieldCondition>;
}

export function readRuleConditions(given: Given): Formula<RuleCondition> | undefined {
  return readSort(given, 'rule', ofRules);
}

export function readTestConditions(given: Given): Formula<TestCondition> | undefined {
  return readSort(given, 'detection_item', ofTests);
}

export function readFieldConditions(given: Given): Formula<FieldCondition> | undefined {
  return readSort(given, 'field_name', ofFields);
}

function readSort<C>(given: Given, sort: string, kinds: Kinds<C>): Formula<C> | undefined {
  const [several, word, negation, formula] = ['conditions', 'cond_op', 'cond_not', 'cond_expr'].map(
    (name) => `${sort}_${name}`,
  ) as [string, string, string, string];
  const conditions = given.may(several, (node) => readNamed(node, kinds)) ?? [];
  const op = given.may(word, oneOf(['and', 'or']));
  const negated = given.may(negation, flag) ?? false;
  const joined = given.has(formula)
    ? given.need(formula, (node) => readExpression(node, conditions, given, { word, several }))
    : joinedBy(conditions, op ?? 'and');
  if (joined === undefined) {
    if (sort !== 'rule' && (op === 'or' || negated))
      throw mistake(
        `There is no "${several}" for this to be about, so nothing would ever be changed`,
        given.at(negated ? negation : word),
      );
    return undefined;
  }
  return negated ? { kind: 'not', of: joined } : joined;
}

function joinedBy<C>(
  conditions: readonly (readonly [string, C])[],
  kind: 'and' | 'or',
): Formula<C> | undefined {
  if (conditions.length === 0) return undefined;
  return { kind, of: conditions.map(([, condition]) => ({ kind: 'is', condition })) };
}

function readExpression<C>(
  node: Node,
  conditions: readonly (readonly [string, C])[],
  given: Given,
  { word, several }: { readonly word: string; readonly several: string },
): Formula<C> {
  if (given.has(word))
    throw mistake(
      `An expression says how conditions are joined, and "${word}" says it again`,
      given.at(word),
    );
  const areNamed = given.may(several, ({ kind }) => kind === 'map') ?? false;
  if (!areNamed)
    throw mistake(
      `An expression is over conditions that have names: "${several}" must be a map`,
      given.at(several),
    );
  return readFormula(text(node), new Map(conditions), (part) => placeIn(node, part));
}

function readNamed<C>(node: Node, kinds: Kinds<C>): readonly (readonly [string, C])[] {
  if (node.kind === 'map')
    return together(
      node.entries.map(
        ({ key, value }: Entry) =>
          () =>
            [key, readOne(value, kinds)] as const,
      ),
    );
  return list((part) => readOne(part, kinds))(node).map((condition) => ['', condition] as const);
}

function readOne<C>(node: Node, kinds: Kinds<C>): C {
  const given = new Given(map(node), 'A condition');
  const type = given.need('type', text);
  const read = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (!read)
    throw mistake(
      `No condition of this sort is of type "${type}"${hint(type, Object.keys(kinds))}`,
      given.at('type'),
    );
  const condition = read(given);
  given.finish();
  return condition;
}
