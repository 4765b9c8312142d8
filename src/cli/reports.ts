import { resolve } from 'node:path';

import {
  type FileReport,
  findingOf,
  formOfFile,
  type Graded,
  nearest,
  type ReportForm,
  type RuleLedger,
  type Run,
  reportForms,
  reportOf,
  ruleLedger,
} from '../index.ts';
import type { FileConversion } from '../node/convert-files.ts';
import { placeIn } from '../node/file-conversion.ts';
import type { Writing } from '../node/writer.ts';
import { UsageError } from './usage.ts';

interface Wanted {
  readonly form: ReportForm;
  /** Undefined: to standard error. */
  readonly path?: string;
}

/** What is kept of a run for reports and gates: nothing, unless one of them is asked for. */
export class Reports {
  readonly files: FileReport[] = [];
  readonly graded: Graded[] = [];
  readonly #wanted: readonly Wanted[];
  readonly #counts: boolean;

  /** `others` are files that a report must not take the place of. */
  constructor(named: readonly string[] | undefined, counts: boolean, others: readonly string[]) {
    this.#wanted = (named ?? []).map(wantedBy);
    this.#counts = counts;
    checkFree(
      this.#wanted.flatMap(({ path }) => path ?? []),
      others,
    );
  }

  /** Whether anything of what is cast is wanted. */
  get areWanted(): boolean {
    return this.#wanted.length > 0 || this.#counts;
  }

  take(conversion: FileConversion, outs: readonly (string | undefined)[]): void {
    if (!this.areWanted) return;
    const { file, text, outcome, options, part } = conversion;
    const place = placeIn(conversion);
    const { path } = file;
    const findings = outcome.diagnostics.map((found) => findingOf(found, path, place));
    const rules = outcome.ok ? outcome.value.rules : [];
    const fidelity = outcome.ok ? outcome.value.fidelity : 'failed';
    if (fidelity !== undefined) this.graded.push({ path, title: '', fidelity, diagnostics: findings });
    for (const rule of rules) this.graded.push(reportOf(rule, path, place));
    if (this.#wanted.length === 0) return;
    const known = { text, options, rules };
    const ledgers = rules.map((rule, index): RuleLedger => ruleLedger(rule, known, path, place, outs[index]));
    const last = this.files.at(-1);
    if (part !== undefined && last?.path === path) this.files.pop();
    const before = part !== undefined && last?.path === path ? last : { findings: [], rules: [] };
    this.files.push({
      path,
      ...(fidelity !== undefined && { fidelity }),
      findings: [...before.findings, ...findings],
      rules: [...before.rules, ...ledgers],
    });
  }

  /** Prints what was asked for, and has it written. */
  write(run: Omit<Run, 'files'>, put: (writing: Writing) => void): void {
    for (const { form, path } of this.#wanted) {
      const text = form.print({ ...run, files: this.files });
      if (path === undefined) process.stderr.write(text);
      else put({ path, text });
    }
  }
}

/** Fails where one of the paths is among the others already, or is named twice. */
export function checkFree(paths: readonly string[], others: readonly string[]): void {
  const taken = new Set(others.map((path) => resolve(path)));
  for (const path of paths) {
    if (taken.has(resolve(path))) {
      throw new UsageError(`${path} is a file of this run already; nothing else takes its place.`);
    }
    taken.add(resolve(path));
  }
}

/** Where in the name of a report its path starts. */
export function reportPathAt(named: string): number | undefined {
  return named === 'github' ? undefined : (/^[a-z]+=(?=.)/.exec(named)?.[0].length ?? 0);
}

/** `losses.html`; `markdown=summary`, where a name does not say it; `github` alone. */
export function wantedBy(named: string): Wanted {
  if (named === 'github') return { form: reportForms.find(({ id }) => id === 'github')! };
  const [, word, path] = /^([a-z]+)=(.+)$/s.exec(named) ?? [];
  const said = reportForms.find(({ id }) => id === word);
  if (said && path !== undefined) return { form: said, path };
  const form = formOfFile(named);
  if (form) return { form, path: named };
  const meant =
    path === undefined
      ? undefined
      : nearest(
          word!,
          reportForms.map(({ id }) => id),
        );
  if (meant !== undefined)
    throw new UsageError(`There is no report called ${word}; did you mean ${meant}=${path}?`);
  const endings = reportForms.flatMap(({ endings: [ending] }) => ending ?? []).join(', ');
  throw new UsageError(
    `The name ${named} does not say which report it is for; it ends with ${endings}, or says it as in markdown=${named}.`,
  );
}
