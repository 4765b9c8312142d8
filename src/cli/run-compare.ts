import { type CompareOptions, compare, comparePacks } from '../index.ts';
import { type RulesRead, rulesAt } from './read-rules.ts';
import { type Labels, tellPacks, tellRules } from './tell-compare.ts';
import type { Manner } from './tell-match.ts';
import { progress } from './terminal.ts';
import { loaded, UsageError } from './usage.ts';

interface Flags extends Manner {
  readonly a: string;
  readonly b: string;
  readonly from?: string | undefined;
}

/** Compares two rules, or two packs of them, and tells how they stand to one another. Gives the exit code. */
export function runCompare(flags: Flags, options: CompareOptions): number {
  const [first, second] = [sideOf(flags.a, flags), sideOf(flags.b, flags)];
  const known = new Map(
    [...first.asked, ...second.asked].map(({ what, text: _, ...label }) => [what, label]),
  );
  const labels: Labels = (rule) => known.get(rule)!;
  const isWhole = first.isWhole && second.isWhole;
  const areSingle = [first, second].every(({ asked }) => asked.length === 1);
  return (areSingle ? runRules : runPacks)(first, second, labels, isWhole, flags, options);
}

type Run = (
  first: RulesRead,
  second: RulesRead,
  labels: Labels,
  isWhole: boolean,
  flags: Flags,
  options: CompareOptions,
) => number;

const runRules: Run = (first, second, labels, isWhole, flags, options) => {
  const [a, b] = [first.asked[0]!.what, second.asked[0]!.what];
  const comparison = loaded(compare(first, second, options));
  tellRules(comparison, labels(a), labels(b), flags);
  return comparison.relation === 'equal' && isWhole ? 0 : 1;
};

const runPacks: Run = (first, second, labels, isWhole, flags, options) => {
  const found = comparePacks(first, second, {
    ...options,
    progress: (done, total) => progress(done, total, 'pairs'),
  });
  const areEqual = tellPacks(found, [first.asked.length, second.asked.length], labels, flags);
  return areEqual && isWhole ? 0 : 1;
};

/** The rules that one of the two stands for. */
function sideOf(given: string, flags: Flags): RulesRead {
  // The parser of the command line takes a lone dash for nothing.
  if (given === '')
    throw new UsageError('Rules to compare are read from files, and not from standard input.');
  const side = rulesAt([given], flags.from, flags);
  if (side.asked.length === 0) throw new UsageError(`There is no rule to compare at ${given}.`);
  return side;
}
