import type { Report } from '../../diagnostic/diagnostic.ts';
import type { Telling } from '../../rule/carry.ts';
import { isObject, type Json } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';
import type { Claim } from '../claim.ts';
import { present } from '../present.ts';
import { severities, takeSeverity, takeThreat } from './approximate.ts';
import { detectionFields, readDetection } from './detection.ts';
import { readSettings, settingFields } from './settings.ts';
import { readThreat } from './threat.ts';

/** What the object says, as the detection engine's API words it. What it leaves is for its format. */
export function readEngineRule(from: Claim, report: Report): Omit<Rule, 'carry'> {
  return present({
    id: from.text('rule_id'),
    title: from.text('name'),
    description: from.text('description'),
    severity: from.word('severity', severities),
    riskScore: from.number('risk_score'),
    authors: from.texts('author'),
    license: from.text('license'),
    references: from.texts('references'),
    falsePositives: from.texts('false_positives'),
    tags: from.texts('tags'),
    threat: from.take('threat', readThreat, 'a list of tactics and techniques'),
    indices: from.texts('index'),
    fields: from.take('investigation_fields', readFields, 'a map with a list of field_names'),
    detection: readDetection(from, report),
    engine: readSettings(from),
  });
}

/**
 * The way back, in this order. What the API has no words for is not taken: `name`, `status`, `created`,
 * `modified`, `related`, `logSource`, `taxonomy`. Fails on a detection that no type of rule can hold.
 */
export function engineFields(tell: Telling, report: Report): Map<string, Json> {
  const fields: [string, Json | undefined][] = [
    ['rule_id', tell.take('id')],
    ['name', tell.take('title')],
    ['description', tell.take('description')],
    ['severity', takeSeverity(tell, report)],
    ['risk_score', tell.take('riskScore')],
    ['author', tell.take('authors')],
    ['license', tell.take('license')],
    ['references', tell.take('references')],
    ['false_positives', tell.take('falsePositives')],
    ['tags', tell.take('tags')],
    ['threat', takeThreat(tell, report)],
    ['index', tell.take('indices')],
    ['investigation_fields', writeFields(tell.take('fields'))],
    ...detectionFields(tell.take('detection')),
  ];
  const said = new Map(fields.filter((field): field is [string, Json] => field[1] !== undefined));
  for (const [key, value] of settingFields(tell.take('engine'))) {
    if (!said.has(key)) said.set(key, value);
  }
  return said;
}

function readFields(value: Json): readonly string[] | undefined {
  if (!isObject(value) || Object.keys(value).length !== 1) return undefined;
  const names = value['field_names'];
  return Array.isArray(names) && names.every((name) => typeof name === 'string') ? names : undefined;
}

function writeFields(fields: readonly string[] | undefined): Json | undefined {
  return fields && { field_names: fields };
}
