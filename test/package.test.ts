import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import * as core from '../src/index.ts';
import * as shell from '../src/node.ts';

const root = join(import.meta.dirname, '..');
const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

function run(program: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}

/** The packed file in a folder where there was nothing, with no network and no memory of one. */
let folder = '';
let packed: readonly { readonly path: string }[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rulecast-package-'));
  const [report] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], root));
  packed = report.files;
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  const offline = ['install', '--offline', '--no-audit', '--no-fund', '--cache', join(folder, 'cache')];
  run('npm', [...offline, `./${report.filename}`], folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the packed file', () => {
  test('holds what runs, what types are made of, the manual, and what it depends on', () => {
    const tops = new Set(packed.map(({ path }) => path.split('/')[0]));
    const files = ['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'package.json'];
    expect([...tops].sort()).toEqual([...files, 'dist', 'docs', 'node_modules'].sort());
    const strange = packed.filter(({ path }) => path.startsWith('dist/') && !/\.(?:js|d\.ts)$/.test(path));
    expect(strange).toEqual([]);
  });

  test('brings along all that it depends on, and nothing that runs when it is installed', () => {
    const { dependencies, bundleDependencies } = own;
    expect([...bundleDependencies].sort()).toEqual(Object.keys(dependencies).sort());
    const scripts = packed
      .filter(({ path }) => /^node_modules\/(?:@[^/]+\/)?[^/]+\/package\.json$/.test(path))
      .map(({ path }) => JSON.parse(readFileSync(join(root, path), 'utf8')).scripts ?? {});
    expect(scripts.length).toBeGreaterThan(Object.keys(dependencies).length);
    for (const each of scripts) {
      expect(each).not.toHaveProperty('preinstall');
      expect(each).not.toHaveProperty('install');
      expect(each).not.toHaveProperty('postinstall');
    }
  });

  test('has nothing that a check of packages complains of', async () => {
    const { messages } = await publint({ pkgDir: join(folder, 'node_modules/rulecast'), pack: false });
    expect(messages.filter(({ type }) => type !== 'suggestion')).toEqual([]);
  });
});

describe('where it is installed', () => {
  test('the command runs', () => {
    const command = join(folder, 'node_modules/.bin/rulecast');
    expect(run(command, ['--version'], folder)).toBe(`${own.version}\n`);
    const rule = join(root, 'rules/certutil-download/sigma.yml');
    expect(run(command, ['convert', rule, '--to', 'elastic'], folder)).toContain('type = "eql"');
    expect(run(command, ['list', 'mappings', '--schema'], folder)).toContain('"$schema"');
  });

  test('a pack is migrated, its report is read, and the manual says what a code of it means', () => {
    const command = join(folder, 'node_modules/.bin/rulecast');
    cpSync(join(root, 'rules/dev-tcp-from-background-process/elastic.toml'), join(folder, 'pack/rule.toml'));
    run(command, ['migrate', 'pack', 'sigma', '--to', 'sigma', '--report', 'losses.txt'], folder);
    expect(readdirSync(join(folder, 'sigma'))).toContain('rule.yml');
    const [, code = ''] = /\[(loss\/[a-z-]+)\]/.exec(readFileSync(join(folder, 'losses.txt'), 'utf8')) ?? [];
    expect(code).toBe('loss/mapping');
    expect(run(command, ['list', 'codes', code], folder)).toContain('What to do:');
    const manual = readFileSync(join(folder, 'node_modules/rulecast/docs/codes.md'), 'utf8');
    expect(manual).toContain(`## ${code}`);
  });

  test('the library has the names that its modules have', () => {
    const names = (name: string) => {
      const code = `import * as all from '${name}'; console.log(JSON.stringify(Object.keys(all).sort()))`;
      return JSON.parse(run(process.execPath, ['--input-type=module', '-e', code], folder));
    };
    expect(names('rulecast')).toEqual(Object.keys(core).sort());
    expect(names('rulecast/node')).toEqual(Object.keys(shell).sort());
  });

  test.each([
    ['nodenext', ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext],
    ['bundler', ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler],
  ])('its types are found, and are sound: %s', (_, module, moduleResolution) => {
    const user = join(folder, 'user.ts');
    writeFileSync(
      user,
      `import { convert, type Conversion } from 'rulecast';
import { convertFile } from 'rulecast/node';
const outcome = convert('', { to: 'sigma' });
export const conversion: Conversion | undefined = outcome.ok ? outcome.value : undefined;
// @ts-expect-error: an outcome is no number.
export const wrong: number = convertFile('', { to: 'elastic' });
`,
    );
    const program = ts.createProgram([user], {
      module,
      moduleResolution,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2023.d.ts'],
      strict: true,
      noEmit: true,
      types: [],
    });
    const found = ts.getPreEmitDiagnostics(program);
    expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
  });
});

test('docs/licences.md is current, and each licence is one that asks for no more than to be named', async () => {
  const script = join(root, 'scripts/licences.mjs');
  const { licences, packages, target } = await import(script);
  expect(readFileSync(target, 'utf8')).toBe(licences());
  for (const { path, license } of packages()) {
    expect(['MIT', 'ISC', 'BSD-3-Clause'], path).toContain(license);
    const texts = readdirSync(join(root, path)).filter((name) => /^licen[sc]e/i.test(name));
    expect(texts, `${path} has no text of its licence`).not.toEqual([]);
  }
  expect(existsSync(join(root, 'LICENSE'))).toBe(true);
});
