import { describe, expect, test } from 'vitest';

import { match } from '../../src/match/match.ts';
import { without } from '../support/corpus.ts';
import { recordings, searchOf, sigmaEvent } from '../support/recordings.ts';

describe.skipIf(without)('rules of Sigma match what was recorded for them (set CORPUS to run)', () => {
  test.each(recordings().map((one) => [one.name, one] as const))('%s', (_, { rule, events }) => {
    expect(match(searchOf(rule), events.map(sigmaEvent)).length).toBeGreaterThan(0);
  });
});
