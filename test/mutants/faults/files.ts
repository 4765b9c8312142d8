import { eql, type Fault, fromEql, toKibana, within } from './fault.ts';

/** What puts detections into files. */
export const files: readonly Fault[] = [
  ...within('formats/elastic/quote.js', eql, [
    [
      'TOML: backslashes of a query are lost',
      "`'''\\n${text}'''`",
      "`'''\\n${text.replaceAll('\\\\', '')}'''`",
      'Windows\\\\|Drop\\\\',
    ],
  ]),
  ...within('languages/sigma/scalar.js', fromEql, [
    [
      'YAML: blanks at the ends of a value are lost',
      "return `'${value}'`;",
      "return `'${value.trim()}'`;",
      '" .*"|\\* .*"',
    ],
  ]),
  ...within('formats/engine/detection.js', toKibana, [
    [
      'The last line of a query is not written',
      "['query', query?.text]",
      "['query', query?.text.trimEnd().split('\\n').slice(0, -1).join('\\n')]",
      ' and\\n',
    ],
  ]),
];
