// How fast: cold starts on one rule, and whole rule packs in one run. The packs are those that CORPUS names.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';

const corpus = process.env.CORPUS;
const main = 'dist/cli/main.js';
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

function coldStart(path, to) {
  const times = Array.from({ length: 7 }, () => {
    const start = performance.now();
    spawnSync(process.execPath, [main, 'convert', path, '--to', to]);
    return performance.now() - start;
  });
  console.log(`cold start  ${path} to ${to}: ${median(times).toFixed(0)} ms (median of 7 whole processes)`);
}

coldStart('rules/certutil-download/sigma.yml', 'elastic');
coldStart('rules/shell-after-connection/elastic.toml', 'sigma');
coldStart('rules/shell-after-connection/elastic.toml', 'kibana');

if (!corpus || !existsSync(corpus)) {
  console.log('whole packs: skipped; set CORPUS to a folder with rule packs under elastic/ and sigma/.');
} else {
  const { convert } = await import('../dist/index.js');
  const files = (folder, ending) =>
    readdirSync(join(corpus, folder), { recursive: true })
      .filter((name) => name.endsWith(ending) && !name.includes('regression_data'))
      .map((name) => readFileSync(join(corpus, folder, name), 'utf8'));
  const packs = { elastic: files('elastic', '.toml'), sigma: files('sigma', '.yml') };
  for (const [from, to] of [
    ['elastic', 'kibana'],
    ['elastic', 'sigma'],
    ['sigma', 'elastic'],
    ['sigma', 'kibana'],
    ['elastic', 'elastic'],
    ['sigma', 'sigma'],
  ]) {
    const start = performance.now();
    let rules = 0;
    for (const text of packs[from]) {
      const outcome = convert(text, { to });
      rules += outcome.ok ? outcome.value.rules.length : 1;
    }
    const seconds = (performance.now() - start) / 1000;
    console.log(
      `library     ${from} to ${to}: ${rules} rules in ${seconds.toFixed(2)} s, ${(rules / seconds).toFixed(0)} a second`,
    );
  }
  for (const [from, to] of [
    ['elastic', 'sigma'],
    ['sigma', 'elastic'],
  ]) {
    const timed = (text, prove) => {
      const start = performance.now();
      convert(text, { to, prove });
      return performance.now() - start;
    };
    // The better of three: a rule is done in a millisecond or two, and the machine has other things to do.
    const best = (text, prove) => Math.min(...[1, 2, 3].map(() => timed(text, prove)));
    const plain = packs[from].map((text) => best(text, false));
    const proofs = packs[from].map((text, index) => best(text, true) - plain[index]);
    const slowest = Math.max(...proofs);
    console.log(
      `proof       ${from} to ${to}: median ${median(proofs).toFixed(2)} ms a file, beside ${median(plain).toFixed(2)} ms for the conversion; at most ${slowest.toFixed(0)} ms`,
    );
  }
  const runs = (argsOf) => median(Array.from({ length: 5 }, (_, run) => coldTime(argsOf(run))));
  const start = runs(() => ['convert', 'rules/certutil-download/sigma.yml', '--to', 'elastic']);
  // A folder for each run, and all of them removed at the end: ext4 is slow to make files while it
  // remembers many that were just removed.
  const out = mkdtempSync(join(tmpdir(), 'rulecast-bench-'));
  for (const to of ['elastic', 'sigma', 'kibana']) {
    const args = ['convert', join(corpus, 'elastic'), join(corpus, 'sigma'), '--to', to];
    const rules = packs.elastic.length + packs.sigma.length;
    for (const [where, whole] of [
      ['standard output', runs(() => [...args, '--json'])],
      ['a file each', runs((run) => [...args, '--out', join(out, to, String(run))])],
    ]) {
      const speed = rules / ((whole - start) / 1000);
      console.log(
        `command     both packs to ${to}, ${where}: ${rules} rules in ${(whole / 1000).toFixed(2)} s, ${speed.toFixed(0)} a second after the start of ${start.toFixed(0)} ms (medians of 5)`,
      );
    }
  }
  rmSync(out, { recursive: true, force: true });
}

function coldTime(args) {
  const start = performance.now();
  spawnSync(process.execPath, [main, ...args], { stdio: ['ignore', openSync(devNull, 'w'), 'ignore'] });
  return performance.now() - start;
}
