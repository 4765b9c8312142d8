import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

import { type ConvertOptions, convert, type FormatId, read } from '../../src/index.ts';
import { convertFiles } from '../../src/node/convert-files.ts';
import { convertLines } from '../../src/node/convert-lines.ts';
import { longestObject } from '../../src/node/long-file.ts';
import { corpusFiles, elasticFiles, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';
import { asWhole, fileAt, inStretches, resultOf, ruleOf } from '../support/long-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'rulecast-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, text: string | Buffer): string {
  const path = join(folder, name.replaceAll('/', '-'));
  writeFileSync(path, text);
  return path;
}

const laidOver = (list_id: string) => ({
  exceptions_list: [{ id: list_id, list_id, type: 'detection', namespace_type: 'single' }],
});
const list = (list_id: string) => ({ list_id, type: 'detection', name: list_id, description: list_id });
const exception = (list_id: string, at: number, field = 'process.command_line') => ({
  ...{ list_id, item_id: `${list_id}-${at}`, type: 'simple', name: `item ${at}`, description: 'x' },
  entries: [{ type: 'match', field, operator: 'included', value: `x${at}` }],
});
const listed = { type: 'list', field: 'host.ip', operator: 'included', list: { id: 'v', type: 'ip' } };
const connector = {
  id: 'c1',
  type: 'action',
  attributes: { name: 'Mail', actionTypeId: '.email' },
  references: [],
};

const objects: readonly object[] = [
  ruleOf('a'),
  ruleOf('b', laidOver('l')),
  ruleOf('c', { severity: 'dreadful', unheard: { of: 1 } }),
  list('early'),
  ruleOf('d', laidOver('nowhere')),
  ruleOf('a', { name: 'A twin' }),
  ruleOf('e', laidOver('l')),
  ruleOf('f', { query: 'process where ?unknown.field == "x" and' }),
  ruleOf('g', { type: 'machine_learning', anomaly_threshold: 5, machine_learning_job_id: 'x' }),
  { id: 's', type: 'search', attributes: {} },
  ruleOf('h', laidOver('early')),
  list('l'),
  exception('l', 1),
  { ...exception('l', 2), entries: [listed] },
  exception('early', 1, 'user.name'),
  exception('orphan', 1),
  connector,
  { exported_count: 12, exported_rules_count: 8 },
];

const lines = objects.map((object) => JSON.stringify(object));
const broken = [
  ...lines.slice(0, 4),
  '{"rule_id": "cut off, ',
  ...lines.slice(4, 9),
  'plain words',
  ...lines.slice(9),
];

const files: Readonly<Record<string, string>> = {
  'lines.ndjson': `${lines.join('\n')}\n`,
  'crlf.ndjson': `${lines.join('\r\n')}\r\n`,
  'mark.ndjson': `\uFEFF${lines.join('\n')}`,
  'blank.ndjson': `\n\n${lines.join('\n\n \n')}\n\n`,
  'broken.ndjson': broken.join('\n'),
  'printed.ndjson': objects.map((object) => `${JSON.stringify(object, null, 2)}\n`).join(''),
  'flush-left.jsonl': objects
    .map((object) => `${JSON.stringify(object, null, 1).replace(/^ +/gm, '')}\n`)
    .join(''),
  'connector.ndjson': [ruleOf('a'), ruleOf('b'), connector].map((one) => JSON.stringify(one)).join('\n'),
};
const targets: readonly Pick<ConvertOptions, 'to' | 'shape' | 'id' | 'carry' | 'strict'>[] = [
  { to: 'sigma' },
  { to: 'sigma', carry: 'none', strict: true },
  { to: 'sigma', id: 'derive' },
  { to: 'elastic' },
  { to: 'kibana' },
  { to: 'native' },
  { to: 'native', id: 'derive' },
];
/** A stretch for each object, for two or three, for a few. */
const sizes = [1, 700, 2500];

/** Files of elastic's have a rule each, so that the text of several is not written. */
const textAlike = ({ to }: { readonly to: FormatId }) => to !== 'elastic';

function sameInStretches(path: string, options: ConvertOptions, sizes: readonly number[]): void {
  const { text, ...whole } = resultOf(asWhole(path, options));
  for (const size of sizes) {
    const parts = inStretches([path], options, size);
    const { text: put, ...others } = resultOf(parts);
    expect(others).toEqual(whole);
    if (textAlike(options)) expect(put).toBe(text);
  }
}

describe.each(Object.keys(files))('%s is cast in stretches as it is whole', (name) => {
  test.each(targets)('%o', (options) => {
    const path = put(name, files[name]!);
    sameInStretches(path, { from: 'kibana', ...options }, sizes);
    expect(inStretches([path], { from: 'kibana', ...options }, 1).length).toBeGreaterThan(3);
  });
});

test.each(['export', 'saved-object'])(
  'in its own format and another shape, %s, it has the same rules',
  (shape) => {
    const path = put('lines.ndjson', files['lines.ndjson']!);
    const options = { from: 'kibana', to: 'kibana', shape } as const;
    const [whole, parts] = [resultOf(asWhole(path, options)), resultOf(inStretches([path], options, 1))];
    expect(parts.rules).toEqual(whole.rules);
    const dataOf = (text: string) => must(read(text)).rules;
    expect(dataOf(parts.text).map(({ id }) => id)).toEqual(dataOf(whole.text).map(({ id }) => id));
  },
);

