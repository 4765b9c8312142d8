import { type Fidelity, fidelities } from '../convert/fidelity.ts';
import { countOf, type Graded, lossesOf } from './losses.ts';

/** What was asked of a run as a whole. It is closed where something stops it. */
export interface Gate {
  /** As it was asked: `--max-loss equivalent`. */
  readonly asked: string;
  readonly stops: readonly Stop[];
}

/** Why a gate is closed: one sentence, and the rule that it is about. */
export interface Stop {
  readonly message: string;
  readonly path?: string;
  readonly id?: string;
  readonly title?: string;
}

/** The worst grade that a rule may come to, or how many losses a run may have. */
export type MaxLoss = Fidelity | number;

/** A rule that was not written never passes a grade. */
export const passing = fidelities.filter((grade) => grade !== 'refused' && grade !== 'failed');

/** Whether a run lost more than it may: grades worse than the worst that passes, or more losses than a number. */
export function maxLossGate(most: MaxLoss, rules: readonly Graded[]): Gate {
  const asked = `--max-loss ${most}`;
  return { asked, stops: typeof most === 'number' ? overCount(most, rules) : belowGrade(most, rules) };
}

function overCount(most: number, rules: readonly Graded[]): readonly Stop[] {
  const count = rules.reduce((sum, rule) => sum + countOf(lossesOf(rule)), 0);
  if (count <= most) return [];
  const allowed = most === 0 ? 'none is allowed' : `at most ${most} ${most === 1 ? 'is' : 'are'} allowed`;
  return [{ message: `The run has ${count} ${count === 1 ? 'loss' : 'losses'}, and ${allowed}.` }];
}

function belowGrade(worst: Fidelity, rules: readonly Graded[]): readonly Stop[] {
  return rules
    .filter(({ fidelity }) => fidelities.indexOf(fidelity) > fidelities.indexOf(worst))
    .map((rule) => stopAt(rule, `The rule came to ${rule.fidelity}, and ${worst} is the worst that passes.`));
}

export function stopAt({ path, id, title }: Graded, message: string): Stop {
  return { message, path, title, ...(id !== undefined && { id }) };
}
