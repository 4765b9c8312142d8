import { isObject, type Json, type JsonObject } from '../../rule/json.ts';
import { type Choice, chosen, type Schema } from '../../schema/build.ts';
import { type Violation, violations } from '../../schema/check.ts';
import { elasticRules, fileSchema } from './elastic.ts';
import { exceptionListSchema, exceptionSchema } from './exceptions.ts';
import type { RulesOf } from './fit.ts';
import { kibanaSchema, savedObject } from './kibana.ts';
import { correlationSchema, documentSchema, filterSchema, ruleSchema } from './sigma.ts';
import { newest, type Stack } from './stack.ts';

export type { Choice } from '../../schema/build.ts';
export type { Path, Violation } from '../../schema/check.ts';
export { elasticRules, idShape, isFileThreat } from './elastic.ts';
export { findingOf } from './finding.ts';
export { checkFit, hasField, mayBeEmpty, type RulesOf } from './fit.ts';
export { type Fitting, fitted } from './fitted.ts';
export type { Stack } from './stack.ts';
export { newest, reaches } from './stack.ts';

/** What is wrong with a rule file of elastic/detection-rules, for a stack that is to take the rule. */
export function elasticViolations(given: Json, stack: Stack = newest): readonly Violation[] {
  return [...violations(given, fileSchema), ...within(given, 'rule', elasticRules(stack))];
}

/** What is wrong with a Sigma document: a rule, a correlation or a filter. */
export function sigmaViolations(given: Json): readonly Violation[] {
  return violations(given, isObject(given) ? sigmaSchemaOf(given) : ruleSchema);
}

function sigmaSchemaOf(document: JsonObject): Schema {
  if (Object.hasOwn(document, 'detection')) return ruleSchema;
  if (Object.hasOwn(document, 'correlation')) return correlationSchema;
  if (Object.hasOwn(document, 'filter')) return filterSchema;
  return Object.hasOwn(document, 'logsource') ? ruleSchema : documentSchema;
}

/** What is wrong with an object of an export or a package, for a stack that is to take it. */
export function kibanaViolations(given: Json, stack: Stack): readonly Violation[] {
  const { rule, attributes } = kibanaSchema(stack);
  if (!isObject(given)) return violations(given, rule.undecided);
  const { type } = given;
  if (isCount(given)) return [];
  if (has(given, 'item_id', 'entries')) return violations(given, exceptionSchema);
  if (has(given, 'list_id')) return violations(given, exceptionListSchema);
  if (!has(given, 'attributes') && type !== 'action' && type !== 'security-rule')
    return violations(given, chosen(rule, type));
  const inside = type === 'security-rule' ? within(given, 'attributes', attributes) : [];
  return [...violations(given, chosen(savedObject, type)), ...inside];
}

/** The rules of lines, as a stack imports them, and those that packages hold. */
export const lineRules: RulesOf = (stack) => kibanaSchema(stack).rule;
export const packagedRules: RulesOf = (stack) => kibanaSchema(stack).attributes;

/** What is wrong with a rule that stands in a document. */
function within(document: Json, key: string, rules: Choice): readonly Violation[] {
  const rule = isObject(document) && Object.hasOwn(document, key) ? document[key] : undefined;
  return isObject(rule) ? violations(rule, chosen(rules, rule['type']), [key]) : [];
}

/** The last line of an export counts the others: it is made anew, and nobody reads it back. */
function isCount(object: JsonObject): boolean {
  return has(object, 'exported_count', 'exported_exception_list_count', 'exportedCount');
}

/** The same signs that Kibana's import goes by. */
function has(object: JsonObject, ...keys: readonly string[]): boolean {
  return keys.some((key) => Object.hasOwn(object, key));
}
