import type { ConvertedRule } from '../convert/conversion.ts';
import { type Fidelity, fidelities } from '../convert/fidelity.ts';
import type { Proof } from '../convert/proof.ts';
import { codes, type Level } from '../diagnostic/codes.ts';
import type { Diagnostic, Effect } from '../diagnostic/diagnostic.ts';
import type { Position } from '../source/source.ts';

/** A finding as machines and people are told of it: with its level and its place in a file. */
export interface Finding {
  readonly code: string;
  readonly level: Level;
  readonly effect?: Effect;
  readonly message: string;
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
  /** The place in the rule, where there is one: `rule.severity`. */
  readonly at?: string;
  /** The field of the events that it is about. */
  readonly field?: string;
  /** A second place that it is about. */
  readonly also?: { readonly path: string } & Position;
}

/** One rule of a run, as `--json` prints it. */
export interface RuleReport {
  readonly path: string;
  readonly id?: string;
  readonly title: string;
  readonly fidelity: Fidelity;
  /** How it stands to what was read, with events that show a difference. */
  readonly proof?: Proof;
  readonly text: string;
  readonly out?: string;
  readonly diagnostics: readonly Finding[];
}

/** A file of a run that holds filters or exceptions alone, as `--json` prints it. */
export interface ExclusionsReport {
  readonly path: string;
  readonly title: '';
  /** How many were written; none where they go with the rules they are for, or were refused. */
  readonly exclusions: number;
  readonly fidelity: Fidelity;
  readonly text: string;
  readonly out?: string;
  readonly diagnostics: readonly Finding[];
}

/**
 * How many rules of a run came to which grade; how many files hold filters or exceptions alone, were passed
 * over, or could not be written.
 */
export type Summary = {
  readonly rules: number;
  readonly exclusions?: number;
  readonly ignored?: number;
  readonly unwritten?: number;
} & { readonly [F in Fidelity]: number };

/** Lines and columns of a text, as `positions` counts them. */
export type Place = (offset: number) => Position;

/** A finding in a file, counted in lines and columns. */
export function findingOf(
  { code, effect, message, span, path: at, field, also }: Diagnostic,
  path: string,
  place: Place,
): Finding {
  return {
    code,
    level: codes[code].level,
    ...(effect !== undefined && { effect }),
    message,
    path,
    ...(span && place(span.start)),
    ...(at !== undefined && { at }),
    ...(field !== undefined && { field }),
    ...(also && { also: { path, ...also } }),
  };
}

/** What `--json` prints of a rule. */
export function reportOf(rule: ConvertedRule, path: string, place: Place, out?: string): RuleReport {
  return {
    path,
    ...(rule.id !== undefined && { id: rule.id }),
    title: rule.title,
    fidelity: rule.fidelity,
    ...(rule.proof && { proof: rule.proof }),
    text: rule.text,
    ...(out !== undefined && { out }),
    diagnostics: rule.diagnostics.map((found) => findingOf(found, path, place)),
  };
}

/** How many rules came to each grade. */
export function summarize(grades: Iterable<Fidelity>): Summary {
  const counts = Object.fromEntries(fidelities.map((fidelity) => [fidelity, 0])) as Record<Fidelity, number>;
  let rules = 0;
  for (const grade of grades) {
    rules += 1;
    counts[grade] += 1;
  }
  return { rules, ...counts };
}
