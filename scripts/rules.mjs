// Writes each rule of rules/ in every format that can hold it, from the format it is at home in.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { convert } from '../dist/index.js';

const names = { elastic: 'elastic.toml', sigma: 'sigma.yml', kibana: 'kibana.ndjson' };
const root = join(import.meta.dirname, '../rules');
const homes = JSON.parse(readFileSync(join(root, 'homes.json'), 'utf8'));

for (const entry of readdirSync(root, { withFileTypes: true })) {
  if (!entry.isDirectory()) continue;
  const home = homes[entry.name] ?? 'elastic';
  const text = readFileSync(join(root, entry.name, names[home]), 'utf8');
  for (const [to, name] of Object.entries(names)) {
    if (to === home) continue;
    const path = join(root, entry.name, name);
    const outcome = convert(text, { to });
    if (outcome.ok && outcome.value.text !== '') writeFileSync(path, outcome.value.text);
    else if (existsSync(path)) rmSync(path);
  }
}
