import { extname } from 'node:path';

import { type Code, type Diagnostic, formats, type Outcome, read } from '../index.ts';
import type { InputFile } from './files.ts';

/** Said of what is no rule at all. */
const strange: ReadonlySet<Code> = new Set(['read/unknown-format', 'read/empty']);

/**
 * A file that stands in a folder by chance, and is passed over: of no format that is known. A file that was named is
 * none, and neither is one that has the ending of rules and can not be read as what its ending says: nobody knows
 * what it would have been. That one fails, with the reasons.
 */
export function withoutChance<T>(
  file: Pick<InputFile, 'path' | 'named'>,
  text: string,
  outcome: Outcome<T>,
): { readonly outcome: Outcome<T>; readonly ignored: boolean } {
  if (file.named || !isStrange(outcome.diagnostics) || outcome.ok) return { outcome, ignored: false };
  const faults = faultsOf(file.path, text);
  if (faults.length > 0) return { outcome: { ok: false, diagnostics: faults }, ignored: false };
  return { outcome, ignored: true };
}

function isStrange(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.length > 0 && diagnostics.every(({ code }) => strange.has(code));
}

/** What keeps a text from being read as its name says: faults of TOML, YAML or JSON, not of rules. */
function faultsOf(path: string, text: string): readonly Diagnostic[] {
  const ending = extname(path).toLowerCase().replace('.jsonl', '.ndjson');
  const format = formats.find(({ extensions }) => extensions.includes(ending));
  if (format === undefined || text.trim() === '') return [];
  const outcome = read(text, { format: format.id });
  return outcome.ok ? [] : outcome.diagnostics.filter(({ code }) => code.startsWith('parse/'));
}

/** What is said of a file that is passed over. */
export function passedOverAs({ diagnostics }: Outcome<unknown>): Diagnostic {
  const isEmpty = diagnostics.some(({ code }) => code === 'read/empty');
  const what = isEmpty ? 'The file is empty' : 'The file holds no rule of a format that is known here';
  return { code: 'read/passed-over', message: `${what}; it was passed over.` };
}
