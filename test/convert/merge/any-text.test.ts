import fc from 'fast-check';
import { expect, test } from 'vitest';

import { changelog, merge } from '../../../src/index.ts';
import { told } from '../../support/outcome.ts';
import * as texts from './texts.ts';

const all = [
  texts.eql,
  texts.kql,
  texts.esql,
  texts.threshold,
  texts.sequence,
  texts.newTerms,
  texts.indicators,
  texts.sigma,
  texts.correlation,
  texts.kibana,
];

const put = ['', 'x', '"', ':', ' and ', '\n', '{', '[', '-', '\\', 'not ', '(', '\u0000', '\r'];

/** A text with a few signs gone, and others in their place. */
const torn = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(12), fc.constantFrom(...put))
  .map(([at, gone, come]) => (text: string) => {
    const start = Math.floor(at * text.length);
    return text.slice(0, start) + come + text.slice(start + gone);
  });

test('whatever was done to the three texts, it ends in an outcome, with sentences', () => {
  let merged = 0;
  fc.assert(
    fc.property(fc.constantFrom(...all), torn, torn, (base, here, there) => {
      const [ours, theirs] = [here(base), there(base)];
      const outcome = merge({ base, ours, theirs });
      for (const one of outcome.diagnostics)
        expect(told({ ...one, span: undefined } as never, ours)).toBe('');
      for (const { message } of outcome.ok ? outcome.value.conflicts : [])
        expect(message).toMatch(/^[A-Z].*\.$/s);
      if (outcome.ok) merged += 1;
      const said = changelog(base, ours);
      for (const { message } of said.ok ? said.value : []) expect(message.length).toBeLessThan(1500);
    }),
    { numRuns: 300 },
  );
  expect(merged).toBeGreaterThan(10);
});
