import { actions, responseActions } from './actions.ts';
import {
  anyText,
  choice,
  closed,
  type Fields,
  free,
  listOf,
  open,
  type Schema,
  some,
  text,
  texts,
  truth,
  whole,
  word,
} from './build.ts';
import { riskScore, severity, whatEveryRuleMaySay } from './engine.ts';
import { ruleTypes } from './kibana-types.ts';
import { type Since, type Stack, sinceOf } from './stack.ts';

const named = { id: text, name: text, reference: anyText };
const technique = closed(named, { subtechnique: listOf(closed(named)) });
const threat = listOf(closed({ framework: text, tactic: closed(named) }, { technique: listOf(technique) }));

const mapped = { field: text, operator: word('equals'), value: anyText };

const required = { name: text, description: text, risk_score: riskScore, severity };

/** What a rule of any type may say of itself, wherever it is kept. */
function everywhere(since: Since): Fields {
  const { throttle, meta, ...settings } = whatEveryRuleMaySay;
  return {
    ...settings,
    author: texts,
    threat,
    risk_score_mapping: listOf(closed(mapped, { risk_score: riskScore })),
    severity_mapping: listOf(closed({ ...mapped, severity })),
    ...since(8, 2, { timestamp_override_fallback_disabled: truth }),
    ...since(8, 3, {
      setup: anyText,
      related_integrations: listOf(closed({ package: text, version: text }, { integration: text })),
      required_fields: listOf(closed({ name: text, type: text }, { ecs: truth })),
    }),
    ...since(8, 10, { investigation_fields: texts }),
    ...since(8, 11, { investigation_fields: fieldsToInvestigate }),
  };
}

/** Written as a map since 8.11; the list of 8.10 is still read. */
const fieldsToInvestigate = {
  type: ['array', 'object'],
  items: text,
  properties: { field_names: listOf(text, some) },
  required: ['field_names'],
  additionalProperties: false,
  description: 'a map with a list of field_names',
};

/** What a rule in use says besides; its package would not. */
function inUse(since: Since): Fields {
  const { throttle, meta } = whatEveryRuleMaySay;
  return {
    throttle,
    meta,
    actions,
    version: whole(1),
    output_index: anyText,
    namespace: anyText,
    outcome: word('exactMatch', 'aliasMatch', 'conflict'),
    alias_target_id: text,
    alias_purpose: word('savedObjectConversion', 'savedObjectImport'),
    ...since(8, 4, { response_actions: responseActions }),
    ...noted(since),
  };
}

/** What Kibana notes on a rule: an import takes it and does not look at it. */
function noted(since: Since): Fields {
  return {
    id: text,
    immutable: truth,
    created_at: text,
    created_by: anyText,
    updated_at: text,
    updated_by: anyText,
    ...since(8, 8, { revision: whole(0) }),
    ...since(8, 16, { rule_source: ruleSource }),
  };
}

const ruleSource = choice('type', [
  closed({ type: { const: 'internal' } }),
  closed(
    { type: { const: 'external' }, is_customized: truth },
    { has_base_version: truth, customized_fields: listOf(closed({ field_name: text })) },
  ),
]);

/** Both or neither. */
const timeline = { dependencies: { timeline_id: ['timeline_title'], timeline_title: ['timeline_id'] } };

function rules(stack: Stack, must: Fields, may: Fields): Schema {
  const said = everywhere(sinceOf(stack));
  const all = ruleTypes(stack).map((own) => ({
    ...closed(
      { type: { const: own.type }, ...required, ...must, ...own.must },
      { ...said, ...may, ...own.may },
      `a rule of type ${own.type} in Kibana ${stack.major}.${stack.minor}`,
    ),
    ...timeline,
  }));
  return choice('type', all);
}

export interface KibanaSchemas {
  /** A line that `_import` takes as a rule. */
  readonly rule: Schema;
  /** A saved object: a connector, or a rule as a package ships it. */
  readonly savedObject: Schema;
}

const made = new Map<string, KibanaSchemas>();

/** What a stack takes. What came later has no place in it, although an import may pass over it. */
export function kibanaSchema(stack: Stack): KibanaSchemas {
  const name = `${stack.major}.${stack.minor}`;
  const known = made.get(name);
  if (known !== undefined) return known;
  const attributes = rules(stack, { rule_id: text, version: whole(1) }, {});
  const schemas = {
    rule: rules(stack, { rule_id: text }, inUse(sinceOf(stack))),
    savedObject: choice('type', [connector, savedAs('security-rule', attributes)]),
  };
  made.set(name, schemas);
  return schemas;
}

const connector = savedAs(
  'action',
  open({ actionTypeId: text, name: text }, { config: free, secrets: free }),
);

function savedAs(type: string, attributes: Schema): Schema {
  return open({ type: { const: type }, id: text, attributes });
}
