import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { expect, test } from 'vitest';

/** The rooms, ground floor first, and the rooms each may look down into. */
const below: Record<string, readonly string[]> = {
  source: [],
  diagnostic: ['source'],
  manual: ['diagnostic'],
  query: ['source', 'diagnostic'],
  rule: ['source', 'diagnostic'],
  schema: ['rule', 'source'],
  languages: ['query', 'diagnostic', 'source'],
  formats: ['schema', 'rule', 'diagnostic', 'source'],
  // The conditions that a pipeline adds are lines of a detection, as the language of Sigma reads them.
  mapping: ['languages', 'schema', 'query', 'rule', 'diagnostic', 'source'],
  // The reader of YAML that bears anything is that of Sigma's language.
  settings: ['languages', 'schema', 'rule', 'diagnostic', 'source'],
  match: ['query', 'diagnostic', 'source'],
  proof: ['match', 'query', 'diagnostic', 'source'],
  convert: ['formats', 'languages', 'mapping', 'proof', 'match', 'query', 'rule', 'diagnostic', 'source'],
  report: [
    'convert',
    'formats',
    'languages',
    'mapping',
    'proof',
    'match',
    'query',
    'rule',
    'diagnostic',
    'source',
  ],
  'index.ts': [
    'convert',
    'proof',
    'match',
    'report',
    'formats',
    'languages',
    'mapping',
    'query',
    'rule',
    'diagnostic',
    'source',
  ],
  node: ['index.ts'],
  'node.ts': ['index.ts', 'node'],
  cli: ['index.ts', 'node.ts', 'node', 'settings', 'manual'],
};

/** Each package has one home, so that replacing it is one room's work. */
const homes: Record<string, readonly string[]> = {
  'smol-toml': ['formats/elastic'],
  yaml: ['formats/sigma', 'formats/kibana', 'languages/sigma', 'mapping'],
  ajv: ['schema'],
  re2js: ['match', 'mapping/pipeline'],
  yargs: ['cli'],
  'yargs/helpers': ['cli'],
  '@noble/hashes/legacy.js': ['source'],
  '@noble/hashes/sha2.js': ['source'],
  '@noble/hashes/utils.js': ['source'],
};

/** What the formats of one family have in common stands beside them, and knows none of them. */
const shared = ['formats/engine', 'formats/schemas'];

const root = join(import.meta.dirname, '../src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/(?:from|import) '([^']+)'|import\('([^']+)'\)/g)].map(
    (found) => (found[1] ?? found[2])!,
  );
}

test('there are rooms to look at', () => {
  expect(files.length).toBeGreaterThan(10);
});

test.each(files)('%s keeps to its floor', (file) => {
  const [room = '', sibling] = file.split(sep);
  for (const target of importsOf(file)) {
    if (target.startsWith('node:')) {
      expect(['node', 'node.ts', 'cli'], `${file} imports ${target}`).toContain(room);
    } else if (!target.startsWith('.')) {
      expect(
        homes[target]?.some((home) => file.startsWith(home)),
        `${file} imports ${target}`,
      ).toBe(true);
    } else {
      const path = relative(root, join(root, dirname(file), target)).split(sep);
      const [there = '', thereSibling, deeper] = path;
      expect([room, ...(below[room] ?? [])], `${file} imports ${target}`).toContain(there);
      const sideways =
        room === there &&
        ['languages', 'formats'].includes(room) &&
        deeper !== undefined &&
        sibling !== thereSibling;
      // The list of a room's members is the one file that knows them all.
      const register = path.length === 3 && sibling === 'index.ts';
      const common = shared.includes(`${there}/${thereSibling}`) && !shared.includes(`${room}/${sibling}`);
      expect(sideways && !register && !common, `${file} reaches into ${thereSibling}`).toBe(false);
    }
  }
});
