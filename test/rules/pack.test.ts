import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { convert } from '../../src/convert/convert.ts';
import { must } from '../support/laws.ts';

const names = { elastic: 'elastic.toml', sigma: 'sigma.yml', kibana: 'kibana.ndjson' } as const;
type Home = keyof typeof names;
const all = Object.keys(names) as Home[];

const root = join(import.meta.dirname, '../../rules');
const homes = JSON.parse(readFileSync(join(root, 'homes.json'), 'utf8')) as Record<string, Home>;
const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const textOf = (folder: string, format: Home) => readFileSync(join(root, folder, names[format]), 'utf8');
const homeOf = (folder: string): Home => homes[folder] ?? 'elastic';

describe.each(folders)('%s', (folder) => {
  const home = homeOf(folder);
  const others = all.filter((format) => format !== home);

  test.each(others)('is in step in %s', (to) => {
    const { text } = must(convert(textOf(folder, home), { to }));
    const there = existsSync(join(root, folder, names[to])) ? textOf(folder, to) : '';
    expect(there).toBe(text);
  });

  test.each(others.filter((format) => existsSync(join(root, folder, names[format]))))(
    'comes home from %s',
    (from) => {
      const back = must(convert(textOf(folder, from), { to: home }));
      const data = (text: string) => must(convert(text, { to: 'native' })).text;
      // What a format has no words for travels; the pack beside the rules (exceptions) does not.
      if (home !== 'kibana') expect(data(back.text)).toBe(data(textOf(folder, home)));
      else expect(back.rules.every(({ fidelity }) => fidelity === 'identical')).toBe(true);
    },
  );
});

test('the pack has a rule of each type that Elastic has', () => {
  const types = folders
    .filter((folder) => existsSync(join(root, folder, names.kibana)))
    .map((folder) => JSON.parse(textOf(folder, 'kibana').split('\n')[0]!).type as string);
  expect([...new Set(types)].sort()).toEqual([
    'eql',
    'esql',
    'machine_learning',
    'new_terms',
    'query',
    'saved_query',
    'threat_match',
    'threshold',
  ]);
});
