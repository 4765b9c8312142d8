import { describe, expect, test } from 'vitest';

import { eql } from '../../src/languages/eql/index.ts';
import { match } from '../../src/match/match.ts';
import { cases, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';

interface SequenceCase {
  readonly id: string;
  readonly equivalent_query: string;
  readonly events: readonly {
    readonly id: string;
    readonly stage: number;
    readonly ts: number;
    readonly key: unknown;
  }[];
  readonly expected_sequences: readonly { readonly events: readonly string[] }[];
}

const judged = cases<SequenceCase>('eql-sequence-cases.jsonl');

describe.skipIf(without)(
  'EQL completes the sequences that Elasticsearch completes (set CORPUS to run)',
  () => {
    test.each(judged.map((one) => [one.id, one] as const))('%s', (_, one) => {
      const { events, equivalent_query, expected_sequences } = one;
      const found = match(must(eql.parse(equivalent_query)), events, { timestampField: 'ts' });
      const names = found.map((each) => each.events.map((at) => events[at]!.id));
      expect(names.sort()).toEqual(expected_sequences.map((each) => [...each.events]).sort());
    });
  },
);
