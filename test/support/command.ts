import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const main = join(import.meta.dirname, '../../dist/cli/main.js');

/** One object that the command prints with `--json`. */
export interface Line {
  readonly path?: string;
  readonly out?: string;
  readonly fidelity?: string;
  readonly diagnostics?: readonly {
    readonly code: string;
    readonly message: string;
    readonly path: string;
    readonly line?: number;
    readonly column?: number;
  }[];
  readonly summary?: { readonly [grade: string]: number };
}

/** The built command, run in a folder. What takes longer than anybody waits is killed, and has no status. */
export function runIn(folder: string, args: readonly string[], input = '') {
  return startIn(folder, process.execPath, [main, ...args], input);
}

/** A line as a user types it at a shell, where `rulecast` is the built command. */
export function runLineIn(folder: string, line: string, input = '') {
  const rulecast = `rulecast() { "${process.execPath}" "${main}" "$@"; }`;
  return startIn(folder, 'sh', ['-c', `${rulecast}\n${line}`], input);
}

function startIn(folder: string, program: string, args: readonly string[], input: string) {
  if (!existsSync(main)) throw new Error('These tests run the built command: npm run build first.');
  const options = { input, cwd: folder, encoding: 'utf8', timeout: 60_000 } as const;
  const { status, stdout, stderr } = spawnSync(program, args, options);
  return { status, stdout, stderr };
}

export function linesOf(stdout: string): readonly Line[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
