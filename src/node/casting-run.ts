import {
  type Conversion,
  type ConvertedRule,
  type ConvertOptions,
  convert,
  type Outcome,
  type Pack,
  type Rule,
  type RuleFilter,
  read,
} from '../index.ts';
import { castLong } from './cast-long.ts';
import { Duplicates } from './duplicates.ts';
import { Exclusions } from './exclusions.ts';
import type { FileConversion } from './file-conversion.ts';
import { type InputFile, readText } from './files.ts';
import type { LongFile } from './long-file.ts';
import { step } from './steps.ts';
import { withoutChance } from './strange.ts';

/**
 * Files that are cast as one: each on its own, and yet its rules may refer to rules of others, and filters or
 * exceptions may be for rules of all of them. Files with such come last.
 */
export class CastingRun {
  /** In the order in which they are to be cast. */
  readonly files: readonly InputFile[];
  /** What stands in the files for rules of others. */
  readonly exclusions: readonly RuleFilter[];
  readonly #options: ConvertOptions;
  readonly #found: Exclusions;
  readonly #duplicates: Duplicates;
  /** Files that are not cast in this run, as they have not changed. */
  readonly #passed: InputFile[] = [];
  readonly #named: readonly InputFile[];
  /** Those that are cast part by part, by path. */
  readonly #long: ReadonlyMap<string, LongFile>;
  /** The rules of all files, once somebody needs them; only who does is given them, whatever came before. */
  #references: readonly Rule[] | undefined;

  constructor(
    files: readonly InputFile[],
    options: ConvertOptions,
    long: ReadonlyMap<string, LongFile> = new Map(),
  ) {
    this.#named = files;
    this.#long = long;
    this.#found = new Exclusions(files.length > 1 ? files : [], options, long);
    this.#duplicates = new Duplicates(options.from);
    this.#options = options;
    this.exclusions = withGiven(this.#found.all, options);
    this.files = inTurn(files, this.#found);
  }

  /** Whether what a file is cast with stands in others, all of which may have to be known first. */
  looksAround(file: InputFile): boolean {
    return this.#renames || this.#found.areIn(file.path);
  }

  /** What was asked, and what the run has for every file. */
  get shared(): ConvertOptions {
    return { ...this.#options, exclusions: this.exclusions };
  }

  /** What a file comes to, which is several parts for a long one. */
  *castInParts(file: InputFile): Generator<FileConversion> {
    const long = this.#long.get(file.path);
    if (long === undefined) {
      yield this.cast(file);
      return;
    }
    for (const conversion of castLong(file, long, this.#optionsFor(file, {}))) {
      const { outcome, part } = conversion;
      if (!outcome.ok) {
        yield conversion;
        continue;
      }
      if (!this.#found.areIn(file.path)) this.#found.meet(file.path, packOf(outcome.value));
      const before = part?.before ?? 0;
      const locate = (index: number) => long.positionOf(before + index);
      // A file tells of its own twins.
      const value =
        this.#named.length < 2
          ? outcome.value
          : this.#duplicates.told(outcome.value, file.path, conversion.text, locate);
      yield { ...conversion, outcome: { ...outcome, value } };
    }
  }

  cast(file: InputFile, more: Partial<ConvertOptions> = {}): FileConversion {
    const source = readText(file.path);
    if (!source.ok) {
      const { text, ...found } = source;
      const outcome = { ok: false, diagnostics: [found] } as const;
      return { file, text, outcome, options: this.#options, ignored: false };
    }
    const options = this.#optionsFor(file, more);
    const converted = step('cast', file.path, () => convert(source.text, options));
    return this.settle(file, source.text, converted, options);
  }

  /** A text that was cast with what is shared, as the rest of the run would have it. */
  settle(
    file: InputFile,
    text: string,
    converted: Outcome<Conversion>,
    options: ConvertOptions,
  ): FileConversion {
    let [first, known] = [converted, options];
    if (!this.#renames && first.ok && first.value.rules.some(lacksReference)) {
      known = { ...known, references: this.#rules() };
      first = convert(text, known);
    }
    if (first.ok && !this.#found.areIn(file.path)) this.#found.meet(file.path, packOf(first.value));
    const { outcome, ignored } = withoutChance(file, text, first);
    if (!outcome.ok) return { file, text, outcome, options: known, ignored };
    const value = this.#duplicates.told(outcome.value, file.path, text);
    return { file, text, outcome: { ...outcome, value }, options: known, ignored };
  }

  /** Takes notice of a file that is not cast again; its rules count for the others. */
  pass(file: InputFile, ids: readonly (string | undefined)[]): void {
    this.#duplicates.meet(file.path, ids);
    this.#passed.push(file);
  }

  #optionsFor(file: InputFile, more: Partial<ConvertOptions>): ConvertOptions {
    const references = this.#referencesFor(file);
    return { ...this.shared, ...more, ...(references && { references }) };
  }

  #referencesFor({ path }: InputFile): readonly Rule[] | undefined {
    // What gets another id is followed by all that refers to it, wherever in the run that stands.
    if (this.#renames && this.#long.size === 0) return this.#rules();
    if (!this.#renames && !this.#found.areIn(path)) return undefined;
    for (const file of this.#passed.splice(0)) this.#found.meet(file.path, packIn(file, this.#options));
    const rules = this.#found.rulesFor(path);
    if (this.#renames) return whole(this.#rules(), rules);
    return rules.length > 0 ? rules : undefined;
  }

  get #renames(): boolean {
    return this.#options.id !== undefined && this.#options.id !== 'keep';
  }

  #rules(): readonly Rule[] {
    this.#references ??= this.#named.flatMap((file) => {
      const long = this.#long.get(file.path);
      return long ? named(long) : packIn(file, this.#options).rules;
    });
    return this.#references;
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

function packOf({ rules }: Conversion): Pick<Pack, 'rules' | 'filters'> {
  return { rules: rules.map(({ rule }) => rule), filters: [] };
}

/** The rules of a run, those that are known better as they are known better. */
function whole(all: readonly Rule[], better: readonly Rule[]): readonly Rule[] {
  const known = new Set(better.map(({ id }) => id));
  return [...better, ...all.filter(({ id }) => !known.has(id))];
}

/** Of the rules of a long file the ids alone are held: that is what others refer to. */
function named({ ids }: LongFile): readonly Rule[] {
  return [...ids.keys()].map((id): Rule => ({ id, detection: { kind: 'query' }, carry: {} }));
}

function lacksReference({ diagnostics }: ConvertedRule): boolean {
  return diagnostics.some((found) => found.code === 'schema/unknown-reference');
}

function packIn({ path }: InputFile, { from }: ConvertOptions): Pick<Pack, 'rules' | 'filters'> {
  const source = readText(path);
  const outcome = source.ok ? read(source.text, from === undefined ? {} : { format: from }) : undefined;
  return { rules: outcome?.ok ? outcome.value.rules : [], filters: [] };
}
