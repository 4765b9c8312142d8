import { and, or } from '../../../query/build.ts';
import { isPattern } from '../../../query/pattern.ts';
import type { Equals, Pattern, Predicate, Value } from '../../../query/query.ts';
import { groupsOf } from '../expression/expression.ts';
import type { ExtractFields, Transformation } from '../pipeline.ts';
import type { Leaf } from './leaf.ts';
import { approximate, costs, type Run, spend } from './run.ts';
import { readShown, shown } from './text.ts';

/** `User: DOMAIN\name` as tests of a field for each group of the expression that the value begins with. */
export function extracted(
  leaf: Leaf,
  action: ExtractFields,
  transformation: Transformation,
  run: Run,
  positive: boolean,
): Predicate | undefined {
  if (leaf.kind !== 'equals' || (action.fields && !action.fields.includes(leaf.field))) return undefined;
  const parts = leaf.values.map((value) => partsOf(value, leaf, action, run));
  const found = parts.filter((part) => part !== undefined);
  if (found.length === 0) return undefined;
  const others = leaf.values.filter((_, at) => parts[at] === undefined);
  if (others.length > 0 && !action.preserveUnmatched) tellLost(leaf, transformation, run, positive);
  const kept: readonly Equals[] =
    others.length > 0 && action.preserveUnmatched
      ? [{ ...leaf, values: others, quantifier: others.length === 1 ? 'any' : leaf.quantifier }]
      : [];
  run.mapped.add(leaf.field);
  return leaf.quantifier === 'any' ? or([...found, ...kept]) : and([...found, ...kept]);
}

function partsOf(
  value: Value,
  leaf: Equals,
  { regex, prefix }: ExtractFields,
  run: Run,
): Predicate | undefined {
  if (value === null || !isPattern(value)) return undefined;
  const text = shown(value);
  spend(run, text.length + costs.test);
  const groups = groupsOf(regex, text);
  if (groups === undefined || groups.size === 0) return undefined;
  const tests = [...groups].map(([name, held]): Equals => {
    const field = prefix === '' ? name : `${prefix}.${name}`;
    run.named.add(field);
    return { ...leaf, field, values: [valueIn(held)], quantifier: 'any' };
  });
  return and(tests);
}

/** Text that is a number is one, if it is written as numbers are: `00001` is a text. */
function valueIn(text: string): Pattern | number {
  return /^-?(?:0|[1-9]\d{0,14})(?:\.\d{0,14}[1-9])?$/.test(text) ? Number(text) : readShown(text);
}

function tellLost(leaf: Equals, { called }: Transformation, run: Run, positive: boolean): void {
  const effect = (leaf.quantifier === 'any') === positive ? 'narrower' : 'broader';
  const message = `Some values of ${leaf.field} do not fit the expression of the pipeline (${called}) and are left out, which makes the rule ${effect}.`;
  approximate(run, message, effect, leaf);
}
