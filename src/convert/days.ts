import type { Report } from '../diagnostic/diagnostic.ts';
import type { Format } from '../formats/format.ts';
import { isObject, type JsonObject, objectOf } from '../rule/json.ts';
import type { Rule } from '../rule/rule.ts';
import { markOf } from './envelope.ts';
import type { ConvertOptions } from './options.ts';

const days = ['created', 'modified'] as const;

/** The days that a file of Elastic's must have, as far as the rule does not say them. Each is told of. */
export function missingDays(
  rule: Rule,
  { id }: Format,
  { today }: ConvertOptions,
  report: Report,
): Partial<Rule> {
  const day = id === 'elastic' ? (rule.created ?? rule.modified ?? today) : undefined;
  const missing = day === undefined ? [] : days.filter((key) => rule[key] === undefined);
  for (const key of missing) {
    const message = `The target wants a day the rule was ${key}, which it does not say; it is written as ${day}.`;
    report({ code: 'style/default', path: key, message });
  }
  return Object.fromEntries(missing.map((key) => [key, day]));
}

/** The rule with the days it must have; those that were made up are marked, so that they go again. */
export function withDays(rule: Rule, target: Format, options: ConvertOptions, report: Report): Rule {
  const added = missingDays(rule, target, options, report);
  const marks = Object.entries(added).map(([key, day]) => [key, markOf(day)] as const);
  if (marks.length === 0) return rule;
  if (options.carry === 'none') return { ...rule, ...added };
  return withInvented({ ...rule, ...added }, objectOf([...Object.entries(inventedIn(rule)), ...marks]));
}

/** The way back: without the days that were made up and that nobody has changed since. */
export function withoutDays(rule: Rule): Rule {
  const invented = inventedIn(rule);
  const gone = new Set<string>(
    days.filter((key) => invented[key] !== undefined && invented[key] === markOf(rule[key])),
  );
  if (gone.size === 0) return rule;
  const kept = Object.fromEntries(Object.entries(rule).filter(([key]) => !gone.has(key))) as unknown as Rule;
  return withInvented(kept, objectOf(Object.entries(invented).filter(([key]) => !gone.has(key))));
}

function inventedIn({ carry }: Rule): JsonObject {
  const invented = carry['was']?.['invented'];
  return isObject(invented) ? invented : {};
}

function withInvented(rule: Rule, invented: JsonObject): Rule {
  const { invented: _, ...others } = rule.carry['was'] ?? {};
  const was = Object.keys(invented).length > 0 ? { ...others, invented } : others;
  const { was: __, ...carry } = rule.carry;
  return { ...rule, carry: Object.keys(was).length > 0 ? { ...carry, was } : carry };
}
