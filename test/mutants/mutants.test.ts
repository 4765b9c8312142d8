import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { corpus, elasticFiles, sigmaFiles, without } from '../support/corpus.ts';
import { faults } from './faults/index.ts';
import { ownRules, type RuleText } from './own-rules.ts';

/** How a fault was caught: by which rule, and by events that only the right text finds, or only the wrong one. */
interface Caught {
  readonly number: number;
  readonly rule?: string;
  readonly relation?: string;
  readonly shown?: readonly { readonly matches: string; readonly events: readonly object[] }[];
  /** The program with the fault says so itself. */
  readonly itself?: boolean;
}

const only = process.env['FAULT'];
const numbers = [...faults.keys()].filter((at) => !only || faults[at]!.fault.includes(only));

/** One process for each of two cores; a program with a fault never stands beside the tests. */
async function caughtBy(rules: readonly RuleText[]): Promise<readonly Caught[]> {
  const halves = [0, 1].map((half) => numbers.filter((_, at) => at % 2 === half));
  const found = await Promise.all(halves.map((half) => runOf({ faults, rules, numbers: half })));
  return found.flat();
}

function runOf(given: object): Promise<readonly Caught[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'catch.mjs')]);
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (text) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text) => err.push(text));
  child.stdin.end(JSON.stringify(given));
  return new Promise((done, fail) => {
    child.on('close', (code) => {
      if (code !== 0) fail(new Error(err.join('')));
      const lines = out.join('').trimEnd().split('\n');
      done(lines.map((line) => JSON.parse(line) as Caught));
    });
  });
}

/** Short rules first: they are asked soonest, and what they show is plainest. */
function corpusRules(): readonly RuleText[] {
  const rules = [...elasticFiles(), ...sigmaFiles()].map(({ path, text }): RuleText => {
    return { name: path.slice(corpus.length), from: path.endsWith('.yml') ? 'sigma' : 'elastic', text };
  });
  return rules.sort((a, b) => a.text.length - b.text.length);
}

const packs = [
  { pack: 'our own rules', rules: ownRules, skipped: false },
  { pack: 'real packs', rules: corpusRules, skipped: without },
];

describe.each(packs)('$pack', ({ pack, rules, skipped }) => {
  let caught: readonly Caught[] = [];
  beforeAll(async () => {
    if (!skipped) caught = await caughtBy(rules());
    if (process.env['SHOW'])
      for (const { number, ...one } of caught)
        console.log(
          one.rule ? (one.itself ? 'SELF' : 'HEALTHY') : 'MISSED',
          faults[number]!.fault,
          JSON.stringify(one).slice(0, 300),
        );
  });
  test('x', () => {
    expect(pack.length).toBeGreaterThan(1);
  });
});
