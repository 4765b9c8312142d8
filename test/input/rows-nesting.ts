import type { FormatId } from '../../src/formats/format.ts';
import { ruleText } from '../support/templates.ts';
import { all, of, type Rows } from './rows.ts';

const deep = 10_000;
const around = (open: string, inside: string, close: string) =>
  open.repeat(deep) + inside + close.repeat(deep);

const lists: Readonly<Record<FormatId, string>> = {
  elastic: `more = ${around('[', '', ']')}`,
  sigma: `more: ${around('[', '', ']')}`,
  kibana: `"more":${around('[', '', ']')},`,
  native: `"more":${around('[', '', ']')},`,
};
const maps: Readonly<Record<FormatId, string>> = {
  elastic: `more = ${around('{ a = ', '1', ' }')}`,
  sigma: `more: ${around('{a: ', '1', '}')}`,
  kibana: `"more":${around('{"a":', '1', '}')},`,
  native: `"more":${around('{"a":', '1', '}')},`,
};

function inLanguage(format: FormatId, query: string): string {
  const quoted = format === 'kibana' || format === 'native' ? JSON.stringify(query) : query;
  return ruleText(format, { query: quoted });
}

function kuery(format: FormatId, query: string): string {
  return inLanguage(format, query)
    .replace('language = "eql"', 'language = "kuery"')
    .replace('type = "eql"', 'type = "query"')
    .replace('"type":"eql","language":"eql"', '"type":"query","language":"kuery"')
    .replace('"language":"eql"', '"language":"kuery"');
}

function condition(text: string): string {
  return ruleText('sigma', { query: `selection:\n        Image: x\n    condition: ${text}` });
}

const engines = ['elastic', 'kibana', 'native'] as const;

/** What goes deeper than a stack, in files and in their queries. */
export const nestingRows: Rows = {
  'lists within lists': all('told', (format) => ruleText(format, { more: lists[format] })),
  'maps within maps': all('told', (format) => ruleText(format, { more: maps[format] })),
  'lists that are never closed': all('told', (format) =>
    ruleText(format, { more: lists[format].replaceAll(']', '') }),
  ),
  'indented maps': of(['sigma'], 'told', () =>
    ruleText('sigma', {
      more: Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
    }),
  ),
  'dashes in a line': of(['sigma'], 'told', () =>
    ruleText('sigma', { more: `more:\n    ${'- '.repeat(deep)}a` }),
  ),
  'keys that are keys': of(['sigma'], 'told', () => ruleText('sigma', { more: `${'? '.repeat(deep)}a` })),
  'a dotted key': of(['elastic'], 'told', () => ruleText('elastic', { more: `a${'.a'.repeat(deep)} = 1` })),
  'a dotted header': of(['elastic'], 'told', () =>
    ruleText('elastic', { behind: `[a${'.a'.repeat(deep)}]\n` }),
  ),
  'parentheses in EQL': of(engines, 'told', (format) =>
    inLanguage(format, `process where ${around('(', 'true', ')')}`),
  ),
  'parentheses in EQL that are never closed': of(engines, 'told', (format) =>
    inLanguage(format, `process where ${'('.repeat(deep)}`),
  ),
  'not upon not in EQL': of(engines, 'told', (format) =>
    inLanguage(format, `process where ${'not '.repeat(deep)}true`),
  ),
  'signs upon signs in EQL': of(engines, 'told', (format) =>
    inLanguage(format, `process where process.pid == ${'-'.repeat(deep)}1`),
  ),
  'calls within calls in EQL': of(engines, 'told', (format) =>
    inLanguage(format, `process where ${around('length(', 'process.name', ')')} > 1`),
  ),
  'a chain of ten thousand in EQL': of(engines, 'either', (format) =>
    inLanguage(format, `process where process.name == "a"${' or process.name == "a"'.repeat(deep)}`),
  ),
  'a chain of two kinds in EQL': of(engines, 'either', (format) =>
    inLanguage(format, `process where true${' and process.name == "a" or process.name == "b"'.repeat(deep)}`),
  ),
  'sums upon sums in EQL': of(engines, 'either', (format) =>
    inLanguage(format, `process where process.pid == 1${' + 1'.repeat(deep)}`),
  ),
  'parentheses in KQL': of(engines, 'told', (format) => kuery(format, around('(', 'a: b', ')'))),
  'parentheses in a value of KQL': of(engines, 'told', (format) =>
    kuery(format, `a: ${around('(', 'b', ')')}`),
  ),
  'not upon not in KQL': of(engines, 'told', (format) => kuery(format, `${'not '.repeat(deep)}a: b`)),
  'nested within nested in KQL': of(engines, 'told', (format) =>
    kuery(format, around('a: { ', 'b: c', ' }')),
  ),
  'a chain of ten thousand in KQL': of(engines, 'either', (format) =>
    kuery(format, `a: b${' or a: b'.repeat(deep)}`),
  ),
  'parentheses in a condition': of(['sigma'], 'told', () => condition(around('(', 'selection', ')'))),
  'not upon not in a condition': of(['sigma'], 'told', () => condition(`${'not '.repeat(deep)}selection`)),
  'a chain of ten thousand in a condition': of(['sigma'], 'either', () =>
    condition(`selection${' or selection'.repeat(deep)}`),
  ),
  'maps within a search': of(['sigma'], 'told', () =>
    ruleText('sigma', { query: `selection: ${around('{a: ', '1', '}')}\n    condition: selection` }),
  ),
  'modifiers upon modifiers': of(['sigma'], 'told', () =>
    ruleText('sigma', {
      query: `selection:\n        a${'|contains'.repeat(100)}: b\n    condition: selection`,
    }),
  ),
  'one of ten thousand searches': of(['sigma'], 'either', () =>
    ruleText('sigma', {
      query: `${Array.from({ length: deep }, (_, index) => `s${index}:\n        a: b${index}\n    `).join('')}condition: 1 of *`,
    }),
  ),
  'not one of ten thousand searches, ten thousand times': of(['sigma'], 'either', () =>
    ruleText('sigma', {
      query:
        Array.from({ length: deep }, (_, index) => `s${index}:\n        a: b${index}\n    `).join('') +
        `condition: not 1 of *${' and not 1 of s*'.repeat(deep)}`,
    }),
  ),
};
