import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { translate } from '../src/convert/translate.ts';
import { runLineIn } from './support/command.ts';

const root = join(import.meta.dirname, '..');
const pageOf = (name: string) => readFileSync(join(root, 'docs', `${name}.md`), 'utf8');

interface Step {
  readonly command: string;
  readonly output: string;
}

/** What a page shows as done at a console: `$ command`, and what it prints. */
function stepsOf(page: string): readonly Step[] {
  return [...page.matchAll(/^```console\n([\s\S]*?)^```$/gm)].flatMap(([, block]) =>
    block!
      .split(/^\$ /m)
      .slice(1)
      .map((step) => {
        const end = step.indexOf('\n');
        return { command: step.slice(0, end), output: step.slice(end + 1) };
      }),
  );
}

/** The files that a page writes: a block whose first line has a name behind the language. */
const filesOf = (page: string) => [...page.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm)];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rulecast-'));
  symlinkSync(join(root, 'rules'), join(folder, 'rules'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(['translate', 'match', 'compare', 'preflight', 'mappings', 'pipelines', 'reports', 'migrate'])(
  'docs/%s.md',
  (name) => {
    const page = pageOf(name);
    beforeAll(() => {
      for (const [, file, text] of filesOf(page)) {
        mkdirSync(dirname(join(folder, file!)), { recursive: true });
        writeFileSync(join(folder, file!), text!);
      }
    });

    test.each(stepsOf(page).map((step) => [step.command, step] as const))('%s', (_, { command, output }) => {
      expect(runLineIn(folder, `{ ${command}\n} 2>&1`).stdout).toBe(output);
    });
  },
);

describe('docs/languages.md says what each language can say', () => {
  const page = pageOf('languages');
  const start = page.indexOf('| what | for example |');
  const [head, , ...rows] = page
    .slice(start, page.indexOf('\n\n', start))
    .split('\n')
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|')));
  const ids = head!.slice(3, -1);

  test.each(rows.map((row) => [row[1]!, row] as const))('%s', (_, [, , example, ...cells]) => {
    const [, from, text] = /^(\w+): `(.*)`$/.exec(example!)!;
    expect(ids.map((to) => cellOf(text!, from!, to))).toEqual(cells.slice(0, -1));
  });

  function cellOf(text: string, from: string, to: string): string {
    const outcome = translate(text, { from, to });
    if (!outcome.ok) return outcome.diagnostics.map(({ message }) => message).join();
    const { fidelity, diagnostics } = outcome.value;
    if (fidelity === 'identical' || fidelity === 'equivalent') return 'yes';
    if (fidelity !== 'refused') return fidelity;
    const losses = diagnostics.filter(({ code, effect }) => code.startsWith('loss/') && effect === undefined);
    return [...new Set(losses.map(({ code }) => code.slice('loss/'.length)))].join(' ');
  }
});
