import { realpathSync, statSync } from 'node:fs';

import { type Diagnostic, type FormatId, tidy } from '../index.ts';
import type { InputFile } from '../node/files.ts';
import { type Unwritten, writeOr } from '../node/writer.ts';

/** What came of a file that was to be laid out in house style. */
export interface Fix {
  /** What stands in the file now. */
  readonly text: string;
  readonly isFixed: boolean;
  /** Why it was not, where that is worth a word. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Lays out a file where it stands, links followed. What cannot be read stays, and has faults to tell of that. */
export function fix({ path, named }: InputFile, text: string, format: FormatId | undefined): Fix {
  const outcome = tidy(text, format === undefined ? {} : { format });
  const left = (diagnostics: readonly Diagnostic[]) => ({ text, isFixed: false, diagnostics });
  if (!outcome.ok) return left(outcome.diagnostics.filter(({ code }) => code === 'style/not-relaid'));
  if (outcome.value === text) return left(named ? outcome.diagnostics : []);
  const reason = statSync(path).isFile() ? writeInPlace(path, outcome.value) : 'it is no plain file';
  if (reason !== undefined) return left([notWritten(reason)]);
  return { text: outcome.value, isFixed: true, diagnostics: [] };
}

/** Gives what the system says against it. */
function writeInPlace(path: string, text: string): string | undefined {
  const unwritten: Unwritten[] = [];
  writeOr(unwritten, { path: realpathSync(path), text });
  return unwritten[0]?.reason;
}

function notWritten(reason: string): Diagnostic {
  const message = `The file could not be written: ${reason}. What stood there before still does.`;
  return { code: 'write/failed', message };
}
