import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { allCommands } from '../../src/cli/commands.ts';
import { bashScript } from '../../src/cli/completion/bash.ts';
import { fishScript } from '../../src/cli/completion/fish.ts';
import { vocabularyOf } from '../../src/cli/completion/vocabulary.ts';
import { zshScript } from '../../src/cli/completion/zsh.ts';

const vocabulary = vocabularyOf(allCommands);
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rulecast-'));
  mkdirSync(join(folder, 'rules'));
  writeFileSync(join(folder, 'rule one.toml'), '');
  const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };
  for (const [shell, script] of Object.entries(scripts))
    writeFileSync(join(folder, shell), script(vocabulary));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What is typed before the key, and what is offered then: all of it, or with `…` at least that. */
const rows: readonly (readonly [typed: readonly string[], offered: readonly string[], isWhole?: boolean])[] =
  [
    [['con'], ['convert'], true],
    [['convert', '--to', ''], ['elastic', 'sigma', 'kibana', 'native'], true],
    [['convert', '--to', 'si'], ['sigma'], true],
    [['convert', 'rules', '--attack', ''], ['18', '19'], true],
    [['convert', '--no-p'], ['--no-prove'], true],
    [['convert', '--max-'], ['--max-loss'], true],
    [['convert', '--max-loss', 'eq'], ['equivalent'], true],
    [
      ['convert', 'ru'],
      ['rule one.toml', 'rules'],
    ],
    [
      ['convert', '--to', 'sigma', 'ru'],
      ['rule one.toml', 'rules'],
    ],
    [
      ['convert', '--mapping', 'ru'],
      ['rule one.toml', 'rules'],
    ],
    [['convert', '--report', 'gi'], ['github']],
    [['translate', '--from', 'k'], ['kuery'], true],
    [['check', '--fields', 'ec'], ['ecs']],
    [['match', '--log-level', 'de'], ['debug'], true],
    [
      ['inspect', ''],
      ['tokens', 'query', 'rule', 'mapping'],
    ],
    [
      ['inspect', 'rule', 'ru'],
      ['rule one.toml', 'rules'],
    ],
    [['inspect', '--mapping', 'rules', 'to'], ['tokens']],
    [['list', 'co'], ['codes'], true],
    [['list', 'codes', 'ru'], [], true],
    [['completion', ''], ['bash', 'zsh', 'fish'], true],
    [['nothing', '--t'], [], true],
  ];

const trimmed = (text: string) => text.replace(/\/$/, '');

function expectOffers(answers: readonly (readonly string[])[]): void {
  for (const [index, [typed, offered, isWhole]] of rows.entries()) {
    const found = new Set(answers[index]!.map(trimmed));
    const missing = offered.filter((word) => !found.has(word));
    expect(missing, `${typed.join(' ')}: ${[...found].join(', ')}`).toEqual([]);
    if (isWhole) expect(found, typed.join(' ')).toEqual(new Set(offered));
  }
}

const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

function answersOf(program: string, args: readonly string[], input: string): readonly (readonly string[])[] {
  const { stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    input,
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(stderr).toBe('');
  return stdout
    .split('@@@\n')
    .slice(0, -1)
    .map((answer) => answer.split('\n').filter((line) => line !== ''));
}

const isThere = (shell: string) => spawnSync(shell, ['-c', ':']).status === 0;
const called = (shell: string) => (isThere(shell) ? shell : `${shell}, which is not installed here`);

describe.skipIf(!isThere('bash'))(called('bash'), () => {
  const asked = (words: readonly string[]) =>
    `COMP_WORDS=(rulecast ${words.map(quote).join(' ')}) COMP_CWORD=${words.length}; _rulecast; printf '%s\\n' "\${COMPREPLY[@]}" @@@`;

  test('offers what there is', () => {
    const script = ['source ./bash', ...rows.map(([typed]) => asked(typed))].join('\n');
    expectOffers(answersOf('bash', ['--norc'], script));
  });

  test('offers values behind a sign of equality, which it counts as a word', () => {
    const typed = [
      ['convert', '--to', '='],
      ['convert', '--to', '=', 'ki'],
      ['inspect', '--mapping', '=', 'x', 'qu'],
    ];
    const answers = answersOf('bash', ['--norc'], ['source ./bash', ...typed.map(asked)].join('\n'));
    expect(answers).toEqual([['elastic', 'sigma', 'kibana', 'native'], ['kibana'], ['query']]);
  });
});

describe.skipIf(!isThere('fish'))(called('fish'), () => {
  test('offers what there is', () => {
    const ask = (words: readonly string[]) =>
      `complete -C ${quote(['rulecast', ...words].join(' '))} | string replace -r '\\t.*' ''; echo @@@`;
    const script = ['source ./fish', ...rows.map(([typed]) => ask(typed))].join('\n');
    expectOffers(answersOf('fish', ['--no-config', '-c', script], ''));
  });
});

describe.skipIf(!isThere('zsh'))(called('zsh'), () => {
  test('offers what there is', () => {
    // What would be offered is caught on its way to the screen.
    const caught = `autoload -Uz compinit; compinit -u -D; source ./zsh
compadd() { local -a found=(); builtin compadd -O found "$@"; offered+=("\${found[@]}"); builtin compadd "$@" }
ask() { local -a offered=(); _main_complete; print -rl -- "\${offered[@]}" @@@ >> answers; compstate[list]= compstate[insert]= }
zle -C ask complete-word ask; bindkey '^I' ask
`;
    const asked = rows.map(([typed]) => `rulecast ${typed.join(' ')}`);
    writeFileSync(join(folder, 'caught'), caught);
    const driver = `zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z 'source ./caught; print ready'
zpty -r z line '*ready*ready*'
${asked.map((line) => `zpty -w -n z ${quote(`${line}\t`)}; sleep 0.05; zpty -w -n z $'\\x15'`).join('\n')}
zpty -w z 'print finished'
zpty -r z line '*finished*finished*'
cat answers`;
    expectOffers(answersOf('zsh', ['-f'], driver));
  });
});

test.each(['bash', 'zsh', 'fish'].filter(isThere))('%s takes the script for one of its own', (shell) => {
  expect(spawnSync(shell, ['-n', join(folder, shell)], { encoding: 'utf8' }).stderr).toBe('');
});
