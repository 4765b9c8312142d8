import { join } from 'node:path';

import { type Finding, fidelities, inLine, type RuleChange, type Summary } from '../index.ts';
import type { MigratedFile, MigratedTarget, MigrationSummary, TargetState } from '../node/migrate/model.ts';
import type { Unwritten } from '../node/writer.ts';
import { isRemoval, linesOfChanges } from './tell-changes.ts';
import { byLevel, paint, printJson, say, tell } from './terminal.ts';

/** What a migration came to. */
export interface Migrated {
  readonly summary: MigrationSummary;
  /** How many files have a target that somebody has to look at. */
  readonly problems: number;
  /** How many rules are refused as they were before. */
  readonly known: number;
}

interface Manner {
  readonly source: string;
  readonly target: string;
  readonly isDry: boolean;
  readonly json: boolean;
  readonly verbose: boolean;
}

export function tellFile(file: MigratedFile, manner: Manner): void {
  if (manner.json) tellMachines(file, manner);
  else tellPeople(file, manner);
}

/** An object for each rule; one for a file without any, and one for each target that no rule stands in. */
function tellMachines(file: MigratedFile, { source, target }: Manner): void {
  const path = join(source, file.path);
  const states = new Map(file.targets.map((one) => [one.path, one]));
  const named = new Set(file.rules.map(({ out }) => out));
  const here = placed(file.diagnostics, source);
  file.rules.forEach(({ id, title, fidelity, proof, text, out, changes, diagnostics }, index) => {
    const about = states.get(out ?? '');
    if (out !== undefined) states.delete(out);
    printJson({
      path,
      ...(id !== undefined && { id }),
      title,
      fidelity,
      ...(proof && { proof }),
      ...(text !== undefined && { text }),
      ...(out !== undefined && { out: join(target, out) }),
      state: about?.state ?? stateAlone(file, out),
      ...told([...(changes ?? []), ...removedFrom(about)]),
      diagnostics: [...(index === 0 ? here : []), ...placed(diagnostics, source), ...ofTarget(about, target)],
    });
  });
  const others = file.targets.filter((one) => !named.has(one.path));
  const { state, reason, fidelity } = file;
  const alone = { path, title: '', ...(fidelity && { fidelity }), ...(reason !== undefined && { reason }) };
  if (file.rules.length + others.length === 0) printJson({ ...alone, state, diagnostics: here });
  others.forEach((one, index) => {
    const about = file.rules.length + index === 0 ? here : [];
    const out = join(target, one.path);
    const found = told(one.changes ?? []);
    printJson({
      ...alone,
      out,
      state: one.state,
      ...found,
      diagnostics: [...about, ...ofTarget(one, target)],
    });
  });
}

/** A rule whose target was told of with another of its file, or that has none. */
function stateAlone({ state, targets }: MigratedFile, out: string | undefined): string {
  return (
    targets.find(({ path }) => path === out)?.state ??
    (out === undefined && state !== 'failed' ? 'refused' : state)
  );
}

function told(changes: readonly RuleChange[]): { readonly changes?: readonly RuleChange[] } {
  return changes.length > 0 ? { changes } : {};
}

/** Rules that are there no more have no object of their own: they are told with the first of their file. */
function removedFrom(target: MigratedTarget | undefined): readonly RuleChange[] {
  return (target?.changes ?? []).filter(isRemoval);
}

function ofTarget(target: MigratedTarget | undefined, root: string): readonly Finding[] {
  return target === undefined ? [] : placed(target.diagnostics, root);
}

function placed(findings: readonly Finding[], root: string): readonly Finding[] {
  return findings.map((found) => ({ ...found, path: join(root, found.path) }));
}

