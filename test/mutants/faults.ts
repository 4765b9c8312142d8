import type { ConvertOptions } from '../../src/convert/options.ts';
import type { Table } from '../../src/mapping/table.ts';

/** Rules of one kind, and what they are cast into. */
export interface Journey {
  readonly among: {
    readonly from: 'sigma' | 'elastic';
    /** What the text has in it. */
    readonly has?: string;
  };
  readonly asked: ConvertOptions;
}

/** Something that could have gone wrong with the program, or with a row of its tables. */
export interface Fault extends Journey {
  /** What is wrong, as a sentence. */
  readonly fault: string;
  /** A file of `dist`, what is replaced in it (it is there once) and by what. */
  readonly file?: string;
  readonly text?: string;
  readonly instead?: string;
  /** Rows that are laid over the tables instead. */
  readonly table?: Table;
  /** An expression: which rules may show it. */
  readonly hint: string;
}

const allow = ['broader', 'narrower', 'approximate'] as const;

function toElastic(language: string, more: Partial<ConvertOptions> = {}): Journey {
  return { among: { from: 'sigma' }, asked: { to: 'elastic', language, allow, ...more } };
}

function toSigma(language: string): Journey {
  return {
    among: { from: 'elastic', has: `language = "${language}"` },
    asked: { to: 'sigma', allow },
  };
}

const eql = toElastic('eql');
const kql = toElastic('kuery', { caseless: 'field' });
const lucene = toElastic('lucene', { caseless: 'field' });
const esql = toElastic('esql');
const fromEql = toSigma('eql');
const fromKql = toSigma('kuery');
const fromLucene = toSigma('lucene');
const fromEsql = toSigma('esql');
const fromThreshold: Journey = {
  among: { from: 'elastic', has: '[rule.threshold]' },
  asked: { to: 'sigma', allow },
};
const correlation: Journey = {
  among: { from: 'sigma', has: 'correlation:' },
  asked: { to: 'elastic', allow },
};

type Change = readonly [fault: string, text: string, instead: string, hint?: string];

function within(file: string, journey: Journey, changes: readonly Change[]): readonly Fault[] {
  return changes.map(([fault, text, instead, hint = '']) => ({
    fault,
    file,
    text,
    instead,
    hint,
    ...journey,
  }));
}

