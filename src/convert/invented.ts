import { isObject, type Json, type JsonObject, objectOf } from '../rule/json.ts';
import type { Rule } from '../rule/rule.ts';
import { digest } from '../source/digest.ts';

/**
 * What a conversion makes up because the target wants it travels by a mark of each value, in `carry.was`:
 * as long as the value stands, nobody has made it his own, and it goes again on the way back.
 */

/** What an earlier conversion left for the way back. */
export function wasOf(rule: Rule): JsonObject {
  return rule.carry['was'] ?? {};
}

/** What a rule carries, with this for the way back. */
export function withWas({ carry }: Rule, was: JsonObject): Rule['carry'] {
  const others = Object.entries(carry).filter(([key]) => key !== 'was');
  const entries = Object.keys(was).length > 0 ? [...others, ['was', was] as const] : others;
  return objectOf(entries) as Rule['carry'];
}

/** The marks of inventions, beside those that are there: a part of `was`. */
export function marked(inventions: Partial<Rule>, before: JsonObject = {}): JsonObject {
  const marks = Object.entries(inventions).map(([key, value]) => [key, markOf(value)] as const);
  const all = [...Object.entries(before), ...marks];
  return all.length > 0 ? { invented: objectOf(all) } : {};
}

/** The marks that travel with a rule. */
export function marksOf(rule: Rule): JsonObject {
  const { invented } = wasOf(rule);
  return isObject(invented) ? invented : {};
}

/** The properties of a rule that were made up and that nobody has changed since. */
export function inventedIn(rule: Rule): ReadonlySet<string> {
  const standing = Object.entries(marksOf(rule)).filter(
    ([key, mark]) => Object.hasOwn(rule, key) && markOf(rule[key as keyof Rule]) === mark,
  );
  return new Set(standing.map(([key]) => key));
}

/** A rule without some of its properties. */
export function without(rule: Rule, keys: ReadonlySet<string>): Rule {
  if (keys.size === 0) return rule;
  return Object.fromEntries(Object.entries(rule).filter(([key]) => !keys.has(key))) as unknown as Rule;
}

/** What the tables invent, the index patterns of a log source above all, is invented for many rules. */
const known = new WeakMap<object, string>();

/** A short value as JSON, a long one as its digest. */
export function markOf(value: Json | object | undefined): string {
  if (typeof value !== 'object' || value === null) return markAnew(value);
  const mark = known.get(value) ?? markAnew(value);
  known.set(value, mark);
  return mark;
}

function markAnew(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text.length <= 32 ? text : digest(text);
}
