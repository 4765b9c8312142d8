import type { FormatId } from '../../src/formats/format.ts';
import { ruleText } from '../support/templates.ts';
import { all, of, type Rows, sound } from './rows.ts';

const comment: Readonly<Record<string, string>> = { elastic: '# nothing\n', sigma: '# nothing\n' };
const ownKey: Readonly<Record<FormatId, string>> = {
  elastic: 'more = 1\nmore = 2',
  sigma: 'more: 1\nmore: 2',
  kibana: '"more":1,"more":2,',
  native: '"more":1,"more":2,',
};
const innerKey: Readonly<Record<FormatId, string>> = {
  elastic: 'more = { a = { b = [ { c = 1, c = 2 } ] } }',
  sigma: 'more:\n    a:\n        b:\n            - c: 1\n              c: 2',
  kibana: '"more":{"a":{"b":[{"c":1,"c":2}]}},',
  native: '"more":{"a":{"b":[{"c":1,"c":2}]}},',
};

/** The text up to somewhere, from its end. */
const cut = (format: FormatId, by: number) => sound(format).slice(0, -by);

/** What editors, copying and broken lines do to a text. */
export const textRows: Rows = {
  'a byte-order mark': all('read', (format) => `\uFEFF${sound(format)}`),
  'line ends of Windows': all('read', (format) => sound(format).replaceAll('\n', '\r\n')),
  'no line end at the end': all('read', (format) => sound(format).trimEnd()),
  'blank lines around': all('read', (format) => `\n\n${sound(format)}\n\n`),
  'line ends that are carriage returns alone': of(['elastic', 'sigma'], 'told', (format) =>
    sound(format).replaceAll('\n', '\r'),
  ),
  'line ends of JSON that are carriage returns alone': of(['kibana', 'native'], 'read', (format) =>
    sound(format).replaceAll('\n', '\r'),
  ),
  'a lone carriage return within a line': of(['elastic', 'sigma'], 'told', (format) =>
    ruleText(format, { description: format === 'sigma' ? 'a\rb' : '"a\rb"' }),
  ),
  nothing: all('told', () => ''),
  'only white space': all('told', () => ' \n\t\r\n \n'),
  'only a byte-order mark': all('told', () => '\uFEFF'),
  'only comments': of(['elastic', 'sigma'], 'told', (format) => comment[format]!.repeat(3)),
  'only the start of a document': of(['sigma'], 'told', () => '---\n'),
  'NUL in a text': all('told', (format) =>
    ruleText(format, { description: format === 'sigma' ? 'a\0b' : '"a\0b"' }),
  ),
  'NUL behind the rule': all('told', (format) => `${sound(format)}\0`),
  'NUL at the start': all('told', (format) => `\0${sound(format)}`),
  'NUL in a comment': of(['elastic'], 'told', (format) => `# a\0b\n${sound(format)}`),
  'NUL in a comment of YAML': of(['sigma'], 'either', (format) => `# a\0b\n${sound(format)}`),
  'a lone surrogate': all('either', (format) =>
    ruleText(format, { description: format === 'sigma' ? 'a\ud800b' : '"a\udc00b"' }),
  ),
  'an escaped lone surrogate': all('either', (format) => ruleText(format, { description: '"a\\ud800b"' })),
  'line ends of Unicode': all('read', (format) =>
    ruleText(format, { description: format === 'sigma' ? "'a\u2028b\u0085c'" : '"a\u2028b\u0085c"' }),
  ),
  'a string that is never closed': all('told', (format) =>
    ruleText(format, { description: '"never closed' }),
  ),
  'an apostrophe that is never closed': of(['elastic', 'sigma'], 'told', (format) =>
    ruleText(format, { description: "'never closed" }),
  ),
  'a text of several lines that is never closed': of(['elastic'], 'told', (format) =>
    ruleText(format, { description: '"""never closed' }),
  ),
  'an escape that is none': all('told', (format) => ruleText(format, { description: '"a\\qb"' })),
  'an escape that is cut off': all('told', (format) => ruleText(format, { description: '"a\\u12"' })),
  'a backslash that ends the string': all('told', (format) => ruleText(format, { description: '"a\\"' })),
  'cut off within a line': of(['elastic', 'kibana', 'native'], 'told', (format) => cut(format, 10)),
  'cut off within an escape': of(['elastic', 'kibana', 'native'], 'told', (format) => {
    const text = ruleText(format, { description: '"a\\u1234b"' });
    return text.slice(0, text.indexOf('\\u1234') + 3);
  }),
  'a closing brace too many': of(['kibana', 'native'], 'told', (format) => `${sound(format)}}\n`),
  'a closing brace alone': all('told', () => '}\n'),
  'an opening brace alone': all('told', () => '{\n'),
  'a key twice': all('told', (format) => ruleText(format, { more: ownKey[format] })),
  'a key twice, deep inside': all('told', (format) => ruleText(format, { more: innerKey[format] })),
  'the frame of another format': all('told', (format) =>
    format === 'sigma' ? `[rule]\n${sound('sigma')}` : `title: x\n${sound(format)}`,
  ),
  'a page of HTML': all('told', () => '<!doctype html>\n<html><body>Not found</body></html>\n'),
  'no rule in it': all(
    'told',
    (format) =>
      ({
        elastic: '[metadata]\nmaturity = "production"\n',
        sigma: 'title: A Rule\nlogsource:\n    product: windows\n',
        kibana: '{"exported_count":0}\n',
        native: '{"rulecast":1,"rules":{}}\n',
      })[format],
  ),
  'a pack of nothing': of(['native'], 'either', () => '{"rulecast":1}\n'),
  'a rule that is no table': all(
    'told',
    (format) =>
      ({
        elastic: 'rule = "none"\n',
        sigma: '- title: A Rule\n- detection: none\n',
        kibana: '["rule_id","type"]\n',
        native: '{"rulecast":1,"rules":["none"],"filters":[],"rest":[]}\n',
      })[format],
  ),
  'an edition that is not known': of(['native'], 'told', () =>
    sound('native').replace('"rulecast":1', '"rulecast":99'),
  ),
  'a type that is not known': of(['elastic', 'kibana'], 'told', (format) =>
    ruleText(format, { type: '"clairvoyance"' }),
  ),
  'a kind that is not known': of(['native'], 'told', () => ruleText('native', { type: '"clairvoyance"' })),
  'a status that is not known': of(['sigma'], 'told', () => ruleText('sigma', { type: 'clairvoyant' })),
  'two rules of one id': of(['sigma', 'kibana'], 'schema/duplicate-id', (format) =>
    format === 'sigma' ? `${sound('sigma')}---\n${sound('sigma')}` : sound('kibana').repeat(2),
  ),
};
