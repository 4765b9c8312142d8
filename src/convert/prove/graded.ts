import type { Diagnostic, Effect } from '../../diagnostic/diagnostic.ts';
import type { Relation } from '../../proof/relation.ts';
import { type Fidelity, gradeOf } from '../fidelity.ts';
import type { Proof } from '../proof.ts';

/** What a proof makes of a conversion that was graded by its losses. */
export interface Graded {
  readonly fidelity: Fidelity;
  /** Findings of the proof itself. */
  readonly findings: readonly Diagnostic[];
}

/**
 * The grade that losses and proof come to: the worse of the two. A difference that no loss tells of is a fault of ours; what could
 * not be proved may be anything.
 */
export function graded(proof: Proof, losses: readonly Diagnostic[], untouched: boolean): Graded {
  const { relation } = proof;
  if (relation === 'equal') return { fidelity: gradeOf(losses, untouched), findings: [] };
  if (relation === 'unknown') {
    const findings = [notProved(proof)];
    return { fidelity: gradeOf([...losses, ...findings], untouched), findings };
  }
  const told = new Set(losses.map(({ effect }) => effect));
  if (!isTold(relation, told)) return { fidelity: 'failed', findings: [unreported(relation)] };
  return { fidelity: gradeOf([...losses, { effect: effectOf[relation] }], untouched), findings: [] };
}

type Difference = Exclude<Relation, 'equal' | 'unknown'>;

const effectOf = {
  broader: 'broader',
  narrower: 'narrower',
  overlapping: 'approximate',
  disjoint: 'approximate',
} as const satisfies Record<Difference, Effect>;

/** Whether the losses lead one to expect the difference. */
function isTold(relation: Difference, told: ReadonlySet<Effect | undefined>): boolean {
  if (told.has('approximate')) return true;
  const [more, less] = [told.has('broader'), told.has('narrower')];
  if (relation === 'broader') return more;
  return relation === 'narrower' ? less : more && less;
}

function notProved({ because = 'its kind is not compared' }: Proof): Diagnostic {
  const message = `It could not be found out whether the rule means the same as what was read, since ${because}; it counts as approximate.`;
  return { code: 'proof/unproved', effect: 'approximate', message };
}

const differing = {
  broader: 'matches more than what was read',
  narrower: 'matches less than what was read',
  overlapping: 'matches other events than what was read',
  disjoint: 'matches no event that what was read matches',
} as const satisfies Record<Difference, string>;

/** A text that its own format can not read is none that anybody should have. */
export function unreadable(why: string): Diagnostic {
  const message = `The text written for this rule can not be read back (${why}); it was thrown away. Please report this.`;
  return { code: 'proof/unreported-difference', message };
}

function unreported(relation: Difference): Diagnostic {
  const message = `The text written for this rule ${differing[relation]}, which no finding tells of; it was thrown away. Please report this.`;
  return { code: 'proof/unreported-difference', message };
}
