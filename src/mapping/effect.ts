import type { Effect } from '../diagnostic/diagnostic.ts';

/** What an effect on a test does to the rule: under a negation, more becomes less. */
export function underNegation(effect: Effect): Effect {
  if (effect === 'broader') return 'narrower';
  return effect === 'narrower' ? 'broader' : effect;
}

/** What two effects make together. */
export function together(a: Effect | undefined, b: Effect | undefined): Effect | undefined {
  if (a === undefined || a === b) return b ?? a;
  return b === undefined ? a : 'approximate';
}
