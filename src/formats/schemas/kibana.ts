import {
  anyText,
  type Choice,
  choice,
  choiceOf,
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
} from '../../schema/build.ts';
import { actionsOf, responseActions } from './actions.ts';
import { riskScore, severity, whatEveryRuleMaySay } from './engine.ts';
import { type RuleType, ruleTypes } from './kibana-types.ts';
import { nameOf, oncePerStack, type Since, type Stack, sinceOf } from './stack.ts';

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
    actions: actionsOf(since),
    version: whole(1),
    output_index: anyText,
    ...since(8, 0, {
      namespace: anyText,
      outcome: word('exactMatch', 'aliasMatch', 'conflict'),
      alias_target_id: text,
      alias_purpose: word('savedObjectConversion', 'savedObjectImport'),
    }),
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
    ...since(8, 16, { rule_source: ruleSource(since) }),
  };
}

function ruleSource(since: Since): Schema {
  const more = { has_base_version: truth, customized_fields: listOf(closed({ field_name: text })) };
  return choice('type', [
    closed({ type: { const: 'internal' } }),
    closed({ type: { const: 'external' }, is_customized: truth }, since(9, 1, more)),
  ]);
}

/** Both or neither. */
const timeline = { dependencies: { timeline_id: ['timeline_title'], timeline_title: ['timeline_id'] } };

function rules(stack: Stack, must: Fields, may: Fields): ReadonlyMap<string, Schema> {
  const said = everywhere(sinceOf(stack));
  const schemaOf = (own: RuleType) => ({
    ...closed(
      { type: { const: own.type }, ...required, ...must, ...own.must },
      { ...said, ...may, ...own.may },
      `a rule of type ${own.type} in Kibana ${nameOf(stack)}`,
    ),
    ...timeline,
  });
  return new Map(ruleTypes(stack).map((own) => [own.type, schemaOf(own)]));
}

export interface KibanaSchemas {
  /** A line that `_import` takes as a rule, by the type of rule. */
  readonly rule: Choice;
  /** The attributes of a rule as a package ships it, by the type of rule. */
  readonly attributes: Choice;
}

/** What a stack takes. What came later has no place in it, although an import may pass over it. */
export const kibanaSchema: (stack: Stack) => KibanaSchemas = oncePerStack((stack) => ({
  rule: choiceOf('type', rules(stack, { rule_id: text }, inUse(sinceOf(stack)))),
  attributes: choiceOf('type', rules(stack, { rule_id: text, version: whole(1) }, {})),
}));

const connector = open({ actionTypeId: text, name: text }, { config: free, secrets: free });

/** A saved object by its own type. What stands in the attributes of a rule is looked at apart. */
export const savedObject: Choice = choiceOf(
  'type',
  new Map([
    ['action', savedAs('action', connector)],
    ['security-rule', savedAs('security-rule', free)],
  ]),
);

function savedAs(type: string, attributes: Schema): Schema {
  return open({ type: { const: type }, id: text, attributes });
}
