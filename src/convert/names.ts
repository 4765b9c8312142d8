import type { Report } from '../diagnostic/diagnostic.ts';
import { sigma } from '../languages/sigma/index.ts';
import { renameField, renameFields } from '../mapping/fields.ts';
import type { Renaming } from '../mapping/telling.ts';
import { mapPredicates } from '../query/walk.ts';
import { isObject, objectOf } from '../rule/json.ts';
import type { CorrelationDetection, Rule } from '../rule/rule.ts';
import type { Casting } from './cast.ts';
import type { Family } from './family.ts';
import { parseText } from './parse-text.ts';
import { printQuery } from './print.ts';
import type { Against } from './prove/asked.ts';
import { tracing } from './prove/trace.ts';
import { isSigma } from './taxonomies.ts';
import { watchingPart } from './taxonomy.ts';

/** Whether a rule of Sigma that stays one is to have other names. */
export function changesNames(rule: Rule, { target, options }: Casting): boolean {
  if (target.id !== 'sigma' || options.taxonomy === undefined || !isSigma(rule)) return false;
  return options.taxonomy !== (rule.taxonomy ?? 'sigma');
}

interface Renamed {
  readonly rule: Rule;
  readonly against: Against;
}

/** A rule of Sigma with its fields called by the names of the other taxonomy. Its log source says what they are called. */
export function withOtherNames(
  { rule, parts }: Family,
  { mapping, options }: Casting,
  report: Report,
): Renamed {
  const { taxonomy: _, ...words } = rule;
  const { detection } = rule;
  const isEcs = options.taxonomy === 'ecs';
  const way = isEcs ? 'toEcs' : 'toSigma';
  const logSource = rule.logSource ?? parts[0]?.logSource ?? {};
  const { watch, traced } = tracing(way, options);
  const renaming: Renaming = { mapping, logSource, way, report, ...watchingPart(0, watch) };
  const named = { ...words, ...(isEcs && { taxonomy: 'ecs' }) };
  if (detection.kind === 'correlation') {
    return { rule: { ...named, detection: renamedCorrelation(detection, renaming) }, against: ofItsRules };
  }
  if (!('query' in detection) || !detection.query) return { rule: named, against: { kind: 'same' } };
  watch?.source(0, { source: logSource });
  const query = parseText(detection.query, report);
  const renamed = mapPredicates(query, (where) => renameFields(where, renaming));
  const { text } = printQuery(renamed, sigma, options, report);
  const question = { query, sources: [logSource], indices: [] };
  return {
    rule: { ...named, detection: { kind: 'query', query: { language: 'sigma', text } } },
    against: { kind: 'asked', question, pieces: [{ question, trace: traced() }] },
  };
}

const ofItsRules: Against = {
  kind: 'nothing',
  because: 'the rules that a correlation names are held against what they were by themselves',
};

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
