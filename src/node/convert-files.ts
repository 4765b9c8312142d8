import {
  type Conversion,
  type ConvertedRule,
  type ConvertOptions,
  convert,
  type Diagnostic,
  type Outcome,
  type Pack,
  type Rule,
  type RuleFilter,
  read,
} from '../index.ts';
import { Duplicates } from './duplicates.ts';
import { Exclusions } from './exclusions.ts';
import { type InputFile, readText } from './files.ts';
import { step } from './steps.ts';

/** What became of one file of a run. */
export interface FileConversion {
  readonly file: InputFile;
  readonly text: string;
  readonly outcome: Outcome<Conversion>;
  /** What it was cast with: what was asked, and what the rest of the run has for it. */
  readonly options: ConvertOptions;
  /** Found in a folder, and of no format that is known: passed over, not failed. */
  readonly ignored: boolean;
}

/**
 * Casts files one after the other, each on its own: what is wrong with one never touches the others.
 * Rules may refer to rules of other files; those are looked for when a file needs them. Files with filters or
 * exceptions come last, as those may be for rules of all the others.
 */
export function* convertFiles(
  files: readonly InputFile[],
  options: ConvertOptions,
): Generator<FileConversion> {
  // What gets another id is followed by all that refers to it, wherever in the run that stands.
  const renames = options.id !== undefined && options.id !== 'keep';
  let references = renames ? rulesOf(files, options) : undefined;
  const duplicates = new Duplicates(options.from);
  const exclusions = new Exclusions(files.length > 1 ? files : [], options);
  const beside = withGiven(exclusions.all, options);
  for (const file of inTurn(files, exclusions)) {
    const source = readText(file.path);
    if (!source.ok) {
      const { text, ...found } = source;
      yield { file, text, outcome: { ok: false, diagnostics: [found] }, options, ignored: false };
      continue;
    }
    const cast = (text: string) => step('cast', file.path, () => convert(text, known));
    let known = optionsFor(file, exclusions, {
      ...options,
      exclusions: beside,
      ...(references && { references }),
    });
    let outcome = cast(source.text);
    if (references === undefined && outcome.ok && outcome.value.rules.some(lacksReference)) {
      references = rulesOf(files, options);
      known = { ...known, references };
      outcome = cast(source.text);
    }
    if (outcome.ok && !exclusions.areIn(file.path)) exclusions.meet(file.path, packOf(outcome.value));
    const ignored = !file.named && isStrange(outcome);
    if (outcome.ok) outcome = { ...outcome, value: duplicates.told(outcome.value, file.path, source.text) };
    yield { file, text: source.text, outcome, options: known, ignored };
  }
}

/** Filters that were given beside the files; those that stand in one of them as well count once. */
function withGiven(found: readonly RuleFilter[], { exclusions: given = [] }: ConvertOptions) {
  const known = new Set(found.map(({ body }) => JSON.stringify(body)));
  return [...given.filter(({ body }) => !known.has(JSON.stringify(body))), ...found];
}

function inTurn(files: readonly InputFile[], exclusions: Exclusions): readonly InputFile[] {
  const [later, first] = [true, false].map((waits) =>
    files.filter(({ path }) => exclusions.areIn(path) === waits),
  );
  return [...first!, ...later!];
}

function optionsFor({ path }: InputFile, exclusions: Exclusions, options: ConvertOptions): ConvertOptions {
  if (exclusions.all.length === 0) return options;
  const references = options.references ?? (exclusions.areIn(path) ? exclusions.rulesFor(path) : []);
  return { ...options, ...(references.length > 0 && { references }) };
}

function packOf({ rules }: Conversion): Pick<Pack, 'rules' | 'filters'> {
  return { rules: rules.map(({ rule }) => rule), filters: [] };
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
