import type { Diagnostic, Outcome, Report } from './diagnostic.ts';

/** Leaves a parser or printer from any depth. It never gets past `attempt`. */
export class Failure extends Error {
  readonly diagnostics: readonly Diagnostic[];

  /** Findings, or lists of them, which may be of any length. */
  constructor(...found: readonly (Diagnostic | readonly Diagnostic[])[]) {
    const diagnostics = found.flat();
    super(diagnostics[0]?.message);
    this.diagnostics = diagnostics;
  }
}

/** Runs the work inside a room, and hands what came of it out of the door as a value. */
export function attempt<T>(work: (report: Report) => T): Outcome<T> {
  const diagnostics: Diagnostic[] = [];
  try {
    const value = work((found) => diagnostics.push(found));
    return { ok: true, value, diagnostics };
  } catch (error) {
    if (error instanceof Failure) return { ok: false, diagnostics: [...diagnostics, ...error.diagnostics] };
    throw error; // A fault of ours, not of the text.
  }
}

/** The value of an outcome, its findings passed on; what failed there fails here. */
export function need<T>(outcome: Outcome<T>, report: Report): T {
  if (!outcome.ok) throw new Failure(outcome.diagnostics);
  outcome.diagnostics.forEach(report);
  return outcome.value;
}
