import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Rule } from '../rule/rule.ts';
import type { Companions } from './companions.ts';
import type { Fidelity } from './fidelity.ts';
import type { Proof } from './proof.ts';

/** What became of a text: all that could be written of it, and how each of its rules fared. */
export interface Conversion {
  /** The rules that were written, in the target format. Empty if none was. */
  readonly text: string;
  readonly rules: readonly ConvertedRule[];
  /** What stands in the text beside the rules. */
  readonly companions: Companions;
  /** How filters and exceptions fared that stand in a text without rules. */
  readonly fidelity?: Fidelity;
}

/** One rule of a text, and how it fared. */
export interface ConvertedRule {
  readonly id?: string;
  readonly title: string;
  readonly fidelity: Fidelity;
  readonly diagnostics: readonly Diagnostic[];
  /**
   * The rule alone in the target format, with the rules it refers to and the exclusions written for it; empty if
   * it was not written.
   */
  readonly text: string;
  /** The rule as it was read. */
  readonly rule: Rule;
  /** The rules of the target that it became: one, after those it refers to; none if it was not written. */
  readonly written: readonly Rule[];
  /** How it stands to what was read. Absent where nothing was written for it, and where it was not to be proved. */
  readonly proof?: Proof;
}

/** What a rule is called in reports. */
export function named({ id, title, name }: Rule): { id?: string; title: string } {
  return { ...(id !== undefined && { id }), title: title ?? name ?? id ?? '' };
}
