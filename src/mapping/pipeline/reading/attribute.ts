import type { RuleAttribute } from '../pipeline.ts';
import { type Given, hint, mistake, type Reader } from './given.ts';
import { oneOf, text, textOrNumber } from './values.ts';

/** Words that have an order, the least first. */
export const orders: ReadonlyMap<string, readonly string[]> = new Map([
  ['level', ['informational', 'low', 'medium', 'high', 'critical']],
  ['status', ['unsupported', 'deprecated', 'experimental', 'test', 'stable']],
]);

const operators = ['eq', 'ne', 'gte', 'gt', 'lte', 'lt', 'in', 'not_in'] as const;

/** What is asked of an attribute of the rule. Values that could never be compared are mistakes. */
export function readAttribute(given: Given): RuleAttribute {
  const attribute = given.need('attribute', text);
  const op = given.may('op', oneOf(operators)) ?? 'eq';
  const value = given.need('value', comparedWith(attribute));
  return { kind: 'rule_attribute', attribute, value, op };
}

function comparedWith(attribute: string): Reader<string | number> {
  return (node) => {
    const value = textOrNumber(node);
    const words = orders.get(attribute);
    if (words && !words.includes(String(value).toLowerCase()))
      throw mistake(`"${value}" is no ${attribute} of a rule${hint(String(value), words)}`, node.span);
    if (dates.includes(attribute) && !/^\d{4}-\d{2}-\d{2}$/.test(String(value)))
      throw mistake(`"${value}" is no date`, node.span);
    return value;
  };
}

export const dates: readonly string[] = ['date', 'modified'];

/** `attack.t1059`: a namespace, a dot and a name. */
export const readTag: Reader<string> = (node) => {
  const tag = text(node);
  if (/^[^.]+\../.test(tag)) return tag;
  throw mistake(`"${tag}" is no tag: a tag has a namespace, a dot and a name`, node.span);
};
