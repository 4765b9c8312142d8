import type { Diagnostic } from '../../index.ts';

/** A migration that can not begin, or go on: nothing was changed by what is said here. */
export class MigrationFailure extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(...diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(({ message }) => message).join('\n'));
    this.diagnostics = diagnostics;
  }
}

export function failing(code: Diagnostic['code'], message: string): MigrationFailure {
  return new MigrationFailure({ code, message });
}