const writersOfEql: readonly Fault[] = [
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
    [
      'EQL: a field that is there is asked for as one that is not',
      '${word} null`',
      '== null`',
      '\\|exists|null',
    ],
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

const otherWriters: readonly Fault[] = [
  ...within('languages/kql/literal.js', kql, [
    [
      'KQL: backslashes beside a star are not escaped',
      ".replace(/[\\\\():<>\"*{}]/g, '\\\\$&')",
      ".replace(/[():<>\"*{}]/g, '\\\\$&')",
      'contains: .*\\\\',
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
      'Windows\\\\',
    ],
    [
      'Lucene: one character becomes any number',
      "isMany(part) ? '*' : '?')\n        .join",
      "'*')\n        .join",
      '\\?',
    ],
  ]),
  ...within('languages/lucene/spell.js', lucene, [
    ['Lucene: a bound is in where it is out', "isIn ? '[' : '{'", "isIn ? '{' : '['", '\\|gt'],
    [
      'Lucene: "all of" a list is written as "any"',
      "const join = node.quantifier === 'any' ? 'or' : 'and';\n    const texts = node.values",
      "const join = 'or';\n    const texts = node.values",
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

const readers: readonly Fault[] = [
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
    [
      'Sigma: one character is read as any number',
      "wildcard === '*' ? many : one",
      'many',
      '\\?',
    ],
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
    ['ES|QL: "not in" is read as "in"', 'among(node.value, node.of, node.span), node.negated', 'among(node.value, node.of, node.span), false', 'not in ?\\('],
    ['ES|QL: "not like" is read as "like"', 'signed(likeTruth(node), node.negated)', 'signed(likeTruth(node), false)', 'not r?like'],
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

const severalEvents: readonly Fault[] = [
  ...within('convert/duration.js', fromEql, [
    [
      'Sigma: minutes are written as hours',
      '`${duration / units[unit]}${unit}`',
      "`${duration / units[unit]}${unit === 'm' ? 'h' : unit}`",
      'sequence',
    ],
  ]),
  ...within('languages/eql/duration.js', fromEql, [
    ['EQL: minutes are read as ten', "['m', 60_000]", "['m', 600_000]", 'maxspan ?= ?\\d+m'],
  ]),
  ...within('convert/steps.js', fromEql, [
    [
      'Sigma: keys of joined events are swapped',
      'names.map((name, step) => [name, fields[step]])',
      'names.map((name, step) => [name, fields[fields.length - 1 - step]])',
      'sequence',
    ],
    ['Sigma: a key of a sequence is dropped', 'by.map(nameOf)', 'by.slice(1).map(nameOf)', 'sequence by'],
    [
      'Sigma: a sequence is written without its order',
      "find.kind === 'sequence' ? 'temporal_ordered' : 'temporal'",
      "'temporal'",
      'sequence',
    ],
  ]),
  ...within('convert/counts.js', fromThreshold, [
    [
      'A threshold is read as one more',
      "keep: { operator: '>=', value: detection.value },",
      "keep: { operator: '>', value: detection.value },",
    ],
    ['A key of a count is dropped', '{ groupBy: by }', '{ groupBy: by.slice(1) }'],
    [
      'Different values are counted as events',
      "const keep = { operator: '>=', value };\n",
      "const keep = { operator: '>=', value: value + 1 };\n",
      'cardinality',
    ],
  ]),
];

const mapping: readonly Fault[] = [
  ...within('mapping/changes/file-name.js', fromEql, [
    [
      'The name of a file may begin anywhere in its path',
      'pattern([many, sign, ...value])',
      'pattern([many, ...value])',
      'process.name',
    ],
  ]),
  ...within('mapping/changes/file-name.js', eql, [
    ['The name of a file keeps its backslash', 'equals(to, [name])', 'equals(to, [end])', 'Image\\|endswith'],
  ]),
  ...within('mapping/fields.js', fromEql, [
    [
      'Values by several rows are all asked for, instead of any',
      "quantifier === 'any' ? or([...parts, ...others]) :",
      "quantifier === 'any' ? and([...parts, ...others]) :",
      'process.args',
    ],
  ]),
  ...within('mapping/fields.js', eql, [
    [
      'Lists lose "all" when they are renamed',
      'listOf({ ...head, quantifier }, values)',
      "listOf({ ...head, quantifier: 'any' }, values)",
      '\\|all:',
    ],
  ]),
  ...within('mapping/log-source.js', eql, [
    [
      'A log source says its system and nothing else',
      '[...tests.filter(isSystem), ...tests.filter((test) => !isSystem(test))]',
      '[...tests.filter(isSystem)]',
      'process_creation',
    ],
  ]),
  ...within('mapping/recognise.js', fromEql, [
    [
      'A test is taken for one of the log source',
      'let rest = asked.tests.filter((part) => !taken.has(part));',
      'let rest = asked.tests.filter((part) => !taken.has(part)).slice(1);',
      'process where',
    ],
  ]),
  ...within('mapping/changes/words.js', eql, [
    [
      'Words of an enumeration are mixed up',
      'asValue(found[1])',
      'asValue(words[0][1])',
      'Initiated|Protocol|Level',
    ],
  ]),
  ...within('mapping/changes/extension.js', fromEql, [
    [
      'The dot before an extension is forgotten',
      "pattern([many, '.', ...value])",
      'pattern([many, ...value])',
      'file.extension',
    ],
  ]),
  ...within('mapping/changes/account.js', eql, [
    [
      'Domain and name of an account are swapped',
      'and([equals(domain, [before]), equals(name, [after])])',
      'and([equals(name, [before]), equals(domain, [after])])',
      'User: ',
    ],
  ]),
  ...within('mapping/changes/hash.js', eql, [
    [
      'A hash is looked for among those of another algorithm',
      'part.algorithms.includes(algorithm)',
      '!part.algorithms.includes(algorithm)',
      'Hashes',
    ],
  ]),
  ...within('mapping/changes/presence.js', fromKql, [
    ['An error is taken for none',
      'toSigma(value, { field }, { present, absent })',
      'toSigma(value, { field }, { present: absent, absent: present })',
      'event.outcome',],
  ]),
  ...within('mapping/changes/arguments.js', fromEql, [
    [
      'A piece of a command line stands at its end',
      'pattern([many, ...core, many])',
      'pattern([many, ...core])',
      'process.args',
    ],
  ]),
];

const source = 'None: it is wrong.';

const windows = { product: 'windows' } as const;

function row(fault: string, hint: string, table: Omit<Table, 'title' | 'version'>, journey = eql): Fault {
  return { fault, hint, table: { title: fault, version: 1, ...table }, ...journey };
}

const rows: readonly Fault[] = [
  row('A row names the parent for the process', 'Image\\|endswith', {
    fields: [{ sigma: 'Image', ecs: 'process.parent.executable', scope: windows, source }],
  }),
  row('A row names the process for the parent', 'ParentImage', {
    fields: [{ sigma: 'ParentImage', ecs: 'process.executable', scope: windows, source }],
  }),
  row('A row cuts paths at the other slash', 'Image', {
    fields: [
      {
        sigma: 'Image',
        ecs: 'process.name',
        scope: windows,
        change: { kind: 'file-name', separator: '/' },
        source,
      },
      {
        sigma: 'Image',
        ecs: 'process.name',
        scope: windows,
        source,
      },
    ],
  }),
  row('A row of words has them the wrong way round', 'Initiated', {
    fields: [
      {
        sigma: 'Initiated',
        ecs: 'network.direction',
        change: { kind: 'words', words: { true: 'ingress', false: 'egress' } },
        source,
      },
    ],
  }),
  row('A row of a log source has lost a test', 'process_creation', {
    logSources: [
      {
        sigma: { category: 'process_creation', product: 'windows' },
        category: 'process',
        where: [{ field: 'host.os.type', is: ['windows'] }],
        source,
      },
    ],
  }),
  row('A row of a log source names another system', 'process_creation', {
    logSources: [
      {
        sigma: { category: 'process_creation', product: 'linux' },
        category: 'process',
        where: [
          { field: 'event.type', is: ['start'] },
          { field: 'host.os.type', is: ['macos'] },
        ],
        source,
      },
    ],
  }),
  row(
    'A row takes the start of a process for any event of it',
    'process where',
    {
      fields: [{ sigma: 'CurrentDirectory', ecs: 'process.executable', scope: windows, source }],
    },
    fromEql,
  ),
];

/** Every fault that is put into the program, each alone. */
export const faults: readonly Fault[] = [
  ...writersOfEql,
  ...otherWriters,
  ...readers,
  ...severalEvents,
  ...mapping,
  ...rows,
];

void correlation;
