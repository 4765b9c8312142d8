import { eql, type Fault, fromEql, fromEsql, fromKql, fromLucene, within } from './fault.ts';

/** What texts are read by. */
export const readers: readonly Fault[] = [
  ...within('languages/sigma/modifiers.js', eql, [
    ['Sigma: "contains" is read as "startswith"', 'openStart(openEnd(value))', 'openEnd(value)', 'contains'],
    [
      'Sigma: "endswith" is read as "contains"',
      "ends(openStart, 'endsWith', anchorEnd)",
      "ends((value) => openStart(openEnd(value)), 'endsWith', anchorEnd)",
      'endswith',
    ],
    ['Sigma: "gte" is read as "gt"', "bound('>=')", "bound('>')", '\\|gte'],
  ]),
  ...within('languages/sigma/leaf.js', eql, [
    ['Sigma: "all" is read as "any"', "one(groups.flat(), 'all')", "one(groups.flat(), 'any')", '\\|all'],
    ['Sigma: "cased" is not seen', "name === 'cased'", "name === 'case'", '\\|cased'],
    ['Sigma: "exists" is turned round', 'draft.present ?', '!draft.present ?', '\\|exists'],
  ]),
  ...within('languages/sigma/condition.js', eql, [
    ['Sigma: "1 of" is read as "all of"', 'return or(found);', 'return and(found);', '1 of'],
    [
      'Sigma: "not" is not seen',
      'return not(at.deeper(() => parseNot(at, searches)));',
      'return at.deeper(() => parseNot(at, searches));',
      'not ',
    ],
  ]),
  ...within('languages/sigma/detection.js', eql, [
    [
      'Sigma: the lines of a search are alternatives',
      'return and(node.entries.map(',
      'return or(node.entries.map(',
      'endswith',
    ],
  ]),
  ...within('languages/sigma/literal.js', eql, [
    ['Sigma: one character is read as any number', "wildcard === '*' ? many : one", 'many', '\\?'],
  ]),
  ...within('languages/eql/parse-expression.js', fromEql, [
    ['EQL: "not in" is read as "in"', 'negated ? not(test) : test', 'test', 'not in ?\\('],
    ['EQL: "and" is read as "or"', "word === 'and' ? and(parts) : or(parts)", 'or(parts)', ' and '],
  ]),
  ...within('languages/eql/tests.js', fromEql, [
    [
      'EQL: "!= null" is read as "== null"',
      "value === null ? { kind: 'exists', ...named(field), span } :",
      "value === null ? not({ kind: 'exists', ...named(field), span }) :",
      '!= null',
    ],
    [
      'EQL: "at most" is read as "less than"',
      "kind: 'range', ...named(field), operator,",
      "kind: 'range', ...named(field), operator: operator === '<=' ? '<' : operator,",
      '<=',
    ],
  ]),
  ...within('languages/kql/parse.js', fromKql, [
    ['KQL: "not" is not seen', 'not(parseClause(at, path)) :', 'parseClause(at, path) :', 'not '],
  ]),
  ...within('languages/kql/list.js', fromKql, [
    ['KQL: "any of" a list is read as "all"', "join === 'or' ? 'any' : 'all'", "'all'", ':\\(.* or '],
  ]),
  ...within('languages/esql/literal.js', fromEsql, [
    [
      'ES|QL: an escaped backslash is read as none',
      'const char = escapes.get(letter);',
      "const char = letter === '\\\\' ? '' : escapes.get(letter);",
      '\\\\',
    ],
  ]),
  ...within('languages/esql/meaning/asked.js', fromEsql, [
    [
      'ES|QL: "not in" is read as "in"',
      'among(node.value, node.of, node.span), node.negated',
      'among(node.value, node.of, node.span), false',
      'not in ?\\(',
    ],
    [
      'ES|QL: "not like" is read as "like"',
      'signed(likeTruth(node), node.negated)',
      'signed(likeTruth(node), false)',
      'not r?like',
    ],
  ]),
  ...within('languages/lucene/boolean.js', fromLucene, [
    [
      'Lucene: what is excluded is asked for',
      "part.occur === 'not' ? excluded(part) : part.of",
      'part.of',
      'NOT',
    ],
  ]),
  ...within('formats/sigma/log-source.js', eql, [
    [
      'Sigma: the category of a log source is not read',
      "const parts = ['category', 'product', 'service'];",
      "const parts = ['product', 'service'];",
      'product',
    ],
  ]),
];
