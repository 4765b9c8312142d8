import { describe, expect, test } from 'vitest';

import type { ConvertedRule } from '../../src/convert/conversion.ts';
import { convert } from '../../src/convert/convert.ts';
import type { Acceptable } from '../../src/convert/fidelity.ts';
import type { Code } from '../../src/diagnostic/codes.ts';
import { type CorpusFile, sigmaFiles, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';

/** Rules that are in use; what is refused of the others is no loss. */
const active = sigmaFiles().filter(({ path }) => !/^sigma\/(?:deprecated|unsupported)\//.test(path));

interface Outcome {
  readonly fidelity: ConvertedRule['fidelity'];
  /** What stands against a rule that was not written. */
  readonly cause: Code | undefined;
}

/** The first of these that is found is the cause; a value of the wrong type may stand beside it, and be no loss. */
const causes = [
  'loss/free-text',
  'loss/placeholder',
  'loss/field-name',
  'loss/regex-flavour',
  'loss/value-type',
] as const satisfies readonly Code[];

function outcomesOf({ text }: CorpusFile, allow: readonly Acceptable[]): readonly Outcome[] {
  return must(convert(text, { to: 'elastic', allow })).rules.map(({ fidelity, diagnostics }) => {
    const found = new Set(diagnostics.map(({ code }) => code));
    return { fidelity, cause: fidelity === 'refused' ? causes.find((code) => found.has(code)) : undefined };
  });
}

function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

describe.skipIf(without)('all active rules of Sigma in Elastic (set CORPUS to run)', () => {
  test.each([
    {
      leave: 'nothing',
      allow: [],
      grades: { equivalent: 1631, broader: 53, narrower: 47, approximate: 125, refused: 15 },
      refused: {
        'loss/placeholder': 15,
      },
    },
    {
      leave: 'all effects',
      allow: ['approximate', 'narrower', 'broader'],
      grades: { equivalent: 1631, broader: 53, narrower: 47, approximate: 140 },
      refused: {},
    },
  ] as const)('with leave for $leave', { timeout: 300_000 }, ({ allow, grades, refused }) => {
    const outcomes = active.flatMap((file) => outcomesOf(file, allow));
    expect(tally(outcomes.map(({ fidelity }) => fidelity))).toEqual(grades);
    expect(tally(outcomes.flatMap(({ cause }) => cause ?? []))).toEqual(refused);
  });
});
