import { extname } from 'node:path';

import {
  type Conversion,
  type ConvertedRule,
  type ConvertOptions,
  convert,
  type Diagnostic,
  type Outcome,
  type Rule,
  read,
} from '../index.ts';
import { type InputFile, readText } from './files.ts';

/** What became of one file of a run. */
export interface FileConversion {
  readonly file: InputFile;
  readonly text: string;
  readonly outcome: Outcome<Conversion>;
  /** Found in a folder, and of no format that is known: passed over, not failed. */
  readonly ignored: boolean;
}

/**
 * Casts files one after the other, each on its own: what is wrong with one never touches the others.
 * Rules may refer to rules of other files; those are looked for when a file needs them.
 */
export function* convertFiles(
  files: readonly InputFile[],
  options: ConvertOptions,
): Generator<FileConversion> {
  let references: readonly Rule[] | undefined;
  const seen = new Map<string, string>();
  for (const file of files) {
    const source = readText(file.path);
    if (!source.ok) {
      const { text, ...found } = source;
      yield { file, text, outcome: { ok: false, diagnostics: [found] }, ignored: false };
      continue;
    }
    let outcome = convert(source.text, options);
    if (outcome.ok && outcome.value.rules.some(lacksReference)) {
      references ??= rulesOf(files, options);
      outcome = convert(source.text, { ...options, references });
    }
    const ignored = !file.named && isStrange(outcome);
    yield { file, text: source.text, outcome: sayingDuplicates(outcome, file.path, seen), ignored };
  }
}

function lacksReference({ diagnostics }: ConvertedRule): boolean {
  return diagnostics.some((found) => found.code === 'schema/unknown-reference');
}

/**
 * Says of the rules of a file that another of its kind has one of the same id; a rule that is kept in several
 * formats has one id in all of them. `seen` has the file of each id.
 */
function sayingDuplicates(
  outcome: Outcome<Conversion>,
  path: string,
  seen: Map<string, string>,
): Outcome<Conversion> {
  if (!outcome.ok) return outcome;
  const found: Diagnostic[] = [];
  for (const { id } of outcome.value.rules) {
    if (id === undefined) continue;
    const key = `${extname(path)} ${id}`;
    const before = seen.get(key);
    if (before === undefined) seen.set(key, path);
    if (before === undefined || before === path) continue;
    const message = `${before} has a rule with the id ${id} as well; both were read.`;
    found.push({ code: 'schema/duplicate-id', message, path: 'id' });
  }
  return found.length === 0 ? outcome : { ...outcome, diagnostics: [...outcome.diagnostics, ...found] };
}

function isStrange(outcome: Outcome<Conversion>): boolean {
  const strange: readonly Diagnostic['code'][] = ['read/unknown-format', 'read/empty'];
  return !outcome.ok && outcome.diagnostics.every((found) => strange.includes(found.code));
}

function rulesOf(files: readonly InputFile[], { from }: ConvertOptions): readonly Rule[] {
  return files.flatMap(({ path }) => {
    const source = readText(path);
    const outcome = source.ok ? read(source.text, from === undefined ? {} : { format: from }) : undefined;
    return outcome?.ok ? outcome.value.rules : [];
  });
}
