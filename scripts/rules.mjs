// Writes each rule of rules/ in every format that can hold it, from the format it is at home in.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { convert } from '../dist/index.js';

/** The file names of the formats, the one a rule is at home in being the first that is there. */
export const names = { elastic: 'elastic.toml', sigma: 'sigma.yml', kibana: 'kibana.ndjson' };
const root = join(import.meta.dirname, '../rules');

for (const folder of readdirSync(root)) {
  const { home } = JSON.parse(readFileSync(join(root, folder, 'home.json'), 'utf8'));
  const text = readFileSync(join(root, folder, names[home]), 'utf8');
  for (const [to, name] of Object.entries(names)) {
    if (to === home) continue;
    const path = join(root, folder, name);
    const outcome = convert(text, { to });
    if (outcome.ok && outcome.value.text !== '') writeFileSync(path, outcome.value.text);
    else if (existsSync(path)) rmSync(path);
  }
}
