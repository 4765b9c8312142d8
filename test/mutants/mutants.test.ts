import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { corpus, elasticFiles, sigmaFiles, without } from '../support/corpus.ts';
import { faults } from './faults/index.ts';
import { ownRules } from './own-rules.ts';

const only = process.env['ONLY'];
const probe = async (rules: readonly object[]) => {
  const numbers = faults.flatMap((one, index) => (!only || new RegExp(only).test(one.fault) ? [index] : []));
  const run = (mine: number[]) =>
    new Promise<string>((done) => {
      const child = spawn(process.execPath, [join(import.meta.dirname, 'catch.mjs')], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      let out = '';
      child.stdout.setEncoding('utf8').on('data', (t) => {
        out += t;
      });
      child.on('close', () => done(out));
      child.stdin.end(JSON.stringify({ faults, rules, numbers: mine }));
    });
  const out = (
    await Promise.all([
      run(numbers.filter((_, i) => i % 2 === 0)),
      run(numbers.filter((_, i) => i % 2 === 1)),
    ])
  ).join('');
  for (const line of out.split('\n').filter(Boolean)) {
    const { number, rule, shown, own, ...more } = JSON.parse(line);
    const ok = rule
      ? own.fidelity === 'failed' && own.proof?.shown
        ? 'SELF'
        : own.fidelity === 'failed'
          ? 'fail-noevent'
          : `healthy(${own.fidelity})`
      : 'MISSED';
    console.log(
      ok,
      '|',
      faults[number]!.fault,
      '|',
      rule?.slice(-60),
      JSON.stringify(more).slice(0, rule ? 200 : 700),
    );
  }
};

test('own', async () => {
  await probe(ownRules().map((one) => ({ ...one, own: true })));
});
test.skipIf(without)('probe', async () => {
  const files = [...elasticFiles(), ...sigmaFiles()]
    .sort((a, b) => a.text.length - b.text.length)
    .map(({ path, text }) => ({
      name: path.slice(corpus.length),
      from: path.endsWith('.yml') ? 'sigma' : 'elastic',
      text,
    }));
  await probe(files);
});
