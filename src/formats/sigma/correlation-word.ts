import { Failure } from '../../diagnostic/attempt.ts';
import type { Report } from '../../diagnostic/diagnostic.ts';
import { isObject, type Json, type JsonObject } from '../../rule/json.ts';
import type { CorrelationDetection } from '../../rule/rule.ts';
import { missing, wrong } from './missing.ts';
import { number, text, textOrTexts, type Word } from './word.ts';

/** Seconds to days in the specification; weeks, months and years in its tools. */
export const timespan: Word<string> = {
  wanted: 'a number with a unit of time (s, m, h, d, w, M or y)',
  read: (value) => (typeof value === 'string' && /^[0-9]+[smhdwMy]$/.test(value) ? value : undefined),
  write: (value) => value,
};

type Aliases = NonNullable<CorrelationDetection['aliases']>;

export const aliases: Word<Aliases> = {
  wanted: 'a map that gives each alias the field it stands for in each rule',
  read: (value) => (isAliases(value) ? value : undefined),
  write: (value) => value,
};

/** `{ gte: 10, field: User }`, two comparisons for a range; in the extended form `a and not b`. */
export const condition: Word<JsonObject | string> = {
  wanted: 'a map of comparisons with numbers, or a text with names of rules',
  read: (value) =>
    isComparison(value) || (typeof value === 'string' && /\S/.test(value)) ? value : undefined,
  write: (value) => value,
};

const comparisons: readonly string[] = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'];
const beside: Readonly<Record<string, Word<unknown>>> = { field: textOrTexts, percentile: number };

function isComparison(value: Json): value is JsonObject {
  if (!isObject(value) || !Object.keys(value).some((key) => comparisons.includes(key))) return false;
  return Object.entries(value).every(([key, part]) => {
    const word = comparisons.includes(key) ? number : Object.hasOwn(beside, key) ? beside[key] : undefined;
    return word?.read(part) !== undefined;
  });
}

function isAliases(value: Json): value is Aliases {
  const isFields = (fields: Json) =>
    isObject(fields) && Object.values(fields).every((field) => text.read(field) !== undefined);
  return isObject(value) && Object.values(value).every(isFields);
}

type Demand = 'nothing' | 'condition' | 'field';

/** What the condition of each type must say. */
const demands: Readonly<Record<string, Demand>> = {
  event_count: 'condition',
  value_count: 'field',
  value_sum: 'field',
  value_avg: 'field',
  value_percentile: 'field',
  value_median: 'field',
  temporal: 'nothing',
  temporal_ordered: 'nothing',
};

export function checkCondition({ type, rules, condition }: CorrelationDetection, report: Report): void {
  const demand = Object.hasOwn(demands, type) ? demands[type] : undefined;
  if (demand === undefined) {
    const known = Object.keys(demands).join(', ');
    const message = `correlation.type is none of ${known}; the correlation is carried as it is.`;
    report({ code: 'schema/unknown-rule-type', path: 'correlation.type', message });
  } else if (demand !== 'nothing' && condition === undefined) {
    throw missing('correlation.condition');
  } else if (demand === 'field' && !(isObject(condition) && Object.hasOwn(condition, 'field'))) {
    throw missing('correlation.condition.field');
  }
  if (typeof condition === 'string' && rules.length > 0) checkNames(condition, rules);
}

/** `(a or b) and not c` names all rules that are listed, and no others. */
function checkNames(condition: string, rules: readonly string[]): void {
  const words = condition.split(/[\s()]+/).filter((word) => word !== '' && !/^(?:and|or|not)$/.test(word));
  const unknown = words.find((word) => !rules.includes(word));
  if (unknown !== undefined) {
    const message = `The condition names "${unknown}", which is none of the rules; the document was not read.`;
    throw new Failure({ code: 'parse/unknown-identifier', path: 'correlation.condition', message });
  }
  const unused = rules.find((rule) => !words.includes(rule));
  if (unused !== undefined) throw wrong('correlation.condition', `one that names "${unused}" as well`);
}
