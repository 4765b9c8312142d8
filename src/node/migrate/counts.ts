import { type Fidelity, fidelities } from '../../index.ts';
import type { Entry } from './manifest.ts';
import type { MigrationSummary } from './model.ts';

/** How many rules have which grade; a file that could not be read counts as one that failed. */
export function countsOf(
  entries: readonly Entry[],
): Pick<MigrationSummary, 'rules' | 'grades' | 'exclusions'> {
  const counts = Object.fromEntries(fidelities.map((grade) => [grade, 0])) as Record<Fidelity, number>;
  const alone = entries.filter(({ rules }) => rules.length === 0);
  const failed = alone.filter(({ fidelity }) => fidelity === 'failed');
  const grades = [
    ...entries.flatMap(({ rules }) => rules.map((rule) => rule.fidelity)),
    ...failed.map(() => 'failed' as const),
  ];
  for (const grade of grades) counts[grade] += 1;
  return { rules: grades.length, grades: counts, exclusions: alone.length - failed.length };
}
