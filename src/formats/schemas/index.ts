import { isObject, type Json, type JsonObject } from '../../rule/json.ts';
import type { Schema } from './build.ts';
import { type Violation, violations } from './check.ts';
import { elasticSchema } from './elastic.ts';
import { exceptionListSchema, exceptionSchema } from './exceptions.ts';
import { kibanaSchema } from './kibana.ts';
import { correlationSchema, documentSchema, filterSchema, ruleSchema } from './sigma.ts';
import type { Stack } from './stack.ts';

export type { Path, Violation } from './check.ts';
export { idShape } from './elastic.ts';
export { findingOf } from './finding.ts';
export type { Stack } from './stack.ts';

/** What is wrong with a rule file of elastic/detection-rules. */
export function elasticViolations(given: Json): readonly Violation[] {
  return violations(given, elasticSchema);
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
  if (!isObject(given)) return violations(given, kibanaSchema(stack).rule);
  return isCount(given) ? [] : violations(given, kibanaSchemaOf(given, stack));
}

/** The last line of an export counts the others: it is made anew, and nobody reads it back. */
function isCount(object: JsonObject): boolean {
  return ['exported_count', 'exported_exception_list_count', 'exportedCount'].some((key) =>
    Object.hasOwn(object, key),
  );
}

/** The same signs that Kibana's import goes by. */
function kibanaSchemaOf(object: JsonObject, stack: Stack): Schema {
  const has = (key: string) => Object.hasOwn(object, key);
  if (has('item_id') || has('entries')) return exceptionSchema;
  if (has('list_id')) return exceptionListSchema;
  const isSaved = has('attributes') || object['type'] === 'action' || object['type'] === 'security-rule';
  return isSaved ? kibanaSchema(stack).savedObject : kibanaSchema(stack).rule;
}
