import type { Report } from '../../diagnostic/diagnostic.ts';
import { staysBehind } from '../../rule/carry.ts';
import { type JsonObject, objectOf } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';
import type { WriteOptions } from '../format.ts';
import { writeLine } from './line.ts';

/** What an answer of the API says of a rule, and no request does. */
export const answers: ReadonlySet<string> = new Set([
  'id',
  'immutable',
  'rule_source',
  'revision',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'outcome',
  'alias_target_id',
  'alias_purpose',
  'execution_summary',
]);

/** The body of a request to the create API. */
export function writeRequest(rule: Rule, how: WriteOptions, report: Report): JsonObject {
  const fields = writeLine(rule, how, report);
  const left = Object.keys(fields).filter((key) => answers.has(key));
  if (left.length === 0) return fields;
  staysBehind('Kibana itself says this of a rule that it creates', {}, left).forEach(report);
  return objectOf(Object.entries(fields).filter(([key]) => !answers.has(key)));
}

export function isRequest(object: JsonObject): boolean {
  return !Object.keys(object).some((key) => answers.has(key));
}
