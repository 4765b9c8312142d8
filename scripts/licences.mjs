// Writes docs/licences.md: the packages that come with rulecast, and under which licences.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
export const target = join(root, 'docs/licences.md');

/** Every package that is shipped, those that others bring along included, by name. */
export function packages() {
  const { packages: all } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const shipped = Object.entries(all)
    .filter(([path, { dev, devOptional, optional }]) => path !== '' && !dev && !devOptional && !optional)
    .map(([path, { version, license }]) => ({
      path,
      name: path.replace(/^.*node_modules\//, ''),
      version,
      license,
    }));
  const each = new Map(shipped.map((one) => [`${one.name} ${one.version}`, one]));
  return [...each].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

export function licences() {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const rows = packages().map(({ name, version, license }) => {
    const whose = Object.hasOwn(dependencies, name) ? 'rulecast' : 'another of these';
    return `| \`${name}\` | ${version} | ${license} | ${whose} |`;
  });
  return `# Licences of what comes with rulecast

rulecast itself is under the MIT licence. The package brings the packages below along, unchanged, each with its own licence text in
its folder; why each is there stands in [CONTRIBUTING.md](../CONTRIBUTING.md). None of them runs a script when it is installed.
The names and ids of ATT&CK are (c) 2026 The MITRE Corporation, and are reproduced and distributed with its permission.

| package | version | licence | needed by |
|---|---|---|---|
${rows.join('\n')}
`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(target, licences());
