import {
  type ConvertedRule,
  type Diagnostic,
  type Fidelity,
  type Finding,
  findingOf,
  positions,
  reportOf,
} from '../../index.ts';
import type { FileConversion } from '../file-conversion.ts';
import { withChanges } from './changes.ts';
import type { Entry, RuleEntry } from './manifest.ts';
import type { FileState, MigratedRule, MigratedTarget } from './model.ts';
import type { Settled } from './targets.ts';

/** What is said of something that is not of the text that was read. */
export function findingsAt(path: string, diagnostics: readonly Diagnostic[], text = ''): readonly Finding[] {
  const place = positions(text);
  return diagnostics.map((found) => findingOf(found, path, place));
}

export function findingsIn(
  { file, text }: FileConversion,
  diagnostics: readonly Diagnostic[],
): readonly Finding[] {
  const place = positions(text);
  return diagnostics.map((found) => findingOf(found, file.below, place));
}

/** Rules as they were cast, and what is otherwise in what they became. */
export function rulesTold(
  rules: readonly ConvertedRule[],
  { file, text }: FileConversion,
  outs: readonly (string | undefined)[],
  targets: readonly MigratedTarget[],
  isBundled = false,
): readonly MigratedRule[] {
  const place = positions(text);
  return rules.map((rule, index) => {
    const out = outs[index];
    const { path: _, ...report } = reportOf(rule, file.below, place, out);
    const target = out === undefined ? undefined : targets.find(({ path }) => path === out);
    const isAlone = !isBundled && outs.filter((one) => one === out).length === 1;
    return withChanges(report, rule.written, target?.changes, isAlone);
  });
}

/** A rule that was not cast again. */
export function ruleKnown({ target, ...rule }: RuleEntry): MigratedRule {
  return { ...rule, ...(target !== undefined && { out: target }), diagnostics: [] };
}

export function targetTold(path: string, settled: Settled, from?: string): MigratedTarget {
  const { state, diagnostics, text, changes } = settled;
  const hasMoved = from !== undefined && from !== path;
  const message = `The file stood at ${from} before; it followed its source.`;
  const all = hasMoved ? [{ code: 'migrate/moved', message } as const, ...diagnostics] : diagnostics;
  const isPlaced = text !== undefined && all.some(({ span }) => span);
  return {
    path,
    state,
    ...(hasMoved && { from }),
    diagnostics: findingsAt(path, all, text),
    ...(isPlaced && { text }),
    ...(changes && { changes }),
  };
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
