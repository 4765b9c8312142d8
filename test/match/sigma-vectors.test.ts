import { describe, expect, test } from 'vitest';

import { read } from '../../src/convert/convert.ts';
import { match } from '../../src/convert/match.ts';
import { attempt } from '../../src/diagnostic/attempt.ts';
import type { Event } from '../../src/match/event.ts';
import type { Pack } from '../../src/rule/rule.ts';
import { cases, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';

interface Vector {
  readonly id: string;
  readonly kind: string;
  readonly rules_yaml: string;
  readonly divergent?: boolean;
  readonly standard_sigma?: boolean;
}

interface Single extends Vector {
  readonly events: readonly { readonly event: Event; readonly match: boolean }[];
}

interface Several extends Vector {
  readonly steps: readonly {
    /** In seconds. */
    readonly ts: number;
    readonly event: Event;
    /** Null where nothing is said. */
    readonly correlation_fires: boolean | null;
  }[];
}

const vectors = cases<Vector>('sigma-engine-vectors.jsonl').filter(
  ({ divergent, standard_sigma }) => !divergent && standard_sigma !== false,
);

function found({ rules, filters }: Pack, events: readonly Event[]): readonly (readonly number[])[] {
  const options = { references: rules, exclusions: filters };
  const asked = rules.filter(({ detection }) => detection.kind === 'correlation');
  return (asked.length > 0 ? asked : rules).flatMap((rule) =>
    [...match(rule, events, options)].map((one) => one.events),
  );
}

const single = vectors.filter((one): one is Single => one.kind === 'match');

/** What is not as the other engine has it, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'sigma-vec/rsigma/filter_two_selections':
    'a filter has to have a log source, and is left out with a finding where it has none',
};

describe.skipIf(without)('Sigma finds what other engines find (set CORPUS to run)', () => {
  test.each(single.map((one) => [one.id, one] as const))('%s', (id, { rules_yaml, events }) => {
    const pack = must(read(rules_yaml, { format: 'sigma' }));
    const isAsWanted = events.every(({ event, match }) => found(pack, [event]).length > 0 === match);
    expect(isAsWanted, exceptions[id]).toBe(exceptions[id] === undefined);
  });
});

const several = vectors.filter((one): one is Several => one.kind === 'correlation');

describe.skipIf(without)('correlations are found when other engines find them (set CORPUS to run)', () => {
  test.each(several.map((one) => [one.id, one] as const))('%s', (_, { rules_yaml, steps }) => {
    const pack = must(read(rules_yaml, { format: 'sigma' }));
    const events = steps.map(({ ts, event }) => ({ ...event, '@timestamp': ts * 1000 }));
    const last = new Set(found(pack, events).map((one) => Math.max(...one)));
    const fires = steps.map((step, at) => (step.correlation_fires === null ? null : last.has(at)));
    expect(fires).toEqual(steps.map((step) => step.correlation_fires));
  });
});

test.skipIf(without)(
  'what other engines refuse is refused, but a list of one value (set CORPUS to run)',
  () => {
    const refused = cases<Vector>('sigma-engine-vectors.jsonl').filter(({ kind }) => kind === 'reject');
    const accepted = refused.filter(({ rules_yaml }) => {
      const outcome = read(rules_yaml, { format: 'sigma' });
      return outcome.ok && attempt(() => found(outcome.value, [])).ok;
    });
    // A list of one value under `all` is bad style, and says what the value says alone.
    expect(accepted.map(({ id }) => id)).toEqual(['sigma-vec/rsigma/reject_all_single_value']);
  },
);
