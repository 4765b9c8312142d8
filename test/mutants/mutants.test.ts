import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { corpus, elasticFiles, sigmaFiles, without } from '../support/corpus.ts';
import { faults } from './faults.ts';

test.skipIf(without)('probe', () => {
  const files = [...elasticFiles(), ...sigmaFiles()]
    .sort((a, b) => a.text.length - b.text.length)
    .map(({ path }) => join(corpus, path));
  const only = process.env['ONLY'];
  const numbers = faults.flatMap((one, index) => (!only || new RegExp(only).test(one.fault) ? [index] : []));
  const child = spawnSync(process.execPath, [join(import.meta.dirname, 'catch.mjs')], {
    input: JSON.stringify({ faults, files, numbers }),
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  writeFileSync('/tmp/h5/mutants-out.txt', child.stdout);
  console.log(child.stderr.slice(0, 3000));
  for (const line of child.stdout.split('\n').filter(Boolean)) {
    const { number, path, shown, own, ...more } = JSON.parse(line);
    const ok = path
      ? own.fidelity === 'failed' && own.proof?.shown
        ? 'SELF'
        : own.fidelity === 'failed'
          ? 'fail-noevent'
          : `healthy(${own.fidelity})`
      : 'MISSED';
    console.log(ok, '|', faults[number]!.fault, '|', JSON.stringify(more).slice(0, path ? 200 : 700));
  }
  expect(child.status).toBe(0);
});
