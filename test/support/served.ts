import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { main } from './command.ts';

/** The built command, started once for many lines: what a manual shows is run in a tenth of the time. */
export interface Served {
  /** A line as a user types it at a shell in a folder; what it writes to both of its outputs, in its order. */
  run(folder: string, line: string): string;
  end(): void;
}

export function serve(): Served {
  if (!existsSync(main)) throw new Error('These tests run the built command: npm run build first.');
  const pipes = mkdtempSync(join(tmpdir(), 'rulecast-served-'));
  execFileSync('mkfifo', [join(pipes, 'asked'), join(pipes, 'done')]);
  const program = join(import.meta.dirname, 'served.mjs');
  const child = spawn(process.execPath, [program, pipes, main], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  let lines = 0;
  return {
    run: (folder, line) => {
      lines += 1;
      return runLine(folder, `${functionOf(pipes, lines)}\n{ ${line}\n} 2>&1`);
    },
    end: () => endOf(child, pipes),
  };
}

/** `rulecast` at the shell. Within a pipe its standard input ends before it asks, so that only one asks at a time. */
function functionOf(pipes: string, line: number): string {
  return `
asked=0
rulecast() {
  asked=$((asked + 1)); own="${line}_$asked"
  while [ -e "${pipes}/words.$own" ]; do own="$own"x; done
  printf '%s\\0' "$PWD" "$@" > "${pipes}/words.$own"
  cat > "${pipes}/in.$own"
  echo "$own" > "${pipes}/asked"
  read -r done < "${pipes}/done"
  . "${pipes}/reply.$own"
}`;
}

function runLine(folder: string, line: string): string {
  const options = { input: '', cwd: folder, encoding: 'utf8', timeout: 60_000 } as const;
  return spawnSync('sh', ['-c', line], options).stdout;
}

function endOf(child: ChildProcess, pipes: string): void {
  if (child.exitCode === null) {
    writeFileSync(join(pipes, 'asked'), 'end\n');
  }
  rmSync(pipes, { recursive: true, force: true });
}
