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
import { Duplicates } from './duplicates.ts';
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
  // What gets another id is followed by all that refers to it, wherever in the run that stands.
  const renames = options.id !== undefined && options.id !== 'keep';
  let references = renames ? rulesOf(files, options) : undefined;
  const duplicates = new Duplicates(options.from);
  for (const file of files) {
    const source = readText(file.path);
    if (!source.ok) {
      yield { file, text: '', outcome: { ok: false, diagnostics: [source] }, ignored: false };
      continue;
    }
    let outcome = convert(source.text, references ? { ...options, references } : options);
    if (references === undefined && outcome.ok && outcome.value.rules.some(lacksReference)) {
      references = rulesOf(files, options);
      outcome = convert(source.text, { ...options, references });
    }
    const ignored = !file.named && isStrange(outcome);
    if (outcome.ok) outcome = { ...outcome, value: duplicates.told(outcome.value, file.path, source.text) };
    yield { file, text: source.text, outcome, ignored };
  }
}

function lacksReference({ diagnostics }: ConvertedRule): boolean {
  return diagnostics.some((found) => found.code === 'schema/unknown-reference');
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
