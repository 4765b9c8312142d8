import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';

import { type Run, reportForms } from '../../src/index.ts';
import { elasticFiles, without } from '../support/corpus.ts';
import { parts, runOver, someRun, tomlRule } from '../support/runs.ts';

/** The schema of OASIS, as Microsoft publishes it. */
const schema = JSON.parse(
  readFileSync(
    createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'),
    'utf8',
  ),
);

/** What the draft-04 schema says, for a validator of later drafts: the same words but for these two. */
const { $schema: _, id: __, ...later } = schema;
const isUri = (text: string) => URL.canParse(text);
const isReference = (text: string) => URL.canParse(text, 'file:///a/b') && !/[\s<>"\\^`{|}]/.test(text);
const validate = new Ajv({
  strict: false,
  unicodeRegExp: false,
  formats: { uri: isUri, 'uri-reference': isReference, 'date-time': true },
}).compile(later);

const print = (run: Run) => reportForms.find(({ id }) => id === 'sarif')!.print(run);
const logOf = (run: Run) => JSON.parse(print(run));
const resultsOf = (run: Run) => logOf(run).runs[0].results as readonly Record<string, never>[];

function faultsOf(run: Run): readonly unknown[] {
  return validate(logOf(run)) ? [] : (validate.errors ?? ['?']);
}

test('the schema tells right from wrong', () => {
  expect(validate({ version: '2.1.0' })).toBe(false);
  expect(validate({ version: '2.1.0', runs: [{ tool: { driver: {} }, results: [] }] })).toBe(false);
});

test('a report follows the schema of SARIF 2.1.0', () => {
  expect(faultsOf(someRun())).toEqual([]);
  expect(faultsOf(runOver([]))).toEqual([]);
});

test.skipIf(without)('so do reports of real rules', () => {
  const files = elasticFiles().filter((_, index) => index % 20 === 0);
  expect(faultsOf(runOver(files))).toEqual([]);
});

test('each warning is a result at its line, with its code', () => {
  const widened = resultsOf(someRun()).find(({ ruleId }) => ruleId === 'loss/mapping');
  expect(widened).toMatchObject({
    level: 'warning',
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'rules/listener%2C%20100%25.toml' },
          region: { startLine: 19, startColumn: 27 },
        },
        logicalLocations: [{ name: 'Listener Started' }],
      },
    ],
    properties: { effect: 'broader', fidelity: 'broader' },
  });
});

test('a verdict is a result that shows the event', () => {
  const verdicts = resultsOf(someRun()).filter(({ ruleId }) => String(ruleId).startsWith('verdict/'));
  expect(verdicts).toMatchObject([{ ruleId: 'verdict/broader', level: 'warning' }]);
  expect(JSON.stringify(verdicts)).toContain('-lv');
});

test('a file that can not be read is a result, and so is a gate that is closed', () => {
  const ids = resultsOf(someRun()).map(({ ruleId }) => ruleId);
  expect(ids).toContain('parse/unclosed-string');
  expect(ids.filter((id) => id === 'gate')).toHaveLength(2);
});

test('a result is known again when lines have moved, and apart from all others', () => {
  const print = (result: Record<string, never>) => result['partialFingerprints']!['rulecast/v1'];
  const [, { path, text }] = parts as readonly [unknown, (typeof parts)[number]];
  const moved = runOver([{ path, text: text.replace('[rule]', '# one line\n# and another\n\n[rule]') }]);
  const [before, after] = [runOver([{ path, text }]), moved].map((run) => resultsOf(run).map(print));
  expect(after).toEqual(before);
  const all = resultsOf(someRun()).map(print);
  expect(new Set(all).size).toBe(all.length);
});

test('paths are URIs, whatever they are called', () => {
  const text = tomlRule('x', 'process.args : "-l"', '00000000-0000-4000-8000-000000000009');
  const uris = ['C:\\rules\\a b.toml', '/rules/ä#?.toml', '-', 'a:b.toml'].map(
    (path) =>
      (resultsOf(runOver([{ path, text }]))[0] as never)['locations'][0]['physicalLocation'][
        'artifactLocation'
      ]['uri'],
  );
  expect(uris).toEqual(['file:///C:/rules/a%20b.toml', 'file:///rules/%C3%A4%23%3F.toml', '-', 'a%3Ab.toml']);
});
