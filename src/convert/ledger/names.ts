import type { FormatId } from '../../formats/format.ts';
import { carryKey } from '../../rule/carry.ts';
import type { Json } from '../../rule/json.ts';
import type { Rule } from '../../rule/rule.ts';

/** What has a line of its own; of a rule that was given up, when and why. */
export type Property = Exclude<keyof Rule, 'detection' | 'carry' | 'origin' | 'engine'> | 'deprecationReason';

/** What a property is called in the keys of Sigma, of a detection engine, or in Elastic's metadata. */
type Words = Partial<Record<'sigma' | 'engine' | 'metadata', string>>;

/** What the properties of a rule are called where each family of formats keeps them. */
const words = {
  id: { sigma: 'id', engine: 'rule_id' },
  name: { sigma: 'name' },
  title: { sigma: 'title', engine: 'name' },
  description: { sigma: 'description', engine: 'description' },
  severity: { sigma: 'level', engine: 'severity' },
  riskScore: { engine: 'risk_score' },
  status: { sigma: 'status', metadata: 'maturity' },
  deprecation: { metadata: 'deprecation_date' },
  deprecationReason: { metadata: 'deprecated_reason' },
  authors: { sigma: 'author', engine: 'author' },
  license: { sigma: 'license', engine: 'license' },
  created: { sigma: 'date', metadata: 'creation_date' },
  modified: { sigma: 'modified', metadata: 'updated_date' },
  references: { sigma: 'references', engine: 'references' },
  falsePositives: { sigma: 'falsepositives', engine: 'false_positives' },
  tags: { sigma: 'tags', engine: 'tags' },
  threat: { sigma: 'tags', engine: 'threat' },
  related: { sigma: 'related' },
  fields: { sigma: 'fields', engine: 'investigation_fields' },
  logSource: { sigma: 'logsource' },
  taxonomy: { sigma: 'taxonomy' },
  indices: { engine: 'index' },
} as const satisfies Record<Property, Words>;

export const properties = Object.keys(words) as readonly Property[];

export function saidBy(rule: Rule, property: Property): Json | undefined {
  if (property === 'deprecation') return rule.deprecation?.date;
  if (property === 'deprecationReason') return rule.deprecation?.reason;
  return rule[property] as unknown as Json | undefined;
}

/** The key of a file that says a property; undefined where the format has no word for it. */
export function keyIn(format: FormatId, property: Property): string | undefined {
  const { sigma, engine, metadata }: Words = words[property];
  switch (format) {
    case 'sigma':
      return sigma;
    case 'elastic':
      return engine === undefined ? metadata && `metadata.${metadata}` : `rule.${engine}`;
    case 'kibana':
      return engine;
    case 'native':
      return property;
    default:
      return format satisfies never;
  }
}

/** The same for a setting of the detection engine, whose keys are its own. */
export function settingIn(format: FormatId, key: string): string | undefined {
  if (format === 'sigma') return undefined;
  return format === 'elastic' ? `rule.${key}` : format === 'kibana' ? key : `engine.${key}`;
}

/** Where something stands that travels in a file of another format. */
export function travelling(format: FormatId, key: string): string {
  const path = `${carryKey}.${key}`;
  return format === 'elastic' ? `metadata.extended.${path}` : format === 'kibana' ? `meta.${path}` : path;
}
