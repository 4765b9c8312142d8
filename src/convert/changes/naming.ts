import { shortened } from '../../diagnostic/shortened.ts';
import { isObject, type Json } from '../../rule/json.ts';

/** What people call the properties of a rule; what is not here is called by its key. */
const known: ReadonlyMap<string, string> = new Map([
  ['title', 'name'],
  ['name', 'short name'],
  ['riskScore', 'risk score'],
  ['falsePositives', 'false positives'],
  ['logSource', 'log source'],
  ['indices', 'index patterns'],
  ['authors', 'authors'],
  ['created', 'date of creation'],
  ['modified', 'date of the last change'],
  ['fields', 'fields of interest'],
  ['engine.note', 'investigation guide'],
  ['engine.setup', 'setup guide'],
  ['engine.max_signals', 'maximum of alerts'],
  ['engine.from', 'look-back time'],
  ['engine.exceptions_list', 'exception lists'],
  ['detection.value', 'threshold'],
  ['detection.fields', 'fields that are grouped by'],
  ['detection.since', 'time over which values are new'],
  ['detection.timespan', 'timespan'],
  ['detection.rules', 'rules that are correlated'],
  ['detection.groupBy', 'fields that are grouped by'],
  ['detection.mapping', 'mapping of indicators'],
  ['detection.indicatorIndices', 'indices of indicators'],
  ['detection.anomalyThreshold', 'anomaly threshold'],
  ['detection.filters', 'filters'],
]);

const prefixes = /^(?:engine|detection|carry\.[^.]+)\./;

/** `severity`, `risk score`, `max_signals`. */
export function nameOf(where: string): string {
  const name = known.get(where);
  if (name !== undefined) return name;
  const [first = '', ...more] = where.replace(prefixes, '').split('.');
  return [known.get(first) ?? first, ...more].join(' ');
}

const severities = ['informational', 'low', 'medium', 'high', 'critical'];

/** Of what has an order, whether it went up or down. */
export function verbOf(where: string, before: Json, after: Json): 'raised' | 'lowered' | 'changed' {
  const [a, b] = [before, after].map((value) => {
    if (typeof value === 'number') return value;
    return where === 'severity' ? severities.indexOf(String(value)) : undefined;
  });
  if (a === undefined || b === undefined || a < 0 || b < 0 || a === b) return 'changed';
  return b > a ? 'raised' : 'lowered';
}

export function valueText(value: Json): string {
  return shortened(typeof value === 'string' ? value : JSON.stringify(value), 60);
}

/** Whether people read it whole. */
export function isShort(value: Json): boolean {
  if (isObject(value)) return false;
  return typeof value === 'string'
    ? value.length <= 60 && !value.includes('\n')
    : JSON.stringify(value).length <= 60;
}

/** Beyond so many, the others are counted. */
const most = 5;

export function listed(values: readonly Json[]): string {
  const texts = values.slice(0, most).map(valueText);
  if (values.length > most) texts.push(`${values.length - most} others`);
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}
