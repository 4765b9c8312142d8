import { readPattern } from '../../../languages/sigma/literal.ts';
import { and } from '../../../query/build.ts';
import { isPattern } from '../../../query/pattern.ts';
import type { Pattern, Predicate, Value } from '../../../query/query.ts';
import { readReplacement, replaced } from '../expression/expression.ts';
import type { Action, ReplaceString, Scalar, Transformation } from '../pipeline.ts';
import { asRegex } from './as-regex.ts';
import { type Change, dropped, fieldOf, isValued, type Leaf, type Valued } from './leaf.ts';
import { asWildcards, fromVars } from './placeholders.ts';
import { costs, type Run, refused, spend } from './run.ts';
import { changedParts, changedWhole, shown, spelled } from './text.ts';

/** What becomes of a value: several where it stands for several, undefined where it stays. */
type ValueChange = (value: Value, leaf: Valued, positive: boolean) => readonly Value[] | undefined;

/** The actions that change the values of tests. */
export type Valuing = Extract<
  Action,
  {
    kind:
      | 'map_string'
      | 'replace_string'
      | 'case'
      | 'convert_type'
      | 'wildcard_placeholders'
      | 'value_placeholders'
      | 'set_value'
      | 'regex';
  }
>;

/** What a test becomes by an action on its values. */
export function valueChangeOf(action: Valuing, transformation: Transformation, run: Run): Change {
  switch (action.kind) {
    case 'map_string':
      return byValue(run, (value) =>
        ofText(value, (text) => action.mapping.get(shown(text))?.map((one) => readPattern(one))),
      );
    case 'replace_string':
      return byValue(run, replacing(action, run));
    case 'case':
      return byValue(run, (value) =>
        ofText(value, (text) => [changedParts(text, recased[action.method], false)]),
      );
    case 'convert_type':
      return byValue(run, (value, leaf) => [
        action.to === 'str' ? asText(value) : asNumber(value, leaf, transformation),
      ]);
    case 'wildcard_placeholders':
      return byValue(run, asWildcards(action.only, transformation, run));
    case 'value_placeholders':
      return byValue(run, (value) => fromVars(value, action.only, run));
    case 'set_value':
      return (leaf) => asSet(leaf, action.value);
    case 'regex':
      return (leaf) => asRegex(leaf, action.ignoresCase);
    default:
      return action satisfies never;
  }
}

function ofText(value: Value, change: (text: Pattern) => readonly Value[] | undefined) {
  return value !== null && isPattern(value) ? change(value) : undefined;
}

/** Of the values that one becomes any will do, also where a list asks for each. */
function byValue(run: Run, change: ValueChange): Change {
  return (leaf, positive) => {
    if (!isValued(leaf)) return undefined;
    const groups = leaf.values.map((value) => {
      const group = change(value, leaf, positive);
      spend(run, costs.value * (1 + (group?.length ?? 0)));
      return group;
    });
    if (groups.every((group) => group === undefined)) return undefined;
    const made = groups.map((group, at) => group ?? [leaf.values[at]!]).filter((group) => group.length > 0);
    if (made.length === 0) return dropped;
    const listed = (values: readonly Value[], quantifier: Valued['quantifier']) => {
      const different = [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
      return { ...leaf, values: different, quantifier: different.length === 1 ? 'any' : quantifier } as const;
    };
    if (leaf.quantifier === 'any' || made.every((group) => group.length === 1))
      return listed(made.flat(), leaf.quantifier);
    return and(made.map((group) => listed(group, 'any')));
  };
}

const recased = {
  lower: (text: string) => text.toLowerCase(),
  upper: (text: string) => text.toUpperCase(),
  snake_case: (text: string) => text.replace(/(?<!^)(?=[A-Z])/g, '_').toLowerCase(),
} as const;

function replacing(
  { regex, replacement, skipSpecial, interpretSpecial }: ReplaceString,
  run: Run,
): ValueChange {
  const parts = readReplacement(replacement, regex);
  const change = (text: string) => replaced(regex, parts, text, (amount) => spend(run, amount));
  return (value) => {
    const text: Pattern | undefined =
      typeof value === 'number' ? [String(value)] : value !== null && isPattern(value) ? value : undefined;
    if (text === undefined) return undefined;
    const made = skipSpecial ? changedParts(text, change, interpretSpecial) : changedWhole(text, change);
    return typeof value === 'number' && JSON.stringify(made) === JSON.stringify(text) ? undefined : [made];
  };
}

function asText(value: Value): Value {
  return value === null || isPattern(value) ? value : [String(value)];
}

function asNumber(value: Value, leaf: Leaf, transformation: Transformation): Value {
  if (value === null || typeof value === 'number') return value;
  const text = isPattern(value) ? shown(value).trim() : '';
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text)) return Number(text);
  throw refused(transformation, `${spelled(value)} is no number`, placeOf(leaf));
}

function placeOf(leaf: Leaf) {
  return 'span' in leaf && leaf.span ? { span: leaf.span } : {};
}

/** Whatever was asked of the field, it is to have this value. Whether a field is there is no value. */
function asSet(leaf: Leaf, value: Scalar): Predicate | undefined {
  const field = fieldOf(leaf);
  if (field === undefined || leaf.kind === 'exists') return undefined;
  const span = 'span' in leaf && leaf.span ? { span: leaf.span } : {};
  const values: readonly Value[] = [typeof value === 'string' ? readPattern(value) : value];
  const caseSensitive = isValued(leaf) && leaf.caseSensitive;
  if (field !== null) return { kind: 'equals', field, values, quantifier: 'any', caseSensitive, ...span };
  return { kind: 'free-text', values, quantifier: 'any', caseSensitive, ...span };
}
