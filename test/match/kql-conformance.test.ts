import { describe, expect, test } from 'vitest';

import { kql } from '../../src/languages/kql/index.ts';
import type { Event } from '../../src/match/event.ts';
import { match } from '../../src/match/match.ts';
import { cases, without } from '../support/corpus.ts';
import { must } from '../support/laws.ts';

interface KqlCase {
  readonly id: string;
  readonly kind: string;
  readonly expression: string;
  readonly document: Event;
  readonly expected_match: boolean;
  readonly divergent?: boolean;
}

const judged = cases<KqlCase>('kql-cases.jsonl').filter(
  ({ kind, divergent }) => kind === 'match' && !divergent,
);

describe.skipIf(without)('KQL finds the events that Kibana finds (set CORPUS to run)', () => {
  test.each(judged.map((one) => [`${one.id} ${one.expression}`, one] as const))('%s', (_, one) => {
    const types = new Map([['ip', 'ip']] as const);
    const found = match(must(kql.parse(one.expression)), [one.document], { types });
    expect(found.length > 0).toBe(one.expected_match);
  });
});
