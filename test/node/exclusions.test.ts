import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';

import { type ConvertOptions, convert, read } from '../../src/index.ts';
import { convertFiles, type FileConversion } from '../../src/node/convert-files.ts';
import { inputFiles } from '../../src/node/files.ts';
import { must } from '../support/laws.ts';

const folder = mkdtempSync(join(tmpdir(), 'rulecast-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ruleOf = (name: string, product = 'windows') => `title: Rule ${name}
id: 00000000-0000-4000-8000-00000000000${name}
name: rule_${name}
logsource:
    category: process_creation
    product: ${product}
detection:
    selection:
        CommandLine|contains: 'thing ${name}'
    condition: selection
`;

const filterOf = (title: string, rules: string, searched = "CommandLine|cased: 'x'") => `title: ${title}
logsource:
    category: process_creation
filter:
    rules: ${rules}
    selection:
        ${searched}
    condition: not selection
`;

const kibanaRule = (name: string, list_id: string) =>
  `${JSON.stringify({
    rule_id: `k${name}`,
    name: `Rule k${name}`,
    description: 'Finds things',
    risk_score: 21,
    severity: 'low',
    type: 'eql',
    language: 'eql',
    index: ['logs-endpoint.events.process-*'],
    query: 'process where host.os.type == "linux" and event.type == "start" and process.command_line == "y"',
    exceptions_list: [{ id: list_id, list_id, type: 'detection', namespace_type: 'single' }],
  })}\n`;

const list = (list_id: string, ...entries: readonly object[]) =>
  [
    { list_id, type: 'detection', name: list_id, description: list_id },
    ...entries.map((one, at) => ({
      ...{ list_id, item_id: `${list_id}-${at}`, type: 'simple', name: `item ${at}`, description: 'x' },
      entries: [one],
    })),
  ]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');

const x = { type: 'match', field: 'process.command_line', operator: 'included', value: 'x' };
const listed = { type: 'list', field: 'host.ip', operator: 'included', list: { id: 'v', type: 'ip' } };

const run: Readonly<Record<string, string>> = {
  'rules/a.yml': ruleOf('1'),
  'rules/b.yml': ruleOf('2', 'linux'),
  'rules/c.yml': `${ruleOf('3')}---\n${filterOf('Beside', '[rule_1, rule_3]')}`,
  'filters/all.yml': filterOf('For all', 'any'),
  'filters/some.yml': filterOf('For some', '[rule_1, rule_2]', 'CommandLine|re: x+'),
  'filters/none.yml': filterOf('For none', '[rule_9]'),
  'kibana/r.ndjson': `${kibanaRule('4', 'l')}${kibanaRule('5', 'm')}`,
  'kibana/own.ndjson': `${kibanaRule('6', 'm')}${list('m', x)}`,
  'kibana/twin.ndjson': `${kibanaRule('7', 'm')}${list('m', { ...x, value: 'z' })}`,
  'kibana/lists.ndjson': list('l', x, listed),
  'other.yml': 'name: a workflow\non: push\n',
};

for (const [path, text] of Object.entries(run)) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** What became of each file, whatever came before it. */
function outcomesOf(names: readonly string[], options: ConvertOptions): ReadonlyMap<string, unknown> {
  const { files } = inputFiles(names.map((name) => join(folder, name)));
  const made = [...convertFiles(files, options)].map(
    ({ file, outcome }) => [file.path, JSON.parse(JSON.stringify(outcome))] as const,
  );
  return new Map(made.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const targets: readonly ConvertOptions[] = [
  { to: 'kibana' },
  { to: 'sigma' },
  { to: 'elastic' },
  { to: 'native' },
];

test.each(targets)('the order in which files are named makes no difference: %j', (options) => {
  const names = Object.keys(run);
  const once = outcomesOf(names, options);
  fc.assert(
    fc.property(fc.shuffledSubarray(names, { minLength: names.length }), (names) => {
      expect(outcomesOf(names, options)).toEqual(once);
    }),
    { numRuns: 6 },
  );
});

const conversionsTo = (options: ConvertOptions): ReadonlyMap<string, FileConversion> =>
  new Map(
    [...convertFiles(inputFiles([folder]).files, options)].map((one) => [one.file.below, one] as const),
  );

test('files of exclusions come last, and each file has an outcome', () => {
  const made = [...conversionsTo({ to: 'kibana' }).keys()];
  expect(made.toSorted()).toEqual(Object.keys(run).toSorted());
  const rest = ['rules/a.yml', 'rules/b.yml', 'kibana/r.ndjson', 'other.yml'];
  expect(made.slice(0, 4).toSorted()).toEqual(rest.toSorted());
});

test('going to Kibana, filters are laid over the rules of other files', () => {
  const made = conversionsTo({ to: 'kibana' });
  const told = (path: string) => {
    const { outcome } = made.get(path)!;
    const { rules, companions } = must(outcome);
    const lists = companions.filters.filter(({ body }) => body['item_id'] === undefined);
    return [rules[0]?.fidelity, lists.map(({ body }) => body['name'])];
  };
  expect(told('rules/a.yml')).toEqual(['broader', ['For all', 'Beside']]);
  expect(told('rules/b.yml')).toEqual(['broader', ['For all']]);
  expect(told('rules/c.yml')).toEqual(['equivalent', ['Beside', 'For all']]);
  expect(told('filters/none.yml')).toEqual([undefined, ['For none']]);
  expect(told('filters/all.yml')).toEqual([undefined, []]);
  const { outcome } = made.get('rules/a.yml')!;
  const messages = must(outcome).rules[0]!.diagnostics.map(({ message }) => message);
  expect(messages.join('\n')).toContain(
    `${join(folder, 'filters/some.yml')}:1: A part of the filter "For some"`,
  );
  expect(made.get('filters/none.yml')!.outcome.diagnostics.map(({ code }) => code)).toContain(
    'schema/unknown-reference',
  );
});

test('a filter for rules of two log sources is two lists, whichever file they are written in', () => {
  const made = conversionsTo({ to: 'kibana' });
  const itemsIn = (path: string) =>
    must(made.get(path)!.outcome).companions.filters.filter(
      ({ body }) => body['name'] === 'For all' && body['item_id'] !== undefined,
    );
  const [a, b, c] = ['rules/a.yml', 'rules/b.yml', 'rules/c.yml'].map((path) => itemsIn(path)[0]!.body);
  expect(c).toEqual(a);
  expect(b!['item_id']).not.toBe(a!['item_id']);
  expect(b!['list_id']).not.toBe(a!['list_id']);
});

test('going to Sigma, lists become filters for the rules of other files, but of those that have a list themselves', () => {
  const made = conversionsTo({ to: 'sigma' });
  const rulesIn = (path: string) =>
    must(read(must(made.get(path)!.outcome).text)).filters.map(
      ({ body }) => (body['filter'] as { rules: readonly string[] }).rules.length,
    );
  expect(rulesIn('kibana/lists.ndjson')).toEqual([1]);
  expect(rulesIn('kibana/own.ndjson')).toEqual([2]);
  expect(rulesIn('kibana/twin.ndjson')).toEqual([2]);
  expect(must(made.get('kibana/r.ndjson')!.outcome).rules.map(({ fidelity }) => fidelity)).toEqual([
    'broader',
    'equivalent',
  ]);
});

test('a file alone is cast as the library casts its text', () => {
  for (const [path, text] of Object.entries(run)) {
    const [one] = convertFiles(inputFiles([join(folder, path)]).files, { to: 'kibana' });
    expect(JSON.stringify(one!.outcome)).toBe(JSON.stringify(convert(text, { to: 'kibana' })));
  }
});
