import { type Example, examplesOf, type MatchOptions } from '../index.ts';
import { askedBy, type Flags, isOfParser, labelOf, tellOf } from './run-match.ts';
import { type ExampleCounts, tellExample, tellExampleSummary, tellRule } from './tell-examples.ts';
import { findingsOf } from './tell-match.ts';

/** Makes events from rules, or from a query, and tells them. Gives the exit code. */
export function runExamples(flags: Flags, options: MatchOptions): number {
  const { asked, surroundings, isWhole } = askedBy(flags);
  const made: Example[] = [];
  let [refused, unfired] = [0, 0];
  for (const one of asked) {
    const outcome = examplesOf(one.what, { ...options, ...surroundings });
    tellOf(one, findingsOf(outcome.diagnostics, one, flags), flags);
    if (!outcome.ok) {
      if (flags.query !== undefined && outcome.diagnostics.some(isOfParser)) return 2;
      refused += 1;
      continue;
    }
    if (outcome.value.length === 0) unfired += 1;
    else tellRule(labelOf(one), flags);
    for (const example of outcome.value) {
      made.push(example);
      tellExample(example, labelOf(one), flags);
    }
  }
  tellExampleSummary({ rules: asked.length, refused, unfired, ...countsOf(made) }, flags);
  return isWhole && refused + unfired === 0 ? 0 : 1;
}

function countsOf(made: readonly Example[]): Pick<ExampleCounts, 'fires' | 'misses' | 'variants'> {
  const of = (kind: Example['kind']) => made.filter((one) => one.kind === kind).length;
  return { fires: of('fires'), misses: of('misses'), variants: of('variant') };
}
