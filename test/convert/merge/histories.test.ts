import { expect, test } from 'vitest';

import { changelog, merge } from '../../../src/index.ts';
import { edited, histories } from './histories.ts';

test.each(histories)('$name', ({ base, ours, theirs, merged, conflicts = [] }) => {
  const here = edited(base, ours);
  const outcome = merge({ base, ours: here, theirs: edited(base, theirs) });
  expect(outcome.diagnostics).toEqual([]);
  if (!outcome.ok) throw new Error('Nothing was merged.');
  expect(outcome.value.conflicts.map(({ message }) => message)).toEqual(conflicts);
  expect(outcome.value.text).toBe(edited(here, merged));
});

test.each(histories)('upstream: $name', ({ base, theirs, upstream }) => {
  const outcome = changelog(base, edited(base, theirs));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.diagnostics));
  expect(outcome.value.map(({ message }) => message)).toEqual(upstream);
});
