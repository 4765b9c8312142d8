import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Fault } from './faults/fault.ts';
import type { RuleText } from './own-rules.ts';

/** How a fault was caught; without a rule it was not. */
export interface Caught {
  readonly number: number;
  readonly rule?: string;
  /** How what the faulty program writes stands to what was read. */
  readonly relation?: string;
  /** The events, by the names of the rule as it was read. */
  readonly shown?: readonly { readonly matches: string; readonly events: readonly object[] }[];
  /** The program with the fault says so itself. */
  readonly itself?: boolean;
}

/** The faults of these numbers, looked for by two processes of their own: what is wrong must not stand beside the tests. */
export async function caughtBy(
  faults: readonly Fault[],
  numbers: readonly number[],
  rules: readonly RuleText[],
): Promise<readonly Caught[]> {
  const halves = [0, 1].map((half) => numbers.filter((_, at) => at % 2 === half));
  const found = await Promise.all(halves.map((half) => runOf({ faults, numbers: half, rules })));
  return found.flat().sort((a, b) => a.number - b.number);
}

function runOf(given: object): Promise<readonly Caught[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'catch.mjs')]);
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (text) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text) => err.push(text));
  child.stdin.end(JSON.stringify(given));
  return new Promise((done, fail) => {
    child.on('close', (code) => {
      if (code !== 0) return fail(new Error(err.join('')));
      const lines = out.join('').split('\n').filter(Boolean);
      return done(lines.map((line) => JSON.parse(line)));
    });
  });
}
