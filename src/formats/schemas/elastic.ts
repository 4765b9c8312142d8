import { isList, isObject, type Json, type JsonObject } from '../../rule/json.ts';
import {
  anyText,
  type Choice,
  choiceOf,
  closed,
  type Fields,
  free,
  listOf,
  type Schema,
  some,
  spelled,
  text,
  textOrTexts,
  texts,
  truth,
  whole,
  word,
} from '../../schema/build.ts';
import { fileTypes } from './elastic-types.ts';
import { maps, riskScore, severity, whatEveryRuleMaySay } from './engine.ts';
import type { RuleType } from './kibana-types.ts';
import { oncePerStack, type Since, type Stack, sinceOf } from './stack.ts';

const day = spelled('^\\d{4}/\\d{2}/\\d{2}$', 'a day such as 2024/01/31');

const metadata = closed(
  { creation_date: day, updated_date: day },
  {
    maturity: word('development', 'experimental', 'beta', 'production', 'deprecated'),
    integration: textOrTexts,
    min_stack_version: spelled('^\\d+\\.\\d+(?:\\.\\d+)?$', 'a version such as 8.3.0'),
    min_stack_comments: anyText,
    deprecation_date: day,
    deprecated_reason: anyText,
    bypass_bbr_timing: truth,
    promotion: truth,
    query_schema_validation: truth,
    os_type_list: listOf(word('windows', 'linux', 'macos')),
    related_endpoint_rules: texts,
    comments: anyText,
    extended: free,
  },
  'the metadata of a rule',
);

const address = (form: string) => `^https://(?:attack\\.mitre\\.org/${form}/?|atlas\\.mitre\\.org/.+)$`;
const forms = {
  tactic: address('tactics/TA\\d+'),
  technique: address('techniques/T\\d+'),
  subtechnique: address('techniques/T\\d+/\\d+'),
};

const named = (form: string, example: string) => ({
  id: text,
  name: text,
  reference: spelled(form, `an address such as https://attack.mitre.org/${example}/`),
});

const frameworks = ['MITRE ATT&CK', 'MITRE ATLAS'];
const subtechnique = closed(named(forms.subtechnique, 'techniques/T1059/001'));
const technique = closed(named(forms.technique, 'techniques/T1059'), {
  subtechnique: listOf(subtechnique),
});
const threat = listOf(
  closed(
    {
      framework: word(...frameworks),
      tactic: closed(named(forms.tactic, 'tactics/TA0002')),
    },
    { technique: listOf(technique) },
  ),
);

/** Whether an entry of Kibana's threat table, which may be of any framework, may stand in a file. */
export function isFileThreat(entry: Json): boolean {
  if (!isObject(entry) || !frameworks.includes(String(entry['framework']))) return false;
  const techniques = partsOf(entry['technique']);
  const below = techniques.flatMap((technique) => partsOf(technique['subtechnique']));
  return (
    partsOf([entry['tactic'] ?? null]).every(isTactic) &&
    techniques.every(isTechnique) &&
    below.every(isSubtechnique)
  );
}

function partsOf(list: Json | undefined): readonly JsonObject[] {
  return isList(list) ? list.filter(isObject) : [];
}

const isTactic = is(forms.tactic);
const isTechnique = is(forms.technique);
const isSubtechnique = is(forms.subtechnique);

function is(form: string) {
  const pattern = new RegExp(form);
  return ({ reference }: JsonObject): boolean => typeof reference === 'string' && pattern.test(reference);
}

const mapped = { operator: word('equals'), value: anyText };

/** A UUID. Two ids in use have a digit too many, and the format lets them be. */
export const idShape = '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12,13}$';

const required = {
  author: texts,
  description: text,
  name: text,
  risk_score: riskScore,
  rule_id: spelled(idShape, 'a UUID in small letters'),
  severity,
};

/** What a rule of any type may say, in the order of the versions that brought it. */
function optional(since: Since): Fields {
  return {
    ...whatEveryRuleMaySay,
    building_block_type: word('default'),
    threat,
    risk_score_mapping: listOf(closed({ field: text }, mapped)),
    severity_mapping: listOf(closed({ field: text }, { ...mapped, severity })),
    filters: maps,
    actions: maps,
    threat_mappings: listOf(closed({ framework: text, version: text, threat })),
    version: whole(1),
    ...since(8, 3, {
      setup: anyText,
      related_integrations: listOf(closed({ package: text, version: text }, { integration: text })),
      required_fields: listOf(closed({ name: text, type: text, ecs: truth })),
    }),
    ...since(8, 4, { response_actions: maps }),
    ...since(8, 8, { revision: whole(0) }),
    ...since(8, 11, { investigation_fields: closed({ field_names: listOf(text, some) }) }),
  };
}

/** A rule's index patterns and its data view exclude each other. */
const oneSource = { dependencies: { index: { properties: { data_view_id: false } } } };

/** The table `[rule]` by the type of rule. */
export const elasticRules: (stack: Stack) => Choice = oncePerStack((stack) => {
  const may = optional(sinceOf(stack));
  const schemaOf = (own: RuleType): Schema => ({
    ...closed(
      { type: { const: own.type }, ...required, ...own.must },
      { ...may, ...own.may },
      `a rule of type ${own.type}`,
    ),
    ...(Object.hasOwn(own.may, 'data_view_id') && oneSource),
  });
  return choiceOf('type', new Map(fileTypes(stack).map((own) => [own.type, schemaOf(own)])));
});

const provider = closed({
  excluded: truth,
  field: text,
  queryType: word('phrase', 'range'),
  value: anyText,
  valueType: word('string', 'boolean'),
});

const column = closed({}, { field: text, value: anyText });

const transform = closed(
  {},
  {
    osquery: listOf(
      closed({ label: text, query: text }, { ecs_mapping: { type: 'object', additionalProperties: column } }),
    ),
    investigate: listOf(
      closed(
        { label: text, providers: listOf(listOf(provider)) },
        { description: anyText, relativeFrom: text, relativeTo: text },
      ),
    ),
  },
);

/** A rule file of elastic/detection-rules, as data, but for what stands in its table `[rule]`. */
export const fileSchema = closed({ metadata, rule: free }, { transform }, 'a rule file');
