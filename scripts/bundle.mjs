// Puts the compiled modules of build/ together in dist/, which is what is published: a start reads a handful of files
// instead of eight hundred. Packages stay outside, so that whoever installs the program sees and audits them.
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';

const root = join(import.meta.dirname, '..');
const build = join(root, 'build');
const dist = join(root, 'dist');
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

rmSync(dist, { recursive: true, force: true });
/** What the command and the library share is the core. They stand side by side, as threads are looked for beside them. */
const chunkFileNames = ({ name }) => `${name === 'build' ? 'core' : name}-[hash].js`;
const bundle = await rolldown({
  cwd: build,
  // Threads stand beside the modules that start them, in build/ and in dist/ alike.
  input: {
    index: 'index.js',
    node: 'node.js',
    'cli/main': 'cli/main.js',
    'writing-thread': 'node/writing-thread.js',
    'casting-thread': 'node/migrate/casting-thread.js',
  },
  platform: 'node',
  external: (id) => Object.keys(dependencies).some((name) => id === name || id.startsWith(`${name}/`)),
});
await bundle.write({
  dir: dist,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames,
});

// The types of what is public, and what they are made of.
const wanted = new Set(['index.d.ts', 'node.d.ts']);
for (const file of wanted) {
  const text = readFileSync(join(build, file), 'utf8');
  for (const [, path] of text.matchAll(/(?:from |import\()'(\.[^']+)'/g)) {
    wanted.add(join(dirname(file), path.replace(/\.ts$/, '.d.ts')));
  }
  cpSync(join(build, file), join(dist, file));
}
