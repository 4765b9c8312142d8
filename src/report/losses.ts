import type { Fidelity } from '../convert/fidelity.ts';
import type { Proof } from '../convert/proof.ts';
import type { Finding } from './report.ts';
import { tellsApart } from './verdict.ts';

/** What losses are counted of: a rule, or a file as a whole. */
export interface Graded {
  readonly path: string;
  readonly id?: string;
  readonly title: string;
  readonly fidelity: Fidelity;
  readonly diagnostics: readonly Finding[];
  readonly proof?: Proof;
}

/** How many times what was lost, by a name for it that no change of lines changes. */
export type Losses = ReadonlyMap<string, number>;

/**
 * `loss/mapping broader`: the code of a finding that has an effect, and its effect. A rule that was not written is
 * one loss, whatever else is told of it.
 */
export function lossesOf({ fidelity, diagnostics }: Graded): Losses {
  const losses = new Map<string, number>();
  if (isUnwritten(fidelity)) return losses.set(fidelity, 1);
  for (const { code, effect } of diagnostics) {
    const name = `${code} ${effect}`;
    if (effect) losses.set(name, (losses.get(name) ?? 0) + 1);
  }
  return losses;
}

/** With the verdict, where that says that other events are found: it may get worse while all else stays. */
export function lossesAndVerdict(of: Graded): Losses {
  const { proof, fidelity } = of;
  const losses = lossesOf(of);
  if (!tellsApart(proof) || isUnwritten(fidelity)) return losses;
  return new Map([...losses, [`verdict ${proof.relation}`, 1]]);
}

export function isVerdict(loss: string): boolean {
  return loss.startsWith('verdict ');
}

export function countOf(losses: Losses): number {
  return [...losses.values()].reduce((sum, count) => sum + count, 0);
}

export function isUnwritten(fidelity: Fidelity): boolean {
  return fidelity === 'refused' || fidelity === 'failed';
}
