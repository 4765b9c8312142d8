import { describe, expect, test } from 'vitest';
import { convert } from '../../src/convert/convert.ts';
import { type ConvertedRule, type ConvertOptions, type Relation, relations } from '../../src/index.ts';
import { elasticFiles, sigmaFiles, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';

/** Every conversion over the corpus proves itself: what it says of itself goes together. */
const main: readonly Journey[] = [
  { way: 'Sigma to Elastic', files: sigmaFiles, asked: { to: 'elastic' } },
  { way: 'Elastic to Sigma', files: elasticFiles, asked: { to: 'sigma' } },
];

/** Other ways, on some of the rules. */
const others: readonly Journey[] = onSome([
  ...(['kuery', 'eql', 'lucene', 'esql'] as const).map((language): Journey => {
    return {
      way: `Elastic to Kibana in ${language}`,
      files: elasticFiles,
      asked: { to: 'kibana', language },
    };
  }),
  ...(['lucene', 'esql'] as const).map((language): Journey => {
    return { way: `Sigma to Elastic in ${language}`, files: sigmaFiles, asked: { to: 'elastic', language } };
  }),
  { way: 'Sigma to Sigma in names of ECS', files: sigmaFiles, asked: { to: 'sigma', taxonomy: 'ecs' } },
  { way: 'Elastic to Kibana', files: elasticFiles, asked: { to: 'kibana' } },
]);

function onSome(journeys: readonly Journey[]): readonly Journey[] {
  return journeys.map((journey) => ({ ...journey, step: 8 }));
}

interface Journey {
  readonly way: string;
  readonly files: typeof sigmaFiles;
  readonly asked: ConvertOptions;
  /** One file in so many is converted. */
  readonly step?: number;
}

const done = new Map<string, readonly ConvertedRule[]>();

/** The rules that were written, with their grades and proofs. */
function writtenOn({ way, files, asked, step = 1 }: Journey): readonly ConvertedRule[] {
  const known = done.get(way);
  if (known) return known;
  const rules = files()
    .filter((_, index) => index % step === 0)
    .flatMap(({ text }) => must(convert(text, { ...asked, today: '2026-01-01' })).rules)
    .filter(({ fidelity, diagnostics }) => fidelity !== 'refused' && !isPart(diagnostics));
  done.set(way, rules);
  return rules;
}

function isPart(diagnostics: ConvertedRule['diagnostics']): boolean {
  return diagnostics.some(({ code }) => code === 'convert/part-of');
}

const titles = (rules: readonly ConvertedRule[]) => rules.map(({ title }) => title);

describe.skipIf(without).each([...main, ...others])('$way, proved (set CORPUS to run)', (journey) => {
  test('no difference goes untold', { timeout: 300_000 }, () => {
    expect(titles(writtenOn(journey).filter(({ fidelity }) => fidelity === 'failed'))).toEqual([]);
  });

  test('what is graded equivalent is equal', () => {
    const strange = writtenOn(journey).filter(
      ({ fidelity, proof }) =>
        (fidelity === 'equivalent' || fidelity === 'identical') && proof?.relation !== 'equal',
    );
    expect(titles(strange)).toEqual([]);
  });

  test('less than two in a hundred are not known, each with a reason', () => {
    const rules = writtenOn(journey);
    const unknown = rules.filter(({ proof }) => proof?.relation === 'unknown');
    expect(unknown.length).toBeLessThanOrEqual(Math.max(0.02 * rules.length, 1));
    expect(titles(unknown.filter(({ proof }) => !proof?.because))).toEqual([]);
  });

  test('every difference has events that show it', () => {
    const shown = (rule: ConvertedRule) => (rule.proof?.shown ?? []).map(({ matches }) => matches);
    const strange = writtenOn(journey).filter((rule) =>
      sidesOf[rule.proof!.relation].some((side) => !shown(rule).includes(side)),
    );
    expect(titles(strange)).toEqual([]);
  });
});

describe.skipIf(without).each([...main, ...others])('$way, graded (set CORPUS to run)', (journey) => {
  test('lost exceptions, losses that come to nothing, and counts over several values have grades without events', () => {
    const strange = writtenOn(journey).filter(
      ({ fidelity, proof }) =>
        (fidelity === 'broader' || fidelity === 'narrower') && (proof?.shown ?? []).length === 0,
    );
    expect(strange.length).toBeLessThanOrEqual(3);
  });
});

/** Which side has to match an event alone. */
const sidesOf: Record<Relation, readonly ('read' | 'written')[]> = {
  equal: [],
  broader: ['written'],
  narrower: ['read'],
  overlapping: ['read', 'written'],
  disjoint: ['read', 'written'],
  unknown: [],
};

test('every relation is looked at', () => {
  expect(Object.keys(sidesOf).sort()).toEqual([...relations].sort());
});
