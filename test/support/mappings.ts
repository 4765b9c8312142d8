/** What Elasticsearch says of a kitchen's indices, written by hand. */
export const kitchen = {
  dynamic: 'false',
  properties: {
    '@timestamp': { type: 'date' },
    event: {
      properties: {
        category: { type: 'keyword', ignore_above: 1024 },
        code: { type: 'keyword' },
        module: { type: 'constant_keyword', value: 'stove' },
        severity: { type: 'long' },
        original: { type: 'keyword', index: false, doc_values: false },
        ratio: { type: 'float', index: false },
      },
    },
    process: {
      properties: {
        name: {
          type: 'keyword',
          ignore_above: 1024,
          fields: {
            caseless: { type: 'keyword', normalizer: 'lowercase' },
            text: { type: 'match_only_text' },
          },
        },
        executable: { type: 'wildcard' },
        title: { type: 'keyword', ignore_above: 8 },
        pid: { type: 'long' },
        elevated: { type: 'boolean' },
        start: { type: 'date' },
        day: { type: 'date', format: 'EEEE' },
      },
    },
    message: { type: 'text' },
    note: { type: 'text', fields: { keyword: { type: 'keyword' } } },
    recipe: { type: 'text', fields: { keyword: { type: 'keyword' }, raw: { type: 'wildcard' } } },
    source: { properties: { ip: { type: 'ip' }, addr: { type: 'alias', path: 'source.ip' } } },
    labels: { type: 'flattened', ignore_above: 10 },
    pots: {
      type: 'nested',
      properties: { name: { type: 'keyword' }, size: { type: 'integer' } },
    },
    shelf: { enabled: false },
    attributes: { type: 'passthrough', properties: { colour: { type: 'keyword' } } },
    'dotted.name': { type: 'keyword' },
    ['__proto__']: { type: 'keyword' },
    constructor: { type: 'long' },
  },
  runtime: { weekday: { type: 'keyword', script: { source: 'emit("x")' } } },
} as const;

/** A rule of Elastic's that asks a query, with what else stands in it. */
export function tomlOf(language: string, query: string, more = '', index = '["kitchen-*"]'): string {
  const type = language === 'eql' || language === 'esql' ? language : 'query';
  const where = language === 'esql' ? '' : `index = ${index}\n`;
  return `[metadata]
creation_date = "2026/01/02"
maturity = "production"
updated_date = "2026/01/03"

[rule]
author = ["rulecast"]
description = "Looks after the stove."
${where}language = "${language}"
license = "MIT"
name = "Stove"
risk_score = 47
rule_id = "3b2f3a3e-5f0a-4d5c-8f59-6a3a1a6b9c01"
severity = "medium"
${more.includes('type =') ? '' : `type = "${type}"\n`}${more.includes('[rule') ? '' : more}
query = '''
${query}
'''
${more.includes('[rule') ? more : ''}`;
}
