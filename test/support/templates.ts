import type { FormatId } from '../../src/formats/format.ts';

/** What stands at a place of a rule, spelled as its format spells it, quotes included. */
export interface Holes {
  readonly title?: string;
  readonly description?: string;
  readonly tag?: string;
  readonly severity?: string;
  readonly type?: string;
  /** A number; the level of a Sigma rule, which has no other place for one. */
  readonly score?: string;
  /** The query as its language writes it. In Kibana's JSON and in native packs it stands in quotes. */
  readonly query?: string;
  /** More fields of the rule. */
  readonly more?: string;
  /** What stands behind the rule. */
  readonly behind?: string;
}

export const eql = 'process where process.name == "a.exe"';
const id = '00000000-0000-4000-8000-000000000001';

const templates: Readonly<Record<FormatId, (holes: Holes) => string>> = {
  elastic: ({ title, description, tag, severity, type, score, query = eql, more = '', behind = '' }) =>
    `[metadata]
creation_date = "2024/01/31"
maturity = "production"
updated_date = "2024/01/31"

[rule]
author = ["Me"]
description = ${description ?? '"What it finds."'}
language = "eql"
name = ${title ?? '"A Rule"'}
risk_score = ${score ?? 21}
rule_id = "${id}"
severity = ${severity ?? '"low"'}
tags = [${tag ?? '"One"'}]
type = ${type ?? '"eql"'}
${more}
query = '''
${query}
'''
${behind}`,
  sigma: ({ title, description, tag, severity, type, score, query, more = '', behind = '' }) =>
    `title: ${title ?? 'A Rule'}
id: ${id}
status: ${type ?? 'test'}
description: ${description ?? 'What it finds.'}
tags:
    - ${tag ?? 'one.two'}
logsource:
    category: process_creation
    product: windows
detection:
    ${query ?? "selection:\n        Image|endswith: '\\a.exe'\n    condition: selection"}
level: ${score ?? severity ?? 'low'}
${more}
${behind}`,
  kibana: ({ title, description, tag, severity, type, score, query, more = '', behind = '' }) =>
    `{"rule_id":"${id}","name":${title ?? '"A Rule"'},"description":${description ?? '"What it finds."'},` +
    `"risk_score":${score ?? 21},"severity":${severity ?? '"low"'},"tags":[${tag ?? '"One"'}],` +
    `"type":${type ?? '"eql"'},"language":"eql",${more}"query":${query ?? JSON.stringify(eql)}}\n${behind}`,
  native: ({ title, description, tag, severity, type, score, query, more = '', behind = '' }) =>
    `{"rulecast":1,"rules":[{"id":"${id}","title":${title ?? '"A Rule"'},` +
    `"description":${description ?? '"What it finds."'},"severity":${severity ?? '"low"'},` +
    `"riskScore":${score ?? 21},"tags":[${tag ?? '"One"'}],${more}"detection":{"kind":${type ?? '"query"'},` +
    `"query":{"language":"eql","text":${query ?? JSON.stringify(eql)}}}}],"filters":[],"rest":[]}\n${behind}`,
};

export const formatIds = ['elastic', 'sigma', 'kibana', 'native'] as const satisfies readonly FormatId[];

/** A small sound rule, with something else in its holes. */
export function ruleText(format: FormatId, holes: Holes = {}): string {
  return templates[format](holes);
}
