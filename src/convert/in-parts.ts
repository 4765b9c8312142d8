import { attempt } from '../diagnostic/attempt.ts';
import type { Diagnostic, Outcome, Report } from '../diagnostic/diagnostic.ts';
import type { Format, FormatId } from '../formats/format.ts';
import type { Pack } from '../rule/rule.ts';
import type { Casting } from './cast.ts';
import type { Conversion } from './conversion.ts';
import { castingOf, castRead, isSameShape, renamingFor, untouched } from './convert.ts';
import { reportUnderivable } from './derive/derive.ts';
import { formatNamed } from './find-format.ts';
import type { ConvertOptions } from './options.ts';

/** What all parts of a text are cast with; `ids` are those of its rules, all of them. */
export interface InPartsOptions extends ConvertOptions {
  readonly from: FormatId;
  readonly ids?: { has(id: string): boolean };
}

/**
 * Casts a text that is too long to be held, part by part, with the same result as if it were cast whole. What belongs
 * together has to stand in one part: exceptions, and the rules that refer to them. The text of a conversion is empty
 * here, as only who puts the parts together knows what stands before and behind (`Format.inParts`), unless the part
 * stays as it is; that several rules have one id is told by who knows them all.
 */
export class ConversionInParts {
  readonly #source: Format;
  readonly #options: ConvertOptions;
  readonly #casting: Casting;
  #isFirst = true;

  constructor({ ids = new Set<string>(), ...options }: InPartsOptions) {
    this.#source = formatNamed(options.from);
    this.#options = options;
    const target = formatNamed(options.to);
    const renaming = renamingFor(ids, options);
    this.#casting = { ...castingOf(this.#source, target, options, renaming), isPart: true };
  }

  /** Whether every byte stays, so that the text of each part is its own. */
  get keepsBytes(): boolean {
    const { target, renaming } = this.#casting;
    return this.#source === target && renaming === undefined && isSameShape(this.#options);
  }

  /** Casts the next part. One that holds no rule is no failure: others may. */
  cast(text: string): Outcome<Conversion> {
    return attempt((report) => {
      const pack = this.#read(text, report);
      if (this.#isFirst) reportUnderivable(this.#options, report);
      this.#isFirst = false;
      if (this.keepsBytes) return untouched(pack, text, this.#casting.target, false);
      const file = { format: this.#source.id, text };
      return castRead(pack, this.#source, this.#casting, file, report);
    });
  }

  #read(text: string, report: Report): Pack {
    const outcome = this.#source.read(text);
    const found = outcome.diagnostics;
    if (outcome.ok) found.forEach(report);
    else withoutVerdict(found).forEach(report);
    return outcome.ok ? outcome.value : { rules: [], filters: [], rest: [] };
  }
}

/** Without what is said last of a text that could not be read: that it holds no rule. */
function withoutVerdict(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const isSaid = ['read/empty', 'read/not-a-rule'].some((code) => found.at(-1)?.code === code);
  return isSaid ? found.slice(0, -1) : found;
}
