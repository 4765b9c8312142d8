import { esql, type Fault, fromEql, fromKql, kql, lucene, within } from './fault.ts';

/** What the other languages are written by. */
export const otherWriters: readonly Fault[] = [
  ...within('languages/kql/literal.js', kql, [
    [
      'KQL: a star that means itself is not escaped',
      ".replace(/[\\\\():<>\"*{}]/g, '\\\\$&')",
      ".replace(/[\\\\():<>\"{}]/g, '\\\\$&')",
      '\\\\\\*',
    ],
    [
      'KQL: a star is eaten',
      "escapeText(part, index === end) : '*'",
      "escapeText(part, index === end) : ''",
      'contains',
    ],
  ]),
  ...within('languages/kql/clause.js', kql, [
    [
      'KQL: brackets around alternatives are lost',
      '{ or: 1, and: 2, not: 3 }',
      '{ or: 2, and: 1, not: 3 }',
      '1 of|- ',
    ],
  ]),
  ...within('languages/kql/spell.js', kql, [
    [
      'KQL: a negation is lost',
      "return { kind: 'not', of: spell(node.of, path, lose) };",
      'return spell(node.of, path, lose);',
      'not ',
    ],
    [
      'KQL: "all of" a list is written as "any"',
      "const word = node.quantifier === 'any' ? 'or' : 'and';",
      "const word = 'or';",
      '\\|all:',
    ],
    [
      'KQL: an absent field is asked for as one that is there',
      "[{ kind: 'not', of: spellExists(field) }]",
      '[spellExists(field)]',
      'null',
    ],
  ]),
  ...within('languages/lucene/literal.js', lucene, [
    [
      'Lucene: backslashes are not escaped',
      'const special = /[\\\\!()',
      'const special = /[!()',
      'contains: .*\\\\',
    ],
    [
      'Lucene: one character becomes any number',
      "isMany(part) ? '*' : '?')\n        .join",
      "'*')\n        .join",
      '\\?',
    ],
  ]),
  ...within('languages/lucene/spell.js', lucene, [
    [
      'Lucene: a bound is out where it is in',
      '`${field}:${operator}${bound}`',
      "`${field}:${operator.replace('=', '')}${bound}`",
      '\\|[gl]te',
    ],
    [
      'Lucene: "all of" a list is written as "any"',
      "const join = quantifier === 'any' ? 'or' : 'and';",
      "const join = 'or';",
      '\\|all:',
    ],
    [
      'Lucene: an absent field is asked for as one that is there',
      "[{ kind: 'not', of: exists(node, lose) }]",
      '[exists(node, lose)]',
      'null',
    ],
  ]),
  ...within('languages/lucene/clause.js', lucene, [
    [
      'Lucene: brackets within joins are lost',
      "const phrase = joined(words[clause.kind], clause.of.map((part) => phraseOf(part, clause.kind)));\n            return outer === 'all' ? phrase : wrapped('(', phrase, ')');",
      'return joined(words[clause.kind], clause.of.map((part) => phraseOf(part, clause.kind)));',
      '1 of',
    ],
  ]),
  ...within('languages/esql/print-expression.js', esql, [
    ['ES|QL: brackets within joins are lost', 'within(part, binding.not)))', 'within(part, 0)))', '1 of'],
    [
      'ES|QL: a field that is there is asked for as one that is not',
      "node.negated ? ' is not null' : ' is null'",
      "' is null'",
      'null|not ',
    ],
    [
      'ES|QL: a negation is lost',
      "row([plain('not '), within(node.of, binding.not)], binding.not)",
      'within(node.of, binding.not)',
      'not ',
    ],
  ]),
  ...within('languages/esql/meaning/test.js', esql, [
    [
      'ES|QL: case counts where it does not',
      "const value = caseSensitive ? name : call('to_lower', name);",
      'const value = name;',
      'contains',
    ],
  ]),
  ...within('languages/esql/meaning/wildcards.js', esql, [
    [
      'ES|QL: one character becomes any number',
      "isWildcard(part) && !isMany(part) ? '?' : '*'",
      "'*'",
      '\\?',
    ],
  ]),
  ...within('languages/sigma/literal.js', fromEql, [
    [
      'Sigma: a backslash before a star is not escaped',
      'return alone ? found : found + found;',
      'return found;',
      '\\\\',
    ],
  ]),
  ...within('languages/sigma/print-condition.js', fromEql, [
    [
      'Sigma: a negation is lost',
      "`not ${write(condition.of, names, 'not')}`",
      "write(condition.of, names, 'not')",
      'not ',
    ],
    ['Sigma: "all of" searches is written as "1 of"', "join === 'and' ? 'all' : '1'", "'1'", ' and '],
    [
      'Sigma: brackets are lost',
      "within === 'whole' || within === kind ? text : `(${text})`",
      'text',
      ' or ',
    ],
  ]),
  ...within('languages/sigma/values.js', fromKql, [
    [
      'Sigma: "all of" a list is written as "any"',
      'quantifier: written.length > 1 ? quantifier :',
      "quantifier: written.length > 1 ? 'any' :",
      ' and ',
    ],
  ]),
  ...within('languages/sigma/shape.js', fromEql, [
    [
      'Sigma: how a value begins becomes how it ends',
      "start ? ['endswith'] : end ? ['startswith'] : []",
      "start ? ['startswith'] : end ? ['endswith'] : []",
      '\\*',
    ],
    ['Sigma: where a value ends is forgotten', "start ? ['endswith']", "start ? ['contains']", '\\*'],
    ['Sigma: case no longer counts', "cased ? [...modifiers, 'cased'] : modifiers", 'modifiers', '=='],
  ]),
  ...within('languages/sigma/compares.js', fromEql, [
    ['Sigma: "at least" is written as "more than"', "'>=': 'gte'", "'>=': 'gt'", '>= ?\\d'],
  ]),
];
