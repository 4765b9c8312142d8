import type { Diagnostic, Effect } from '../diagnostic/diagnostic.ts';

/** The grade of one conversion, best first. What each means stands in the manual. */
export const fidelities = [
  'identical',
  'equivalent',
  'broader',
  'narrower',
  'approximate',
  'carried',
  'refused',
  'failed',
] as const;

/** The grade of a conversion, which follows from what was lost and what the proof says. */
export type Fidelity = (typeof fidelities)[number];

/** The grade that the losses of a written rule come to; `untouched` if its query was not translated. */
export function gradeOf(losses: readonly Pick<Diagnostic, 'effect'>[], untouched: boolean): Fidelity {
  const effects = new Set(losses.map((loss) => loss.effect).filter((effect) => effect !== undefined));
  const changed = (['broader', 'narrower', 'approximate'] as const).filter((effect) => effects.has(effect));
  if (changed.length > 1) return 'approximate';
  if (changed[0] !== undefined) return changed[0];
  return untouched && effects.size === 0 ? 'identical' : 'equivalent';
}

/** The effects a user may accept. */
export const acceptable = [
  'broader',
  'narrower',
  'approximate',
  'carried',
] as const satisfies readonly Effect[];
/** An effect that a user may allow. */
export type Acceptable = (typeof acceptable)[number];
