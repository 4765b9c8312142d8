import { eql, type Fault, within } from './fault.ts';

/** What EQL is written by. */
export const writersOfEql: readonly Fault[] = [
  ...within('languages/eql/print-test.js', eql, [
    ['EQL: case counts where it does not', "caseSensitive ? 'like' : ':'", "'like'", 'contains|endswith'],
    [
      'EQL: "all of" a list is written as "any"',
      "join(node.quantifier === 'any' ? 'or' : 'and', parts)",
      "join('or', parts)",
      '\\|all:',
    ],
    [
      'EQL: "any of" a list is written as "all"',
      "join(node.quantifier === 'any' ? 'or' : 'and', parts)",
      "join('and', parts)",
      'null',
    ],
    [
      'EQL: expressions mind case',
      "const head = `${printField(field, optional)} ${caseSensitive ? 'regex' : 'regex~'}`;",
      'const head = `${printField(field, optional)} regex`;',
      '\\|re\\|i',
    ],
    [
      'EQL: "at least" is written as "more than"',
      '${operator} ${printed}',
      "${operator === '>=' ? '>' : operator} ${printed}",
      '\\|gte',
    ],
    [
      'EQL: the prefix of a network is one bit longer',
      '...networks.map(quote)',
      "...networks.map((one) => quote(one.replace(/\\/8$/, '/9')))",
      '\\|cidr',
    ],
    ['EQL: a field that is there is asked for as one that is not', '${word} null`', '== null`', '\\|exists'],
    [
      'EQL: white space at the end of a value is cut',
      'return quote(printWildcards(withoutPlaceholders(value)));',
      'return quote(printWildcards(withoutPlaceholders(value)).trim());',
      "\\|endswith: '.* '",
    ],
    [
      'EQL: where a value begins is forgotten',
      'const { name, text } = affixOf(value);',
      "const { text } = affixOf(value); const name = 'stringContains';",
      '\\\\\\*|\\\\\\?',
    ],
  ]),
  ...within('languages/eql/literal.js', eql, [
    [
      'EQL: backslashes are lost',
      '`\\\\${letters.get(char)}`',
      "char === '\\\\' ? '' : `\\\\${letters.get(char)}`",
      'Windows\\\\',
    ],
    ['EQL: a star is eaten', "isMany(part) ? '*' : '?'", "isMany(part) ? '' : '?'", 'contains'],
    ['EQL: one character becomes any number', "isMany(part) ? '*' : '?'", "'*'", '\\?'],
  ]),
  ...within('languages/eql/layout.js', eql, [
    [
      'EQL: what is negated loses its brackets',
      '`not ${lineIn(of, binding.not)}`',
      '`not ${of.line}`',
      'not ',
    ],
    [
      'EQL: alternatives within an "and" lose their brackets',
      'return doc.binding < place ? `(${doc.line})` : doc.line;',
      'return doc.line;',
      '1 of| or ',
    ],
    [
      'EQL: the last value of a list is cut',
      "items.join(', ')",
      "items.slice(0, Math.max(1, items.length - 1)).join(', ')",
      '- ',
    ],
  ]),
  ...within('languages/eql/print-expression.js', eql, [
    [
      'EQL: "and" and "or" are swapped',
      'join(node.kind, node.of',
      "join(node.kind === 'and' ? 'or' : 'and', node.of",
      ' and ',
    ],
    [
      'EQL: a negation is lost',
      'return negated(printPredicate(of, losses));',
      'return printPredicate(of, losses);',
      'not ',
    ],
  ]),
];
