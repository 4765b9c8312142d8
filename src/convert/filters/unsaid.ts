import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { staysBehind } from '../../rule/carry.ts';
import { isList, isObject, type JsonObject } from '../../rule/json.ts';
import type { Rule, RuleFilter } from '../../rule/rule.ts';
import { eachOnce } from './lists.ts';

/**
 * Exclusions that have no words where a rule stands travel with it, in `carry.was`, to be said again where
 * they can be.
 */

/** More than this do not travel with one rule: it could not be found among them any more. */
export const most = 100;

/**
 * Those that a rule brought go on, unless they are at home in what is written: `home` is the format whose
 * exclusions have a place there. Those left out of it now join them.
 */
export function travellingWith(
  rule: Rule,
  unsaid: readonly RuleFilter[],
  home: string | undefined,
  found: Diagnostic[],
): readonly RuleFilter[] {
  const brought = bringsUnsaid(rule) ? unsaidIn(rule).filter(({ format }) => format !== home) : [];
  const all = eachOnce([...brought, ...unsaid]);
  if (all.length <= most) return all;
  const message = `More than ${most} filters and exceptions of the rule can not be said, and so many do not travel with it; they stay behind.`;
  found.push({ code: 'loss/carry', effect: 'dropped', message });
  return [];
}

/** Where they have no place to travel in, those that a rule brought stay behind. */
export function leavingBehind(rule: Rule, home: string | undefined): readonly Diagnostic[] {
  const brought = bringsUnsaid(rule) ? unsaidIn(rule).filter(({ format }) => format !== home) : [];
  if (brought.length === 0) return [];
  return staysBehind('What the rule brought has no place to travel in', {
    was: { exclusions: brought.map(asJson) },
  });
}

function asJson({ format, body }: RuleFilter): JsonObject {
  return { format, body };
}

export function withTravelling(rule: Rule, exclusions: readonly RuleFilter[]): Rule {
  const { was = {}, ...others } = rule.carry;
  const { exclusions: _, ...kept } = was;
  const bodies = exclusions.map(asJson);
  const travels = { ...kept, ...(bodies.length > 0 && { exclusions: bodies }) };
  return { ...rule, carry: { ...others, ...(Object.keys(travels).length > 0 && { was: travels }) } };
}

export function bringsUnsaid({ carry }: Rule): boolean {
  return carry['was'] !== undefined && Object.hasOwn(carry['was'], 'exclusions');
}

/** Those that come home with rules to this format. */
export function broughtHome(rules: readonly Rule[], format: string): readonly RuleFilter[] {
  return rules
    .filter(bringsUnsaid)
    .flatMap(unsaidIn)
    .filter((one) => one.format === format);
}

function unsaidIn({ carry }: Rule): readonly RuleFilter[] {
  const exclusions = carry['was']?.['exclusions'];
  return (isList(exclusions) ? exclusions : []).flatMap((one) => {
    const { format, body } = isObject(one) ? one : {};
    return typeof format === 'string' && isObject(body) ? [{ format, body }] : [];
  });
}
