import { type JsonObject, objectOf } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';

/**
 * Packages say of a rule that it was given up, and perhaps why; some hold no more of it than that and its name.
 * They have no words for any other status.
 */
export function takeStatus(fields: JsonObject): {
  readonly status: Pick<Rule, 'status' | 'deprecation'>;
  readonly rest: JsonObject;
} {
  const { deprecated, deprecated_reason: reason } = fields;
  if (deprecated !== true) return { status: {}, rest: fields };
  const hasReason = typeof reason === 'string';
  const taken = new Set(['deprecated', ...(hasReason ? ['deprecated_reason'] : [])]);
  return {
    status: { status: 'deprecated', ...(hasReason && { deprecation: { reason } }) },
    rest: objectOf(Object.entries(fields).filter(([key]) => !taken.has(key))),
  };
}

/** The way back: what is said of it, and the rule that is left to be said. A date has no place here. */
export function sayStatus(rule: Rule): { readonly said: JsonObject; readonly rest: Rule } {
  const { status, deprecation, ...others } = rule;
  if (status !== 'deprecated') return { said: {}, rest: rule };
  const { reason, ...left } = deprecation ?? {};
  return {
    said: { deprecated: true, ...(reason !== undefined && { deprecated_reason: reason }) },
    rest: { ...others, ...(Object.keys(left).length > 0 && { deprecation: left }) },
  };
}