test('a rule that was written as several is cast in stretches as it is whole', () => {
  const apart = ruleOf('w', {
    index: ['logs-endpoint.events.process-*'],
    query:
      'process where host.os.type in ("linux", "macos") and event.type == "start" and process.name == "zsh"',
  });
  const sigma = must(convert(`${JSON.stringify(apart)}\n${lines[0]}`, { to: 'sigma' }));
  const kibana = must(convert(sigma.text, { to: 'kibana', language: 'lucene' }));
  const path = put('pieces.ndjson', kibana.text);
  expect(inStretches([path], { to: 'elastic' }, 1).length).toBeGreaterThan(4);
  sameInStretches(path, { to: 'elastic' }, [1]);
});

test('several files, some of them long, are for one another as small ones are', () => {
  const paths = [
    put(
      'run-rules.ndjson',
      [ruleOf('1', laidOver('m')), ruleOf('2'), ruleOf('3', laidOver('k'))]
        .map((one) => JSON.stringify(one))
        .join('\n'),
    ),
    put(
      'run-lists.ndjson',
      [ruleOf('4', laidOver('k')), ruleOf('2'), list('k'), exception('k', 1), list('m'), exception('m', 1)]
        .map((one) => JSON.stringify(one))
        .join('\n'),
    ),
    put('run-alone.ndjson', [list('n'), exception('n', 1)].map((one) => JSON.stringify(one)).join('\n')),
    put(
      'run-own.ndjson',
      [ruleOf('5', laidOver('k')), ruleOf('6', laidOver('n')), list('k'), exception('k', 7)]
        .map((one) => JSON.stringify(one))
        .join('\n'),
    ),
  ];
  for (const options of [{ to: 'sigma' }, { to: 'elastic' }, { to: 'sigma', id: 'derive' }] as const) {
    const named = 'id' in options ? paths.slice(0, 3) : paths;
    const small = [...convertFiles(named.map(fileAt), options, new Map())];
    const long = inStretches(named, options, 1);
    expect(long.length).toBeGreaterThan(small.length);
    for (const path of named) {
      const of = (all: typeof small) => resultOf(all.filter(({ file }) => file.path === path));
      const { text, ...whole } = of(small);
      const { text: put, ...others } = of([...long]);
      expect(others).toEqual(whole);
      if (textAlike(options)) expect(put).toBe(text);
    }
  }
});

describe('what costs itself and nothing else', () => {
  const told = (path: string) => resultOf(inStretches([path], { to: 'sigma', from: 'kibana' }, 1));

  test('a line that is no UTF-8', () => {
    const bytes = Buffer.concat([
      Buffer.from(`${lines[0]}\n{"rule_id": "`),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(`"}\n${lines[4]}\n`),
    ]);
    const { rules, findings } = told(put('bytes.ndjson', bytes));
    expect(rules.map(({ id }) => id)).toEqual(['a', 'd']);
    expect(findings.map((one) => JSON.parse(one))).toMatchObject([
      { code: 'read/not-utf8', line: 2, column: 14 },
    ]);
  });

  test('a line that is longer than any rule, which is never held', () => {
    const long = JSON.stringify(ruleOf('z', { description: 'é'.repeat(longestObject) }));
    const { rules, findings } = told(
      put('wide.ndjson', `${lines[0]}\n${long}  \r\n${lines[4]}\n${lines[5]}`),
    );
    expect(rules.map(({ id }) => id)).toEqual(['a', 'd', 'a']);
    const [found, ...more] = findings.map((one) => JSON.parse(one));
    expect(found).toMatchObject({ code: 'read/too-large', line: 2, column: 1 });
    expect(found.message).toContain(`${long.length} characters`);
    expect(more).toEqual([]);
    expect(rules[1]!.diagnostics.every(({ line = 3 }) => line === 3)).toBe(true);
    expect(rules[2]!.diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'schema/duplicate-id',
        line: 4,
        also: expect.objectContaining({ line: 1 }),
      }),
    );
  });

  test('a file that each rule would carry whole is left out, and says why', () => {
    const path = put('lines.ndjson', files['lines.ndjson']!);
    const [only, ...more] = inStretches([path], { to: 'sigma', carry: 'text' }, 1);
    expect(more).toEqual([]);
    expect(only!.outcome).toMatchObject({ ok: false, diagnostics: [{ code: 'read/too-large' }] });
  });
});

test('the library gives the parts, whose texts are that of the file', () => {
  const path = put('lines.ndjson', files['lines.ndjson']!);
  const parts = [...convertLines(path, { to: 'sigma', part: 1 })];
  expect(parts.length).toBeGreaterThan(10);
  const texts = parts.map(({ outcome }) => (outcome.ok ? outcome.value.text : ''));
  expect(texts.join('')).toBe(must(convert(files['lines.ndjson']!, { to: 'sigma' })).text);
  const sigma = put('whole.yml', 'title: x\n');
  expect([...convertLines(sigma, { to: 'elastic' })]).toHaveLength(1);
});

describe.skipIf(without)('real files (CORPUS is not set: skipped)', () => {
  test("Kibana's", () => {
    const real = corpusFiles('kibana', 'ndjson');
    expect(real.length).toBeGreaterThan(2);
    for (const { path, text } of real)
      for (const to of ['sigma', 'elastic', 'kibana', 'native'] as const)
        sameInStretches(put(path, text), { from: 'kibana', to }, [1, 6000]);
  }, 60_000);

  test.each(['sigma', 'elastic', 'kibana', 'native'] as const)(
    "Elastic's whole pack as lines, to %s",
    (to) => {
      const path = put('pack.ndjson', packAsLines());
      sameInStretches(path, { to, prove: false }, [20_000]);
    },
    120_000,
  );
});

let pack: string | undefined;
function packAsLines(): string {
  pack ??= elasticFiles()
    .flatMap(({ text }) => must(convert(text, { to: 'kibana', prove: false })).rules)
    .flatMap(({ text }) => text.split('\n')[0] ?? [])
    .filter((line) => line !== '')
    .map((line) => `${line}\n`)
    .join('');
  return pack;
}
