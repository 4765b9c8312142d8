// Casts a folder of rules with a mapping table of one's own, a file each: node examples/cast-a-folder.mjs rules out own.yaml
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { convertFile, loadMappings } from 'rulecast/node';

const [from = 'rules', into = 'out', table = 'examples/own-mapping.yaml'] = process.argv.slice(2);

// Rows of one's own come before those that ship.
const mappings = loadMappings([table]);
for (const { message } of mappings.diagnostics) console.error(message);
if (!mappings.ok) process.exit(2);

const paths = readdirSync(from, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.toml'),
);
let unwritten = 0;
for (const path of paths.sort()) {
  const outcome = convertFile(join(from, path), {
    to: 'sigma',
    mappings: mappings.value,
    allow: ['broader'],
  });
  const text = outcome.ok ? outcome.value.text : '';
  if (text === '') {
    unwritten += 1;
    const [why] = outcome.ok ? outcome.value.rules.flatMap((rule) => rule.diagnostics) : outcome.diagnostics;
    console.error(`${path}: ${why?.message}`);
    continue;
  }
  const out = join(into, path.replace(/\.toml$/, '.yml'));
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, text);
}
console.log(`${paths.length - unwritten} of ${paths.length} rules were written to ${into}.`);
