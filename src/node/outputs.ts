import {
  type Conversion,
  type ConvertedRule,
  type ConvertOptions,
  formats,
  type Rule,
  type RuleFilter,
  write,
} from '../index.ts';
import type { FilePart } from './file-conversion.ts';

/** A file that a conversion comes to. */
export interface Output {
  /** What stands behind the name of the input: nothing, or the number of the rule. */
  readonly suffix: string;
  readonly text: string;
  /** The positions of its rules in the conversion. */
  readonly rules: readonly number[];
}

/**
 * The files that a conversion comes to: one, or one for each rule where a file of the target holds one. Those of a part of
 * a long file count on from the rules before it.
 */
export function outputsOf(
  { text, rules }: Conversion,
  options: ConvertOptions,
  part?: FilePart,
): readonly Output[] {
  if (text === '') return [];
  const written = rules.flatMap((rule, index) => (rule.text === '' ? [] : [index]));
  if ((part === undefined && written.length < 2) || holdsMany(options))
    return [{ suffix: '', text, rules: written }];
  const before = part?.before ?? 0;
  return written.map((index) => ({
    suffix: `.${before + index + 1}`,
    text: rules[index]!.text,
    rules: [index],
  }));
}

export function holdsMany({ to, shape }: ConvertOptions): boolean {
  return formats.find(({ id }) => id === to)!.holdsMany(shape);
}

/** One text of all that several conversions came to, for targets whose files hold many rules. */
export function together(conversions: readonly Conversion[], options: ConvertOptions): string {
  const [only, ...more] = conversions;
  if (only !== undefined && more.length === 0) return only.text;
  const { to, shape, carry, stack } = options;
  const rules = conversions.flatMap((conversion) => conversion.rules);
  const written = rules.flatMap((rule): readonly Rule[] => rule.written);
  const filters = eachOnce(conversions.flatMap(({ companions }) => companions.filters));
  const rest = conversions.flatMap(({ companions }) => companions.rest);
  const outcome = write(
    { rules: written, filters, rest },
    {
      format: to,
      ...(shape !== undefined && { shape }),
      ...(carry !== undefined && { carry }),
      ...(stack !== undefined && { stack }),
    },
  );
  return outcome.ok ? outcome.value : textsOf(rules).join('\n');
}

export function textsOf(rules: readonly ConvertedRule[]): readonly string[] {
  return rules.map((rule) => rule.text).filter((text) => text !== '');
}

/** A list stands with the rules of each file that it is for, and in one file once. */
export function eachOnce(filters: readonly RuleFilter[]): readonly RuleFilter[] {
  return [...new Map(filters.map((one) => [JSON.stringify(one.body), one])).values()];
}
