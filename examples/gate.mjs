// A gate for CI: fails when a rule would lose more than it may on its way: node examples/gate.mjs broader rules/*/elastic.toml

import { readFileSync } from 'node:fs';
import { maxLossGate, passing, positions, reportOf } from 'rulecast';
import { convertFile } from 'rulecast/node';

const [word = 'equivalent', ...paths] = process.argv.slice(2);
const most = passing.find((grade) => grade === word);
if (most === undefined) {
  console.error(`A grade is one of ${passing.join(', ')}, and not ${word}.`);
  process.exit(2);
}

/** @param {string} path @returns {readonly import('rulecast').Graded[]} */
function gradesOf(path) {
  const outcome = convertFile(path, { to: 'sigma', allow: ['broader', 'narrower', 'approximate'] });
  if (!outcome.ok) return [{ path, title: '', fidelity: 'failed', diagnostics: [] }];
  const place = positions(readFileSync(path, 'utf8'));
  return outcome.value.rules.map((rule) => reportOf(rule, path, place));
}

const graded = paths.flatMap(gradesOf);

const { asked, stops } = maxLossGate(most, graded);
for (const { path, title, message } of stops) console.error(`${path}: ${title}: ${message}`);
console.log(`${asked}: ${stops.length} of ${graded.length} rules do not pass.`);
process.exitCode = stops.length > 0 ? 1 : 0;
