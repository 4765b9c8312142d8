import { isList, isObject, type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';
import { markOf, wasOf, withWas } from '../invented.ts';
import { type Derivable, places } from './places.ts';

/**
 * What was derived belongs to the file it was derived for. It travels with a mark of each value under that
 * format, in `carry.was.derived`, and goes when the rule goes on, as long as nobody changed it.
 */

/** The rule with derived values, marked as such. */
export function withDerived(rule: Rule, values: ReadonlyMap<Derivable, Json>, format: string): Rule {
  const was = wasOf(rule);
  const derived = mapOr(was['derived']);
  const marks = [...values].map(([key, value]) => [key, markOf(essence(value))] as const);
  const own = objectOf([...Object.entries(mapOr(derived[format])), ...marks]);
  const valued = withValues(rule, values);
  return { ...valued, carry: withWas(valued, { ...was, derived: { ...derived, [format]: own } }) };
}

/** The rule with these values in their places. */
export function withValues(rule: Rule, values: ReadonlyMap<Derivable, Json | undefined>): Rule {
  let result = rule;
  for (const [key, value] of values) result = places[key].write(result, value);
  return result;
}

/** The rule without what was derived for it and that nobody has changed since; `format` keeps what is its own. */
export function withoutDerived(rule: Rule, format?: string): Rule {
  const { derived, ...was } = wasOf(rule);
  if (!isObject(derived)) return rule;
  const others = Object.entries(derived).filter(([key]) => key !== format);
  const gone = others.flatMap(([, marks]) => standing(rule, mapOr(marks)));
  const left = withValues(rule, new Map(gone.map((key) => [key, undefined])));
  const own = objectOf(Object.entries(derived).filter(([key]) => key === format));
  const kept = Object.keys(own).length > 0 ? { ...was, derived: own } : was;
  return { ...left, carry: withWas(left, kept) };
}

function standing(rule: Rule, marks: JsonObject): readonly Derivable[] {
  return (Object.keys(places) as Derivable[]).filter(
    (key) => Object.hasOwn(marks, key) && markOf(essence(places[key].read(rule) ?? null)) === marks[key],
  );
}

/** What a value says, in whatever order: Kibana answers in its own, and finds out by itself what ECS has. */
function essence(value: Json): Json {
  if (!isList(value)) return value;
  return value.map((one) => {
    if (!isObject(one)) return one;
    return Object.entries(one)
      .filter(([key]) => key !== 'ecs')
      .sort(([a], [b]) => (a < b ? -1 : 1));
  });
}

function mapOr(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
