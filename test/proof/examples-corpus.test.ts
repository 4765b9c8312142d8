import { expect, test } from 'vitest';

import { read } from '../../src/convert/convert.ts';
import { examplesOf } from '../../src/convert/examples.ts';
import { matchAll } from '../../src/convert/match.ts';
import { matcher } from '../../src/convert/matcher.ts';
import { mappingOf } from '../../src/convert/tables.ts';
import { eventToEcs } from '../../src/mapping/events.ts';
import type { Example } from '../../src/proof/scene.ts';
import type { Rule } from '../../src/rule/rule.ts';
import { type CorpusFile, elasticFiles, sigmaFiles, without } from '../support/corpus.ts';

interface Asked {
  readonly path: string;
  readonly rule: Rule;
  readonly references: readonly Rule[];
}

function askedIn(files: readonly CorpusFile[], format: 'elastic' | 'sigma'): readonly Asked[] {
  return files.flatMap(({ path, text }) => {
    const pack = read(text, { format });
    return pack.ok ? pack.value.rules.map((rule) => ({ path, rule, references: pack.value.rules })) : [];
  });
}

/** Rules that nothing fires, by the beginnings of their files' names. */
const unfired: ReadonlyMap<string, string> = new Map([
  ['dns_query_win_possible_dns_rebinding', 'It asks that something is so and is not so.'],
]);

/** Kinds of rules, and texts of theirs, that can not be asked of events; the rest is as many as are named. */
const unasked = { elastic: 279, sigma: 16 } as const;

describeCorpus('elastic', () => askedIn(elasticFiles(), 'elastic'));
describeCorpus('sigma', () => askedIn(sigmaFiles(), 'sigma'));

function describeCorpus(format: 'elastic' | 'sigma', rules: () => readonly Asked[]): void {
  const name = `each rule of ${format} has events that fire it and near misses (set CORPUS to run)`;
  test.skipIf(without)(name, { timeout: 120_000 }, () => {
    const asked = rules();
    expect(asked.length).toBeGreaterThan(1000);
    const [lacking, times]: [string[], number[]] = [[], []];
    let refused = 0;
    for (const { path, rule, references } of asked) {
      const started = performance.now();
      const outcome = examplesOf(rule, { references, most: 4 });
      times.push(performance.now() - started);
      if (!outcome.ok) refused += 1;
      else if (!hasBoth(outcome.value) && !isUnfired(path)) lacking.push(path);
    }
    expect(lacking).toEqual([]);
    expect(refused).toBe(unasked[format]);
    times.sort((a, b) => a - b);
    // What is usual, with room for a machine that has other things to do.
    expect(times[times.length >> 1]).toBeLessThan(100);
  });
}

function hasBoth(examples: readonly Example[]): boolean {
  return (['fires', 'misses'] as const).every((kind) => examples.some((one) => one.kind === kind));
}

function isUnfired(path: string): boolean {
  return [...unfired.keys()].some((start) => path.includes(`/${start}`));
}

test.skipIf(without)(
  'events that fire a rule of Sigma fire it when they are taken over to ECS, too',
  { timeout: 120_000 },
  () => {
    const mapping = mappingOf({});
    let [all, differing] = [0, 0];
    for (const { rule, references } of askedIn(sigmaFiles(), 'sigma').filter((_, at) => at % 8 === 0)) {
      const own = examplesOf(rule, { references, most: 1 });
      const [first] = own.ok ? own.value : [];
      const ready = matcher(rule, { references, taxonomy: 'ecs' });
      if (first === undefined || !ready.ok || rule.logSource === undefined) continue;
      all += 1;
      const taken = first.events.map((event) => eventToEcs(event, rule.logSource!, mapping));
      if ([...matchAll([ready.value], taken)].length === 0) differing += 1;
    }
    expect(all).toBeGreaterThan(200);
    expect(differing / all).toBeLessThan(0.02);
  },
);
