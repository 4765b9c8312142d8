import {
  type ConvertedRule,
  type Diagnostic,
  type Fidelity,
  type Finding,
  findingOf,
  positions,
  reportOf,
} from '../../index.ts';
import type { FileConversion } from '../casting-run.ts';
import type { Entry, RuleEntry } from './manifest.ts';
import type { FileState, MigratedRule, MigratedTarget } from './model.ts';
import type { Settled } from './targets.ts';

/** What is said of something that has no place in a text. */
export function findingsAt(path: string, diagnostics: readonly Diagnostic[]): readonly Finding[] {
  const place = positions('');
  return diagnostics.map((found) => findingOf(found, path, place));
}

export function findingsIn(
  { file, text }: FileConversion,
  diagnostics: readonly Diagnostic[],
): readonly Finding[] {
  const place = positions(text);
  return diagnostics.map((found) => findingOf(found, file.below, place));
}

export function ruleTold(
  rule: ConvertedRule,
  { file, text }: FileConversion,
  out: string | undefined,
): MigratedRule {
  const { path: _, ...report } = reportOf(rule, file.below, positions(text), out);
  return report;
}

/** A rule that was not cast again. */
export function ruleKnown({ target, ...rule }: RuleEntry): MigratedRule {
  return { ...rule, ...(target !== undefined && { out: target }), diagnostics: [] };
}

export function targetTold(path: string, { state, diagnostics }: Settled, from?: string): MigratedTarget {
  if (from === undefined || from === path) return { path, state, diagnostics: findingsAt(path, diagnostics) };
  const moved = {
    code: 'migrate/moved',
    message: `The file stood at ${from} before; it followed its source.`,
  } as const;
  return { path, state, from, diagnostics: findingsAt(path, [moved, ...diagnostics]) };
}

/** What a file came to, by the grades of its rules; of one without rules, by its own. */
export function stateOf({ rules, fidelity }: Pick<Entry, 'rules' | 'fidelity'>): FileState {
  const grades: readonly Fidelity[] =
    fidelity === undefined ? rules.map((rule) => rule.fidelity) : [fidelity];
  const written = grades.filter((grade) => grade !== 'refused' && grade !== 'failed');
  if (written.length === 0 && grades.includes('failed')) return 'failed';
  if (written.length === 0 && grades.length > 0) return 'refused';
  return written.length > 0 && written.every((grade) => grade === 'carried') ? 'carried' : 'converted';
}
