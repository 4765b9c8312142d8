import { describe, expect, test } from 'vitest';

import { read } from '../../src/convert/convert.ts';
import { languageOf } from '../../src/languages/index.ts';
import type { Event } from '../../src/match/event.ts';
import { match } from '../../src/match/match.ts';
import type { Rule } from '../../src/rule/rule.ts';
import { cases, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';

interface Vector {
  readonly id: string;
  readonly kind: string;
  readonly rules_yaml: string;
  readonly divergent?: boolean;
  readonly standard_sigma?: boolean;
  readonly events: readonly {
    readonly event: Event;
    readonly match: boolean;
    readonly matched_titles?: readonly string[];
  }[];
}

const vectors = cases<Vector>('sigma-engine-vectors.jsonl').filter(
  ({ kind, divergent, standard_sigma }) => kind === 'match' && !divergent && standard_sigma !== false,
);

function matches({ detection }: Rule, event: Event): boolean {
  if (detection.kind !== 'query') throw new Error(detection.kind);
  return match(must(languageOf('sigma')!.parse(detection.query!.text)), [event]).length > 0;
}

/** A filter is joined to its rules by the bridge, and not by whoever matches them. */
const filtered = 'sigma-vec/rsigma/filter_two_selections';

describe.skipIf(without)('Sigma finds what other engines find (set CORPUS to run)', () => {
  test.each(vectors.filter(({ id }) => id !== filtered).map((one) => [one.id, one] as const))(
    '%s',
    (_, { rules_yaml, events }) => {
      const { rules } = must(read(rules_yaml, { format: 'sigma' }));
      expect(events.map(({ event }) => rules.some((rule) => matches(rule, event)))).toEqual(
        events.map((one) => one.match),
      );
    },
  );
});
