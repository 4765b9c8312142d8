import { type Fault, fromEql, fromThreshold, within } from './fault.ts';

/** What is asked of several events, and how they are counted. */
export const severalEvents: readonly Fault[] = [
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
