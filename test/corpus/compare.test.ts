import { expect, test } from 'vitest';

import { compare, comparePacks, convert, type RuleFilter, read } from '../../src/index.ts';
import { type CorpusFile, elasticFiles, sigmaFiles, without } from '../support/corpus.ts';

/** Why rules that were converted with the same meaning are not found to be equal. */
const reasons: readonly (readonly [name: string, says: RegExp])[] = [
  ['asks for several events', /asks for more than single events/],
  [
    'too much to look through',
    /it is not known whether they hold together|more ways to satisfy|no event was found/,
  ],
  // What was written counts what a run looks back over.
  ['counts without a time', /sets no time within which it counts/],
  ['became several rules', /^There are \d+ rules/],
  // The tables say of the way back that it is not exact, and of the way there nothing.
  ['not exact on the way back', /has no exact twin/],
];

interface Counts {
  readonly equal: number;
  readonly others: Readonly<Record<string, number>>;
}

/** Each rule that is converted with the same meaning, held against what it became. */
function heldAgainst(files: readonly CorpusFile[], to: 'elastic' | 'sigma'): Counts {
  let equal = 0;
  const others: Record<string, number> = {};
  for (const { path, text } of files) {
    const outcome = convert(text, { to, today: '2026-01-01' });
    const [rule, ...more] = outcome.ok ? outcome.value.rules : [];
    if (rule === undefined || more.length > 0 || rule.text === '') continue;
    if (rule.fidelity !== 'identical' && rule.fidelity !== 'equivalent') continue;
    const found = compare(text, rule.text);
    if (found.ok && found.value.relation === 'equal') {
      equal += 1;
      expect(found.value.differences, path).toEqual([]);
      continue;
    }
    const because = found.ok ? (found.value.because ?? '') : (found.diagnostics[0]?.message ?? '');
    const said = `${because} ${rule.diagnostics.map(({ message }) => message).join(' ')}`;
    const reason = reasons.find(([, says]) => says.test(said))?.[0] ?? `${path}: ${because}`;
    others[reason] = (others[reason] ?? 0) + 1;
  }
  return { equal, others };
}

test.skipIf(without)('rules of Sigma are equal to what they become in Elastic', { timeout: 300_000 }, () => {
  expect(heldAgainst(sigmaFiles(), 'elastic')).toEqual({
    equal: 1732,
    others: { 'counts without a time': 2 },
  });
});

test.skipIf(without)('rules of Elastic are equal to what they become in Sigma', { timeout: 300_000 }, () => {
  expect(heldAgainst(elasticFiles(), 'sigma')).toEqual({
    equal: 290,
    others: { 'became several rules': 6, 'not exact on the way back': 4 },
  });
});

function packOf(files: readonly CorpusFile[]) {
  const packs = files.flatMap(({ text }) => {
    const outcome = read(text);
    return outcome.ok ? [outcome.value] : [];
  });
  const filters: RuleFilter[] = packs.flatMap((pack) => [...pack.filters]);
  return { rules: packs.flatMap(({ rules }) => [...rules]), filters };
}

test.skipIf(without).each([
  ['Sigma', sigmaFiles],
  ['Elastic', elasticFiles],
])(
  'of a pack of %s, compared with itself, each rule is equal to itself',
  { timeout: 300_000 },
  (_, files) => {
    const pack = packOf(files());
    const { pairs, alone } = comparePacks(pack, pack);
    const same = new Set(
      pairs.flatMap(({ first, second, relation }) =>
        first === second && relation === 'equal' ? [first] : [],
      ),
    );
    expect(pack.rules.filter((rule) => !same.has(rule)).map(({ title }) => title)).toEqual([]);
    expect(alone).toEqual({ first: [], second: [] });
  },
);
