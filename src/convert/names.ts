import type { Report } from '../diagnostic/diagnostic.ts';
import { sigma } from '../languages/sigma/index.ts';
import { renameField, renameFields } from '../mapping/fields.ts';
import type { Renaming } from '../mapping/telling.ts';
import { mapPredicates } from '../query/walk.ts';
import { isObject, objectOf } from '../rule/json.ts';
import type { CorrelationDetection, Rule } from '../rule/rule.ts';
import type { Casting } from './cast.ts';
import type { Family } from './family.ts';
import type { ConvertOptions } from './options.ts';
import { parseText } from './parse-text.ts';
import { printQuery } from './print.ts';
import { isSigma } from './taxonomies.ts';

/** Whether a rule of Sigma that stays one is to have other names. */
export function changesNames(rule: Rule, { target, options }: Casting): boolean {
  if (target.id !== 'sigma' || options.taxonomy === undefined || !isSigma(rule)) return false;
  return options.taxonomy !== (rule.taxonomy ?? 'sigma');
}

/** A rule of Sigma with its fields called by the names of the other taxonomy. Its log source says what they are called. */
export function withOtherNames({ rule, parts }: Family, { mapping, options }: Casting, report: Report): Rule {
  const { taxonomy: _, ...words } = rule;
  const { detection } = rule;
  const isEcs = options.taxonomy === 'ecs';
  const logSource = rule.logSource ?? parts[0]?.logSource ?? {};
  const renaming: Renaming = { mapping, logSource, way: isEcs ? 'toEcs' : 'toSigma', report };
  const renamed =
    detection.kind === 'correlation'
      ? renamedCorrelation(detection, renaming)
      : renamedDetection(rule, renaming, options, report);
  return { ...words, ...(isEcs && { taxonomy: 'ecs' }), detection: renamed };
}

function renamedDetection(
  { detection }: Rule,
  renaming: Renaming,
  options: ConvertOptions,
  report: Report,
): Rule['detection'] {
  if (!('query' in detection) || !detection.query) return detection;
  const query = mapPredicates(parseText(detection.query, report), (where) => renameFields(where, renaming));
  const { text } = printQuery(query, sigma, options, report);
  return { kind: 'query', query: { language: 'sigma', text } };
}

function renamedCorrelation(detection: CorrelationDetection, renaming: Renaming): CorrelationDetection {
  const { groupBy, aliases, condition } = detection;
  const isAlias = (name: string) => aliases !== undefined && Object.hasOwn(aliases, name);
  const called = (name: string) => (isAlias(name) ? name : renameField(name, renaming));
  const fieldsOf = (fields: Readonly<Record<string, string>>) =>
    objectOf(Object.entries(fields).map(([rule, field]) => [rule, called(field)]));
  const field = isObject(condition) ? condition['field'] : undefined;
  return {
    ...detection,
    ...(groupBy && { groupBy: groupBy.map(called) }),
    ...(aliases && {
      aliases: objectOf(
        Object.entries(aliases).map(([name, fields]) => [name, fieldsOf(fields)]),
      ) as typeof aliases,
    }),
    ...(typeof field === 'string' &&
      isObject(condition) && { condition: { ...condition, field: called(field) } }),
  };
}
