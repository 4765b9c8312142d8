import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { inspectMapping } from '../../src/convert/inspect.ts';
import type { FieldSeen, MappingSeen } from '../../src/convert/mapping-seen.ts';
import { loadMapping } from '../../src/mapping/load.ts';
import type { Table } from '../../src/mapping/table.ts';
import { fieldsOf, partsOf } from '../../src/query/walk.ts';
import { elasticFiles, sigmaFiles, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';

const pack = join(import.meta.dirname, '../../rules');
const own = readdirSync(pack, { recursive: true, encoding: 'utf8' })
  .filter((name) => /(?:sigma\.yml|elastic\.toml|kibana\.ndjson)$/.test(name))
  .map((path) => ({ path, text: readFileSync(join(pack, path), 'utf8') }));

const seenIn = (text: string, mappings: readonly Table[] = []) => must(inspectMapping(text, { mappings }));

/** The fields of the query in the other names that nobody was told of. */
function untold({ query, parts }: MappingSeen): readonly string[] {
  return partsOf(query).flatMap(({ where }, index) => {
    const { logSource, fields = [] } = parts[index] ?? {};
    const told = new Set([
      ...fields.flatMap(namesOf),
      ...(logSource?.row?.where ?? []).map(({ field }) => field),
    ]);
    return fieldsOf(where).filter((field) => !told.has(field));
  });
}

function namesOf({ name, row }: FieldSeen): readonly string[] {
  return row && 'change' in row && row.change?.kind === 'account' ? [name, row.change.domain] : [name];
}

/** Rows of which nobody can say where they stand. */
function homeless({ parts, keys }: MappingSeen): readonly unknown[] {
  const rows = [...parts.flatMap(({ logSource, fields }) => [logSource, ...fields]), ...keys];
  return rows.filter(({ row, file }) => (row === undefined) !== (file === undefined));
}

function isTold({ path, text }: { readonly path: string; readonly text: string }): void {
  const outcome = inspectMapping(text);
  for (const seen of outcome.ok ? outcome.value : []) {
    expect(untold(seen), path).toEqual([]);
    expect(homeless(seen), path).toEqual([]);
    expect(seen.parts.length, path).toBe(partsOf(seen.query).length);
  }
}

test.each(own.map((file) => [file.path, file] as const))(
  'every field of %s is told of, with its row',
  (_, file) => {
    isTold(file);
    expect(seenIn(file.text).length, file.path).toBeGreaterThanOrEqual(0);
  },
);

describe.skipIf(without)('the corpus (set CORPUS to run)', () => {
  test('every field of every rule is told of, with its row', { timeout: 300_000 }, () => {
    for (const file of [...elasticFiles(), ...sigmaFiles()]) isTold(file);
  });
});

const sigmaRule = (tests: string, source = '{category: process_creation, product: windows}') => `title: A
logsource: ${source}
detection:
  selection: {${tests}}
  condition: selection
`;

const elasticRule = (query: string) => `[metadata]
creation_date = "2026/01/01"
maturity = "production"
updated_date = "2026/01/01"

[rule]
description = "A."
index = ["logs-endpoint.events.process-*"]
language = "eql"
name = "A"
risk_score = 21
rule_id = "0f2d4c39-6f3e-4d59-9d0c-1f7a6b1f2c21"
severity = "low"
type = "eql"
query = '''
${query}
'''
`;

const table = (rows: string) => must(loadMapping(`title: Ours\nversion: 1\n${rows}`)) as Table;

function fieldIn(text: string, field: string, mappings?: readonly Table[]): FieldSeen {
  return seenIn(text, mappings)[0]!.parts[0]!.fields.find((seen) => seen.field === field)!;
}

describe('a field', () => {
  test('is told with the row that took its values, and these', () => {
    const rule = sigmaRule(String.raw`Image|endswith: '\cmd.exe', CommandLine|contains: x`);
    const { fields } = seenIn(rule)[0]!.parts[0]!;
    expect(fields.map(({ name, found, asked }) => [name, found, asked])).toEqual([
      ['process.name', 'named', [String.raw`*\cmd.exe`]],
      ['process.command_line', 'named', ['*x*']],
    ]);
    expect(fields[0]!.file).toBe('mappings/fields/20-windows.yaml');
    expect(fields[0]!.row).toMatchObject({ sigma: 'Image', ecs: 'process.name' });
  });

  test('is told row by row where its values take several', () => {
    const mappings = [
      table(`fields:
  - {sigma: Way, ecs: a.in, source: s, change: {kind: words, words: {in: 'yes'}, closed: true}}
  - {sigma: Way, ecs: a.out, source: s}
`),
    ];
    const { fields } = seenIn(sigmaRule('Way: [in, out, off]'), mappings)[0]!.parts[0]!;
    expect(fields.map(({ name, asked }) => [name, asked])).toEqual([
      ['a.in', ['in']],
      ['a.out', ['out', 'off']],
    ]);
  });

  test('that what stands beside it has settled may be nothing else', () => {
    const mappings = [
      table(`fields:
  - {sigma: Who, ecs: a.target, source: s, scope: {beside: {EventID: [7]}}}
  - {sigma: Who, ecs: a.own, source: s}
  - {sigma: Who, ecs: a.other, source: s}
`),
    ];
    expect(fieldIn(sigmaRule('Who: x, EventID: 7'), 'Who', mappings)).toMatchObject({
      name: 'a.target',
      others: [],
    });
    expect(fieldIn(sigmaRule('Who: x, EventID: 8'), 'Who', mappings)).toMatchObject({
      name: 'a.own',
      others: ['a.other'],
    });
  });

  test('takes the row of the table of the user, and says so', () => {
    const mappings = [
      { ...table('fields: [{sigma: Image, ecs: acme.image, source: Acme}]'), file: 'acme.yaml' },
    ];
    const seen = fieldIn(sigmaRule('Image: x'), 'Image', mappings);
    expect(seen).toMatchObject({ name: 'acme.image', file: 'acme.yaml', row: { source: 'Acme' } });
  });

  test('without a name is told with the reason', () => {
    const mappings = [table('unnamed: [{sigma: [Kettle], because: It boils., source: Acme}]')];
    const seen = fieldIn(sigmaRule('Kettle: x'), 'Kettle', mappings);
    expect(seen).toMatchObject({ found: 'unnamed', effect: 'narrower', row: { because: 'It boils.' } });
  });

  test('that no table knows is told with what comes near', () => {
    const seen = fieldIn(sigmaRule('c-useragnt: x', '{category: proxy}'), 'c-useragnt');
    expect(seen.found).toBe('unknown');
    expect(seen.near[0]).toBe('c-useragent');
  });

  test('that a row for any name took is told with what comes near', () => {
    const seen = fieldIn(sigmaRule('ParentImge: x'), 'ParentImge');
    expect(seen).toMatchObject({ found: 'named', near: ['ParentImage'], row: { sigma: '*' } });
  });

  test('of which no row says the value is told with the rows', () => {
    const seen = fieldIn(sigmaRule('ProcessId: x'), 'ProcessId');
    expect(seen).toMatchObject({ found: 'unsayable', effect: 'narrower' });
    expect(seen.elsewhere[0]!.name).toBe('process.pid');
  });
});

describe('a log source', () => {
  const reasonsOf = (query: string) =>
    seenIn(elasticRule(query))[0]!.parts[0]!.logSource.reasons!.map(({ kind, test, effect }) =>
      [kind, test, ...(effect ? [effect] : [])].join(' '),
    );

  test('is told with the tests that said it', () => {
    expect(
      reasonsOf('process where host.os.type == "windows" and event.type == "start" and process.pid == 4'),
    ).toEqual(['category process', 'test event.type: start', 'test host.os.type: windows']);
  });

  test('is told with other spellings, with what is not said and with what was taken out', () => {
    expect(
      reasonsOf(
        'process where host.os.family == "windows" and event.action == "Process creation" and process.pid == 4',
      ),
    ).toEqual([
      'category process',
      'missing event.type: start narrower',
      'spelling host.os.family: windows',
      'absorbed event.action: Process creation',
    ]);
  });

  test('is told with the tests that it becomes', () => {
    expect(seenIn(sigmaRule('Image: x'))[0]!.parts[0]!.logSource.adds).toEqual([
      'event.category: process',
      'host.os.type: windows',
      'event.type: start',
    ]);
  });

  test('that no table knows is told with what comes near', () => {
    const { row, near } = seenIn(sigmaRule('Image: x', '{category: process_creatoin}'))[0]!.parts[0]!
      .logSource;
    expect(row).toBeUndefined();
    expect(near).toContain('process_creation');
  });
});

test('a correlation is told rule by rule, and its keys', () => {
  const text = readFileSync(join(pack, 'shell-after-connection/sigma.yml'), 'utf8');
  const seen = seenIn(text).find(({ parts }) => parts.length > 1)!;
  expect(seen.parts.map(({ logSource }) => logSource.source.category)).toEqual([
    'network_connection',
    'process_creation',
  ]);
  expect([...seen.keys, ...seen.parts.flatMap(({ fields }) => fields)].map(({ name }) => name)).toContain(
    'host.id',
  );
});
