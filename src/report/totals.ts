import { type Becoming, becomings } from '../convert/ledger/ledger.ts';
import { type Relation, relations } from '../proof/relation.ts';
import type { Summary } from './report.ts';
import type { RuleLedger, Run } from './run.ts';

/** How many of each there are; those of which there are none are left out. */
export type Counts<K extends string> = readonly (readonly [K, number])[];

export function rulesOf({ files }: Pick<Run, 'files'>): readonly RuleLedger[] {
  return files.flatMap(({ rules }) => rules);
}

export function gradesIn({ rules: _, exclusions, ignored, unwritten, ...grades }: Summary): Counts<string> {
  return Object.entries(grades).filter(([, count]) => (count as number) > 0) as [string, number][];
}

export function verdictsIn(rules: readonly RuleLedger[]): Counts<Relation> {
  const given = rules.flatMap(({ proof }) => proof?.relation ?? []);
  return counted(relations, given);
}

export function becomingsIn(rules: readonly RuleLedger[]): Counts<Becoming> {
  return counted(
    becomings,
    rules.flatMap(({ ledger }) => ledger.map(({ became }) => became)),
  );
}

function counted<K extends string>(words: readonly K[], found: readonly K[]): Counts<K> {
  const counts = new Map<K, number>();
  for (const word of found) counts.set(word, (counts.get(word) ?? 0) + 1);
  return words.flatMap((word) => (counts.has(word) ? [[word, counts.get(word)!] as const] : []));
}

/** `3 kept, 1 widened` */
export function inWords(counts: Counts<string>): string {
  return counts.map(([word, count]) => `${count} ${word}`).join(', ');
}
