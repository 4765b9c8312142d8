import { eql, type Fault, fromEql, fromKql, within } from './fault.ts';

/** What takes names and values to the other side. */
export const mapping: readonly Fault[] = [
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
  ...within('mapping/fields.js', eql, [
    [
      'Values by several rows are all asked for, instead of any',
      "quantifier === 'any' ? or([...parts, ...others]) :",
      "quantifier === 'any' ? and([...parts, ...others]) :",
      'Hashes',
    ],
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
    [
      'An error is taken for none',
      'toSigma(value, { field }, { present, absent })',
      'toSigma(value, { field }, { present: absent, absent: present })',
      'event.outcome',
    ],
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
