// Converts one rule, and says of the new one how far it means the same: node examples/convert-a-rule.mjs rule.toml sigma
import { readFileSync } from 'node:fs';
import { convert, formats, positions } from 'rulecast';

const [path = 'rules/archive-with-password/elastic.toml', target = 'sigma'] = process.argv.slice(2);
const format = formats.find(({ id }) => id === target);
if (format === undefined) throw new Error(`There is no format ${target}.`);

const text = readFileSync(path, 'utf8');
const outcome = convert(text, { to: format.id });
const placeOf = positions(text);

/** @param {import('rulecast').Diagnostic} found */
function tell({ code, message, span }) {
  const place = span && placeOf(span.start);
  console.error(`${path}${place ? `:${place.line}:${place.column}` : ''}: ${message} [${code}]`);
}

outcome.diagnostics.forEach(tell);
if (!outcome.ok) process.exit(2);

for (const rule of outcome.value.rules) {
  console.error(`${rule.title}: ${rule.fidelity}, proof: ${rule.proof?.relation ?? 'none'}`);
  rule.diagnostics.forEach(tell);
  process.stdout.write(rule.text);
}