function tellPeople(file: MigratedFile, manner: Manner): void {
  const { source, target, verbose, isDry } = manner;
  const shown = (findings: readonly Finding[]) => findings.filter(({ level }) => verbose || level !== 'note');
  const inSource = shown([file, ...file.rules].flatMap(({ diagnostics }) => diagnostics));
  const inTarget = shown(file.targets.flatMap(({ diagnostics }) => diagnostics));
  const text = file.text ?? '';
  for (const found of [...placed(inSource, source)].sort(byLevel)) tell(found, text);
  const texts = new Map(file.targets.map((one) => [join(target, one.path), one.text ?? '']));
  for (const found of placed(inTarget, target)) tell(found, texts.get(found.path) ?? '');
  if (verbose && file.diagnostics.length === 0) say(lineOf(file, source), 'note');
  for (const one of file.targets) tellTarget(one, isDry);
}

/** `rules/a.md: ignored (its ending is none of a rule file)` */
function lineOf({ path, state, reason }: MigratedFile, source: string): string {
  return inLine(`${join(source, path)}: ${state}${reason === undefined ? '' : ` (${reason})`}`);
}

/** What would become of a target, and what is otherwise in it where that was asked for; nothing of one that stays as it is. */
function tellTarget({ path, state, from, changes }: MigratedTarget, isDry: boolean): void {
  const moved = from === undefined ? '' : ` (from ${from})`;
  if (changes) process.stdout.write(linesOfChanges(`${state} ${path}${moved}`, changes));
  else if (isDry && (state !== 'same' || moved !== ''))
    process.stdout.write(`${inLine(`${state} ${path}${moved}`)}\n`);
}

export function tellUnwritten({ path, reason }: Unwritten): void {
  const message = `The file could not be written: ${reason}. What stood there before still does.`;
  tell({ code: 'write/failed', level: 'error', message, path }, '');
}

/** The totals: for reports those of rules alone, for machines all. */
export function summaryOf({ rules, grades, exclusions, files, targets, changes }: MigrationSummary): {
  readonly grades: Summary;
  readonly all: object;
} {
  const counted = { rules, ...grades, ...(exclusions > 0 && { exclusions }) };
  return { grades: counted, all: { ...counted, files, targets, changes } };
}

/** How people are told of targets, in this order. */
const words = {
  written: 'written',
  updated: 'updated',
  restored: 'written again',
  merged: 'merged',
  theirs: 'written anew over changes by hand',
  same: 'up to date',
  taken: 'up to date by hand',
  adopted: 'taken over as they were',
  kept: 'changed by hand and kept',
  ours: 'kept against the source',
  conflict: 'in conflict',
  deleted: 'deleted by hand',
  left: 'of an earlier text',
  'source-gone': 'without a source',
  pruned: 'removed',
  occupied: 'not written, as another file stands there',
  unwritten: 'that could not be written',
} as const satisfies Record<TargetState, string>;

export function printSummary({ summary, known }: Migrated, { target, isDry, verbose }: Manner): void {
  const { rules, grades, files, targets, exclusions } = summary;
  for (const found of placed(summary.diagnostics, target)) tell(found, '');
  const graded = fidelities.filter((grade) => grades[grade] > 0).map((grade) => `${grades[grade]} ${grade}`);
  const states = (Object.keys(words) as TargetState[]).filter((state) => (targets[state] ?? 0) > 0);
  const standing = states.map((state) => `${targets[state]} ${words[state]}`);
  say(
    [
      `${paint(countOf(rules, 'rule'), 'bold')}${graded.length > 0 ? `: ${graded.join(', ')}` : ''}.`,
      exclusions > 0 ? `${countOf(exclusions, 'file')} of filters or exceptions alone.` : '',
      standing.length > 0 ? `${isDry ? 'Files would be' : 'Files'}: ${standing.join(', ')}.` : '',
      files.ignored > 0
        ? `${countOf(files.ignored, 'file')} passed over${verbose ? '' : ' (--verbose names them)'}.`
        : '',
      known > 0 ? `${countOf(known, 'rule')} refused as before (--again tells why).` : '',
      isDry ? 'Nothing was written.' : `Written to ${target}.`,
    ]
      .filter((one) => one !== '')
      .join(' '),
  );
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
