import type { FormatId } from '../../src/formats/format.ts';
import { eql, ruleText } from '../support/templates.ts';
import { all, of, type Rows } from './rows.ts';

const megabytes = 50 * 1024 * 1024;
/** Made when first asked for, and kept. */
const filled = new Map<string, string>();

function much(piece: string, size = megabytes): string {
  const key = `${piece} ${size}`;
  const made = filled.get(key) ?? piece.repeat(Math.ceil(size / piece.length));
  filled.set(key, made);
  return made;
}

const isJson = (format: FormatId) => format === 'kibana' || format === 'native';
const quoted = (text: string) => `"${text}"`;

function asking(format: FormatId, text: string): string {
  if (format === 'sigma') return `selection:\n        Image: '${text}'\n    condition: selection`;
  const query = `process where process.name == "${text}"`;
  return isJson(format) ? `"${query.replaceAll('"', '\\"')}"` : query;
}

/** A list of a million, for the field that the format keeps lists in. */
const million: Readonly<Record<FormatId, string>> = {
  elastic: '"a",'.repeat(1_000_000),
  sigma: `a\n${'    - a\n'.repeat(1_000_000)}`,
  kibana: `${'"a",'.repeat(1_000_000)}"b"`,
  native: `${'"a",'.repeat(1_000_000)}"b"`,
};

const names = (count: number) => Array.from({ length: count }, (_, index) => `k${index}`);

function keys(format: FormatId, count: number): string {
  if (isJson(format))
    return names(count)
      .map((name) => `"${name}":1,`)
      .join('');
  const sign = format === 'sigma' ? ': 1' : ' = 1';
  return `${format === 'elastic' ? '[metadata.more]\n' : ''}${names(count)
    .map((name) => name + sign)
    .join('\n')}`;
}

const withKeys = (format: FormatId, count: number) =>
  ruleText(format, format === 'elastic' ? { behind: keys(format, count) } : { more: keys(format, count) });

/** What is longer than anybody writes: read, or refused for its length, and never waited for. */
export const largeRows: Rows = {
  'a title of 50 MB': all('told', (format) => ruleText(format, { title: quoted(much('a')) })),
  'a title of 50 MB of escapes': all('told', (format) => ruleText(format, { title: quoted(much('\\n')) })),
  'a description of 50 MB': all('told', (format) => ruleText(format, { description: quoted(much('a ')) })),
  'a query of 50 MB': all('told', (format) => ruleText(format, { query: asking(format, much('a')) })),
  'a tag of 50 MB': all('told', (format) => ruleText(format, { tag: quoted(much('a')) })),
  '50 MB of digits': all('told', (format) => ruleText(format, { score: much('1') })),
  '50 MB of blanks in a line behind the rule': all('either', (format) =>
    ruleText(format, { behind: much(' ') }),
  ),
  '10 MB of line ends behind the rule': all('either', (format) =>
    ruleText(format, { behind: much('\n', megabytes / 5) }),
  ),
  '10 MB of blanks before the rule': all('either', (format) => much(' ', megabytes / 5) + ruleText(format)),
  'a comment of 50 MB': of(['elastic', 'sigma'], 'told', (format) =>
    ruleText(format, { behind: `#${much('a')}` }),
  ),
  '50 MB of comments': of(['elastic', 'sigma'], 'told', (format) =>
    ruleText(format, { behind: much('# a\n') }),
  ),
  '50 MB of opening brackets': all('told', (format) => ruleText(format, { behind: much('[') })),
  '50 MB of opening braces': all('told', (format) => ruleText(format, { behind: much('{') })),
  '50 MB of quotes': all('told', (format) => ruleText(format, { behind: much('"') })),
  '50 MB of colons': all('told', (format) => ruleText(format, { behind: much(': ') })),
  '50 MB of dashes': all('told', (format) => ruleText(format, { behind: much('- ') })),
  'five thousand empty documents': of(['sigma'], 'either', () =>
    ruleText('sigma', { behind: much('---\n', 20_000) }),
  ),
  '50 MB of letters and nothing else': all('told', () => much('a')),
  'half a MB in a title': all('either', (format) => ruleText(format, { title: quoted(much('a', 500_000)) })),
  'half a MB in a query': all('either', (format) =>
    ruleText(format, { query: asking(format, much('a', 500_000)) }),
  ),
  'half a MB of wildcards in a query': all('either', (format) =>
    ruleText(format, {
      query: asking(format, much('*a', 500_000)).replace('==', ':'),
    }),
  ),
  'half a MB of backslashes in a query': all('either', (format) =>
    ruleText(format, { query: asking(format, much('\\\\', 500_000)) }),
  ),
  'half a MB of digits': all('either', (format) => ruleText(format, { score: much('1', 500_000) })),
  'half a MB of digits in a query': all('either', (format) =>
    ruleText(format, {
      query:
        format === 'sigma'
          ? `selection:\n        EventID: ${much('1', 500_000)}\n    condition: selection`
          : asking(format, 'x').replace(/(?:\\"|")x(?:\\"|")/, much('1', 500_000)),
    }),
  ),
  'half a MB of blanks in a query': of(['elastic'], 'either', () =>
    ruleText('elastic', { query: eql.replace(' where', `${much(' ', 500_000)}where`) }),
  ),
  'a list of a million': all('told', (format) => ruleText(format, { tag: million[format] })),
  'a list of twenty thousand': all('either', (format) =>
    ruleText(format, { tag: million[format].slice(0, 20_000 * 10).replace(/,[^,]*$|\n[^\n]*$/, '') }),
  ),
  'a million values in a query': of(['elastic', 'sigma'], 'told', (format) =>
    ruleText(format, {
      query:
        format === 'elastic'
          ? `process where process.name in (${'"a",'.repeat(1_000_000)}"b")`
          : `selection:\n        Image:\n${"            - 'a'\n".repeat(1_000_000)}    condition: selection`,
    }),
  ),
  'ten thousand values in a query': of(['elastic', 'sigma'], 'either', (format) =>
    ruleText(format, {
      query:
        format === 'elastic'
          ? `process where process.name in (${names(10_000).map(quoted).join()})`
          : `selection:\n        Image:\n${names(10_000)
              .map((name) => `            - ${name}\n`)
              .join('')}    condition: selection`,
    }),
  ),
  'two hundred thousand keys': all('either', (format) => withKeys(format, 200_000)),
  'twenty thousand keys': all('either', (format) => withKeys(format, 20_000)),
  'ten thousand rules that are none': of(['kibana', 'native'], 'told', (format) =>
    format === 'kibana'
      ? `[${'{"a":1},'.repeat(10_000)}{"rule_id":1}]`
      : `{"rulecast":1,"rules":[${'1,'.repeat(10_000)}1]}`,
  ),
  'five thousand broken lines': of(
    ['kibana'],
    'told',
    () => ruleText('kibana') + '{"rule_id"\n'.repeat(5_000),
  ),
};
