// Tells which recorded events satisfy which rules, sequences included: node examples/match-events.mjs events.ndjson rule.toml
import { readFileSync } from 'node:fs';
import { matchAll, matcher, positions, read, readEvents } from 'rulecast';

const example = `{"@timestamp": "2024-05-01T10:00:00Z", "user": {"name": "ann"}}
{"@timestamp": "2024-05-01T10:00:07Z", "user": {"name": "root"}}`;

const [file, ...paths] = process.argv.slice(2);
const text = file === undefined ? example : readFileSync(file, 'utf8');
const lineAt = positions(text);
const found = [...readEvents(text, ({ message }) => console.error(message))];
const events = found.map(({ event }) => event);

/** @param {import('rulecast').Matchable} asked @param {string} name */
function ask(asked, name) {
  const outcome = matcher(asked);
  for (const { message } of outcome.diagnostics) console.error(`${name}: ${message}`);
  for (const { events: places } of matchAll(outcome.ok ? [outcome.value] : [], events)) {
    console.log(`${name}: line ${places.map((at) => lineAt(found[at]?.span.start ?? 0).line).join(', ')}`);
  }
}

for (const path of paths) {
  const outcome = read(readFileSync(path, 'utf8'));
  for (const { message } of outcome.diagnostics) console.error(`${path}: ${message}`);
  for (const rule of outcome.ok ? outcome.value.rules : []) ask(rule, rule.title ?? path);
}
// A query can be asked as a rule can.
if (paths.length === 0) ask({ language: 'kuery', text: 'user.name: root' }, 'user.name: root');
